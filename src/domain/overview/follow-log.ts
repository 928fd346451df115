import { documentsSentBy, getDispatches } from '#domain/dispatch';
import { documentIdsOfCustomer, listDocumentIds } from '#domain/documents';
import { type EvidenceTables, type FollowedEvent, follow, howFarFollowed, sequence } from '#domain/evidence';
import { sandboxOf } from '#domain/senders';
import { asWorker, type Database, type Tx } from '#stores/database';
import type { OverviewSources, OverviewTx } from './overview-sources.ts';
import { workOutRows } from './work-out-rows.ts';
import { clearOverview, upsertDocuments, upsertMessages } from './write-table.ts';

const batch = 500;
const follower = 'overview';

/** Takes the next events into the overview; returns how many. */
export function followLog(
  database: Database<OverviewSources>,
  busy: 'skip' | 'wait' = 'skip',
): Promise<number> {
  const take = async (tx: OverviewTx, events: readonly FollowedEvent[]): Promise<void> => {
    for (const [companyId, own] of byCompany(events)) {
      await refresh(tx, companyId, await documentsConcerned(tx, companyId, own));
    }
  };
  return follow(database, { name: follower, limit: batch, busy }, take);
}

/** The index of the last event that the overview shows. */
export function reachOfOverview(tx: Tx<EvidenceTables>): Promise<number> {
  return howFarFollowed(tx, follower);
}

/** Brings the overview up to everything that is committed: for readers that must see what they have just done. */
export async function catchUp(database: Database<OverviewSources>): Promise<void> {
  await sequence(database);
  while ((await followLog(database, 'wait')) === batch);
}

/** Works out all rows anew from the other tables; the result is the same as that of following. Returns the number of documents. */
export async function rebuildOverview(
  database: Database<OverviewSources>,
  companyIds: readonly string[],
): Promise<number> {
  await asWorker(database, clearOverview);
  let count = 0;
  for (const companyId of companyIds) {
    for (let after = ''; ; ) {
      const ids = await asWorker(database, async (tx) => {
        const next = await listDocumentIds(tx, companyId, { after, limit: batch });
        await refresh(tx, companyId, next);
        return next;
      });
      count += ids.length;
      after = ids.at(-1) ?? '';
      if (ids.length < batch) break;
    }
  }
  return count;
}

async function refresh(tx: OverviewTx, companyId: string, documentIds: readonly string[]): Promise<void> {
  for (let from = 0; from < documentIds.length; from += batch) {
    const rows = await workOutRows(tx, companyId, documentIds.slice(from, from + batch));
    await upsertDocuments(tx, rows.documents);
    await upsertMessages(tx, rows.messages);
  }
}

/** With another default than the sandbox, what went into it does not count as sent any more; and the other way round. */
const mayMoveDefault: ReadonlySet<string> = new Set([
  'sender.made_default',
  'sender.added',
  'sender.connected',
  'sender.repaired',
]);

async function documentsInSandbox(tx: OverviewTx, companyId: string): Promise<string[]> {
  const sandbox = await sandboxOf(tx, companyId);
  return sandbox ? documentsSentBy(tx, companyId, sandbox) : [];
}

async function documentsConcerned(
  tx: OverviewTx,
  companyId: string,
  events: readonly FollowedEvent[],
): Promise<string[]> {
  const ids = new Set(events.flatMap((event) => event.documentId ?? []));
  const dispatchIds = [...new Set(events.flatMap((event) => event.dispatchId ?? []))];
  for (const dispatch of await getDispatches(tx, companyId, { ids: dispatchIds }))
    for (const id of dispatch.documentIds) ids.add(id);
  if (events.some((event) => mayMoveDefault.has(event.type)))
    for (const id of await documentsInSandbox(tx, companyId)) ids.add(id);
  const customerIds = new Set(
    events
      .filter((event) => event.type.startsWith('contact.'))
      .flatMap((event) => String(event.data['customerId'] ?? '')),
  );
  for (const id of customerIds)
    if (id) for (const document of await documentIdsOfCustomer(tx, companyId, id)) ids.add(document);
  return [...ids];
}

function byCompany(events: readonly FollowedEvent[]): Map<string, FollowedEvent[]> {
  const groups = new Map<string, FollowedEvent[]>();
  for (const event of events) groups.set(event.companyId, [...(groups.get(event.companyId) ?? []), event]);
  return groups;
}
