import { type EvidenceTables, type Fact, record } from '#domain/evidence';
import { asWorker, type Database, type Tx } from '#stores/database';
import { noEngagement } from './engagement.ts';
import { selectEngagements, writeEngagements } from './engagement-table.ts';
import { type RecordedHit, selectHits, selectMessagesOfOtherRules, updateLabels } from './hit-table.ts';
import type { Link } from './link.ts';
import { lockLinks } from './link-table.ts';
import { recount } from './recount.ts';
import { relabelFact } from './relabel-fact.ts';
import { claimOf, relabelHit } from './relabel-hit.ts';
import type { Ruleset } from './ruleset.ts';
import type { TrackingTables } from './tracking-tables.ts';

type RelabelTables = TrackingTables & EvidenceTables;

export interface Relabeled {
  /** Messages that were looked at, and hits that got another label. */
  readonly messages: number;
  readonly hits: number;
}

const atOnce = 200;
const labelsPerFact = 50; // an event stays a few kilobytes

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
  const facts = changed.flatMap(({ link, before, after }) => factsOf(link, before, after, ruleset, now));
  await record(tx, facts);
  return facts.reduce((sum, { data }) => sum + Number(data?.['hits'] ?? 0), 0);
}

/** Views first: whether a file was downloaded by a person hangs on them. */
function relabelAll(hits: readonly RecordedHit[], link: Link, ruleset: Ruleset): RecordedHit[] {
  const seen = hits.map((hit) => (claimOf(hit) === 'view' ? relabelHit(hit, hits, link, ruleset) : hit));
  return seen.map((hit) => (claimOf(hit) === 'view' ? hit : relabelHit(hit, seen, link, ruleset)));
}

/** What changed of a message, in as many facts as it takes. */
function factsOf(
  link: Link,
  before: readonly RecordedHit[],
  after: readonly RecordedHit[],
  ruleset: Ruleset,
  now: Date,
): Fact[] {
  const moved = after.filter((hit, at) => hit !== before[at]);
  return Array.from({ length: Math.ceil(moved.length / labelsPerFact) }, (_, n) =>
    relabelFact(link, moved.slice(n * labelsPerFact, (n + 1) * labelsPerFact), ruleset.version, now),
  );
}
