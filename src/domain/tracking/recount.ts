import { type Engagement, higherLevel, moveEngagement, noEngagement } from './engagement.ts';
import type { RecordedHit } from './hit-table.ts';

const kinds = ['openedCount', 'viewedCount', 'downloadedCount', 'fetchedCount', 'machineCount'] as const;

/**
 * The engagement after some hits got another label. Hits beyond the rows (a flood, or details that were deleted) move along with
 * the rows of their kind: where one of these still counts, so do they; where none does, they were machines too.
 */
export function recount(
  known: Engagement,
  before: readonly RecordedHit[],
  now: readonly RecordedHit[],
): Engagement {
  const [old, fresh] = [before, now].map((rows) =>
    rows.reduce(moveEngagement, noEngagement(known.messageId)),
  ) as [Engagement, Engagement];
  const counts = { ...pick(fresh) };
  for (const kind of kinds) {
    const beyond = Math.max(0, known[kind] - old[kind]);
    counts[fresh[kind] > 0 || old[kind] === 0 ? kind : 'machineCount'] += beyond;
  }
  const level = known.level === 'replied' ? 'replied' : levelOf(counts);
  return { ...fresh, ...counts, level, ...timesOf(known, old, fresh), lastAt: known.lastAt };
}

function pick(engagement: Engagement) {
  const { openedCount, viewedCount, downloadedCount, fetchedCount, machineCount } = engagement;
  return { openedCount, viewedCount, downloadedCount, fetchedCount, machineCount };
}

function levelOf(counts: ReturnType<typeof pick>): Engagement['level'] {
  const reached: Engagement['level'][] = [
    counts.machineCount > 0 ? 'machine_only' : 'none',
    counts.openedCount > 0 ? 'opened' : 'none',
    counts.viewedCount > 0 ? 'viewed' : 'none',
    counts.downloadedCount > 0 ? 'downloaded' : 'none',
  ];
  return reached.reduce(higherLevel);
}

/** Where the rows of a kind are gone altogether, its times stay as they were known. */
function timesOf(known: Engagement, old: Engagement, fresh: Engagement) {
  const of = (name: 'Opened' | 'Viewed' | 'Downloaded') => {
    const from = old[`first${name}At`] === null ? known : fresh;
    return { [`first${name}At`]: from[`first${name}At`], [`last${name}At`]: from[`last${name}At`] };
  };
  const lastFetchedAt = old.lastFetchedAt === null ? known.lastFetchedAt : fresh.lastFetchedAt;
  return { ...of('Opened'), ...of('Viewed'), ...of('Downloaded'), lastFetchedAt };
}
