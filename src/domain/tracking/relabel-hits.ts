import { type EvidenceTables, type Fact, record } from '#domain/evidence';
import { asWorker, type Database, type Tx } from '#stores/database';
import { noEngagement } from './engagement.ts';
import { selectEngagements, writeEngagements } from './engagement-table.ts';
import { type RecordedHit, selectHits, selectMessagesOfOtherRules, updateLabels } from './hit-table.ts';
import type { Link } from './link.ts';
import { lockLinks } from './link-table.ts';
import { recount } from './recount.ts';
import { relabelHit } from './relabel-hit.ts';
import type { Ruleset } from './ruleset.ts';
import type { TrackingTables } from './tracking-tables.ts';

type RelabelTables = TrackingTables & EvidenceTables;

export interface Relabeled {
  /** Messages that were looked at, and hits that got another label. */
  readonly messages: number;
  readonly hits: number;
}

const atOnce = 200;

/**
 * Looks at every hit that is still kept once more, by the rules in force now, and counts anew. What was recorded in the log stays there;
 * a `visit.relabeled` event says for each message what changed. A second run with the same rules changes nothing.
 */
export async function relabelHits(
  database: Database<RelabelTables>,
  ruleset: Ruleset,
  now: Date,
): Promise<Relabeled> {
  let [messages, hits] = [0, 0];
  for (let after = ''; ; ) {
    const done = await asWorker(database, async (tx) => {
      const ids = await selectMessagesOfOtherRules(tx, ruleset.version, after, atOnce);
      return { ids, changed: await relabelSome(tx, ids, ruleset, now) };
    });
    messages += done.ids.length;
    hits += done.changed;
    after = done.ids.at(-1) ?? '';
    if (done.ids.length < atOnce) return { messages, hits };
  }
}

async function relabelSome(
  tx: Tx<RelabelTables>,
  ids: readonly string[],
  ruleset: Ruleset,
  now: Date,
): Promise<number> {
  if (ids.length === 0) return 0;
  const links = await lockLinks(tx, ids);
  const all = await selectHits(tx, null, ids, new Date(0));
  const engagements = new Map((await selectEngagements(tx, ids)).map((one) => [one.messageId, one]));
  const changes = links.map((link) => {
    const before = all.filter((hit) => hit.messageId === link.messageId);
    const after = relabelAll(before, link, ruleset);
    const known = engagements.get(link.messageId) ?? noEngagement(link.messageId);
    return { link, before, after, known: recount(known, before, after) };
  });
  const changed = changes.filter(({ before, after }) => after.some((hit, at) => hit !== before[at]));
  await updateLabels(
    tx,
    changes.flatMap(({ after }) => after),
    ruleset.version,
  );
  await writeEngagements(
    tx,
    changed.map(({ link, known }) => ({ ...known, companyId: link.companyId, dispatchId: link.dispatchId })),
  );
  const facts = changed.map(({ link, before, after }) => factOf(link, before, after, ruleset, now));
  await record(tx, facts);
  return facts.reduce((sum, { data }) => sum + Number(data?.['hits'] ?? 0), 0);
}

/** A view or download that turns out to be a machine's is a page or file that was fetched. */
function relabelAll(hits: readonly RecordedHit[], link: Link, ruleset: Ruleset): RecordedHit[] {
  return hits.map((hit) => {
    const found = relabelHit(hit, hits, link, ruleset);
    if (!found) return hit;
    const isPerson = found.actor === 'person';
    const signal =
      !isPerson && hit.signal === 'view'
        ? 'page'
        : !isPerson && hit.signal === 'download'
          ? 'file'
          : hit.signal;
    return { ...hit, ...found, signal };
  });
}

function factOf(
  link: Link,
  before: readonly RecordedHit[],
  after: readonly RecordedHit[],
  ruleset: Ruleset,
  now: Date,
): Fact {
  const moved = after.filter((hit, at) => hit !== before[at]);
  return {
    type: 'visit.relabeled',
    companyId: link.companyId,
    dispatchId: link.dispatchId,
    messageId: link.messageId,
    at: now,
    actor: 'system',
    data: {
      ruleset: ruleset.version,
      hits: moved.length,
      labels: moved.slice(0, 50).map((hit) => ({ hit: hit.id, actor: hit.actor, reasons: [...hit.reasons] })),
    },
  };
}
