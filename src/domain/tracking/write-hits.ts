import { after, day, hour } from '#base/time';
import { type AccountTables, companiesWithout } from '#domain/accounts';
import { type EvidenceTables, type Fact, record } from '#domain/evidence';
import { asWorker, type Database, type Tx } from '#stores/database';
import { noEngagement } from './engagement.ts';
import { selectEngagements, writeEngagements } from './engagement-table.ts';
import type { Hit } from './hit.ts';
import { factOf } from './hit-fact.ts';
import { type HitRecord, readRecord } from './hit-journal.ts';
import {
  deleteTakenIds,
  insertHits,
  raiseHits,
  selectHits,
  selectTallies,
  takeIds,
  turnIntoDownloads,
} from './hit-table.ts';
import type { Link } from './link.ts';
import { lockLinks } from './link-table.ts';
import { type Ruleset, shippedRuleset } from './ruleset.ts';
import type { TrackingTables } from './tracking-tables.ts';
import { classKey, type MessageState, type Weighed, weighHits } from './weigh-hits.ts';

type WriteTables = TrackingTables & EvidenceTables & AccountTables;

export interface WrittenHits {
  /** Hits taken into account, repeats included. */
  readonly taken: number;
  /** Records that say nothing: taken before, of a message that is not followed, or of no form that we know. */
  readonly passedOver: number;
}

const idsKept = 2 * day; // a journal is read again within minutes; two days outlast a weekend's outage of the worker
const sessionLength = hour; // the portal's browser session lasts half an hour from its last use

/**
 * Writes a batch of journal records (a few hundred at a time) in one transaction: classifies, counts, and records events.
 * A batch that is handed in again, whole or cut otherwise, changes nothing. Throws when the database is away: hand it in later.
 */
export async function writeHits(
  database: Database<WriteTables>,
  records: readonly HitRecord[],
  now: Date,
  ruleset: Ruleset = shippedRuleset,
): Promise<WrittenHits> {
  const hits = records.map(readRecord).filter((hit) => hit !== null);
  if (hits.length === 0) return { taken: 0, passedOver: records.length };
  const taken = await asWorker(database, (tx) => writeBatch(tx, hits, now, ruleset));
  return { taken, passedOver: records.length - taken };
}

async function writeBatch(
  tx: Tx<WriteTables>,
  hits: readonly Hit[],
  now: Date,
  ruleset: Ruleset,
): Promise<number> {
  const links = new Map((await lockLinks(tx, idsOf(hits))).map((link) => [link.messageId, link]));
  const companyIds = [...new Set([...links.values()].map((link) => link.companyId))];
  const without = await companiesWithout(tx, companyIds, 'engagement');
  const wanted = hits.flatMap((hit) => {
    const link = links.get(hit.messageId);
    return link && mayRecord(link, hit) && !without.has(link.companyId)
      ? [{ ...hit, companyId: link.companyId }]
      : [];
  });
  if (wanted.length === 0) return 0;
  const fresh = await takeIds(tx, wanted, now);
  const byMessage = groupOnce(wanted.filter((hit) => fresh.has(hit.id)));
  if (byMessage.size === 0) return 0;
  const states = await readStates(tx, byMessage, links);
  const weighed = states.map((state) => ({
    link: state.link,
    outcome: weighHits(state, byMessage.get(state.link.messageId) ?? [], ruleset),
  }));
  await writeOutcomes(tx, weighed);
  await deleteTakenIds(tx, after(now, -idsKept));
  await record(
    tx,
    weighed.flatMap(({ link, outcome }) => factsOf(link, outcome)),
  );
  return fresh.size;
}

/** Nothing of a duplicate, of mode `none`, or of a pixel where only the portal is followed. */
function mayRecord(link: Link, hit: Hit): boolean {
  if (!link.counted || link.mode === 'none') return false;
  if (hit.signal !== 'pixel') return true;
  return link.mode === 'full' && link.revokedAt === null;
}

async function readStates(
  tx: Tx<WriteTables>,
  byMessage: ReadonlyMap<string, readonly Hit[]>,
  links: ReadonlyMap<string, Link>,
): Promise<MessageState[]> {
  const ids = [...byMessage.keys()];
  const first = Math.min(...[...byMessage.values()].flat().map((hit) => hit.at.getTime()));
  const recent = await selectHits(tx, null, ids, new Date(first - sessionLength));
  const tallies = await selectTallies(tx, ids);
  const engagements = new Map((await selectEngagements(tx, ids)).map((one) => [one.messageId, one]));
  const [recentOf, talliesOf] = [byMessageId(recent), byMessageId(tallies)];
  return ids.map((id) => ({
    link: links.get(id)!,
    recent: (recentOf.get(id) ?? []).map((hit) => ({ ...hit, failure: null, served: null })),
    tallies: new Map(
      (talliesOf.get(id) ?? []).map((tally) => [
        classKey(tally),
        { rows: tally.rows, newestId: tally.newestId },
      ]),
    ),
    engagement: engagements.get(id) ?? noEngagement(id),
  }));
}

async function writeOutcomes(
  tx: Tx<WriteTables>,
  weighed: readonly { readonly link: Link; readonly outcome: Weighed }[],
): Promise<void> {
  await insertHits(
    tx,
    weighed.flatMap(({ link, outcome }) => outcome.inserted.map((hit) => ({ ...link, ...hit }))),
  );
  await raiseHits(tx, new Map(weighed.flatMap(({ outcome }) => [...outcome.raised])));
  await turnIntoDownloads(
    tx,
    weighed.flatMap(({ outcome }) => outcome.downloads.map((hit) => hit.id)),
  );
  await writeEngagements(
    tx,
    weighed.map(({ link, outcome }) => ({
      ...outcome.engagement,
      companyId: link.companyId,
      dispatchId: link.dispatchId,
    })),
  );
}

function factsOf(link: Link, outcome: Weighed): Fact[] {
  return [...outcome.inserted, ...outcome.downloads]
    .filter((hit) => hit.actor !== 'staff')
    .map((hit) => factOf(link, hit));
}

function idsOf(hits: readonly Hit[]): string[] {
  return [...new Set(hits.map((hit) => hit.messageId))];
}

function byMessageId<One extends { readonly messageId: string }>(all: readonly One[]): Map<string, One[]> {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const group = groups.get(one.messageId);
    if (group) group.push(one);
    else groups.set(one.messageId, [one]);
  }
  return groups;
}

/** The hits of each message; one that stands twice in the batch (a journal read twice) is taken once. */
function groupOnce(hits: readonly Hit[]): Map<string, Hit[]> {
  return byMessageId([...new Map(hits.map((one) => [one.id, one])).values()]);
}
