import type { HitActor, Signal } from './hit.ts';

/** The highest that is known of a message; each level is shown, none of them says "read". */
export const engagementLevels = [
  'none',
  'machine_only',
  'opened',
  'viewed',
  'downloaded',
  'replied',
] as const;

export type EngagementLevel = (typeof engagementLevels)[number];

export interface Engagement {
  readonly messageId: string;
  readonly level: EngagementLevel;
  readonly openedCount: number;
  readonly viewedCount: number;
  readonly downloadedCount: number;
  /** Pages and files fetched, probably by a person, without the page's word that it was seen: no level, but a sign. */
  readonly fetchedCount: number;
  readonly lastFetchedAt: Date | null;
  readonly machineCount: number;
  /** Which machines, each once. */
  readonly machineActors: readonly HitActor[];
  readonly firstOpenedAt: Date | null;
  readonly lastOpenedAt: Date | null;
  readonly firstViewedAt: Date | null;
  readonly lastViewedAt: Date | null;
  readonly firstDownloadedAt: Date | null;
  readonly lastDownloadedAt: Date | null;
  readonly lastAt: Date | null;
}

/** The engagement of a message that nobody touched. */
export function noEngagement(messageId: string): Engagement {
  return {
    messageId,
    level: 'none',
    openedCount: 0,
    viewedCount: 0,
    downloadedCount: 0,
    fetchedCount: 0,
    lastFetchedAt: null,
    machineCount: 0,
    machineActors: [],
    firstOpenedAt: null,
    lastOpenedAt: null,
    firstViewedAt: null,
    lastViewedAt: null,
    firstDownloadedAt: null,
    lastDownloadedAt: null,
    lastAt: null,
  };
}

/** The higher of two levels. */
export function higherLevel(a: EngagementLevel, b: EngagementLevel): EngagementLevel {
  return engagementLevels.indexOf(a) >= engagementLevels.indexOf(b) ? a : b;
}

/**
 * Tells whether a hit speaks for a person, probably: what is counted and what is said of it follow from this alone. An image proxy
 * that loads when a person opens the mail does; for a page it does not.
 */
export function countsAsPerson({
  signal,
  actor,
}: {
  readonly signal: Signal;
  readonly actor: string;
}): boolean {
  return actor === 'person' || (actor === 'proxied' && signal === 'pixel');
}

/** The engagement after a hit: machines and strangers never raise it beyond `machine_only`, staff and failures not at all. */
export function moveEngagement(
  from: Engagement,
  hit: { readonly signal: Signal; readonly actor: HitActor; readonly at: Date },
): Engagement {
  const { at } = hit;
  if (hit.actor === 'staff' || hit.signal === 'failure') return from;
  const next = { ...from, lastAt: latest(from.lastAt, at) };
  if (!countsAsPerson(hit))
    return {
      ...raiseTo(next, 'machine_only'),
      machineCount: from.machineCount + 1,
      machineActors: [...new Set([...from.machineActors, hit.actor])],
    };
  if (hit.signal === 'pixel')
    return {
      ...raiseTo(next, 'opened'),
      openedCount: from.openedCount + 1,
      firstOpenedAt: earliest(from.firstOpenedAt, at),
      lastOpenedAt: latest(from.lastOpenedAt, at),
    };
  if (hit.signal === 'view')
    return {
      ...raiseTo(next, 'viewed'),
      viewedCount: from.viewedCount + 1,
      firstViewedAt: earliest(from.firstViewedAt, at),
      lastViewedAt: latest(from.lastViewedAt, at),
    };
  if (hit.signal === 'download')
    return {
      ...raiseTo(next, 'downloaded'),
      downloadedCount: from.downloadedCount + 1,
      firstDownloadedAt: earliest(from.firstDownloadedAt, at),
      lastDownloadedAt: latest(from.lastDownloadedAt, at),
    };
  // A page or file fetched, probably by a person: said, but it raises no level.
  return {
    ...next,
    fetchedCount: from.fetchedCount + 1,
    lastFetchedAt: latest(from.lastFetchedAt, at),
  };
}

function raiseTo(engagement: Engagement, level: EngagementLevel): Engagement {
  return { ...engagement, level: higherLevel(engagement.level, level) };
}

function earliest(known: Date | null, at: Date): Date {
  return known && known <= at ? known : at;
}

function latest(known: Date | null, at: Date): Date {
  return known && known >= at ? known : at;
}
