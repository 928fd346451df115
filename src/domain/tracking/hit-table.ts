import { type Generated, type Selectable, sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { HitActor, Signal } from './hit.ts';
import type { KeptHit, Raise } from './weigh-hits.ts';

export interface HitTables {
  hits: {
    id: string;
    company_id: string;
    message_id: string;
    at: Date;
    signal: Signal;
    actor: HitActor;
    certainty: 'certain' | 'probable';
    reasons: string[];
    ruleset: string;
    document_id: string | null;
    pages: number[];
    page_seconds: Generated<Record<string, number>>;
    session: string | null;
    network: string | null;
    agent: string | null;
    times: Generated<number>;
  };
  taken_hits: { id: string; company_id: string; at: Date };
}

type HitTx = Tx<HitTables>;

/** A row of the history of a message. */
export interface RecordedHit extends Omit<KeptHit, 'failure' | 'served'> {
  readonly messageId: string;
  readonly times: number;
}

/** Notes the ids as taken and returns those that were not yet. Waits for a writer that has the same ids in hand. */
export async function takeIds(
  tx: HitTx,
  hits: readonly { readonly id: string; readonly companyId: string }[],
  now: Date,
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    insert into taken_hits (id, company_id, at)
    select id, company_id, ${now} from unnest(${hits.map((hit) => hit.id)}::text[],
      ${hits.map((hit) => hit.companyId)}::text[]) as given (id, company_id) order by id
    on conflict do nothing returning id`.execute(tx);
  return new Set(rows.map((row) => row.id));
}

export async function deleteTakenIds(tx: HitTx, before: Date): Promise<void> {
  await tx.deleteFrom('taken_hits').where('at', '<', before).execute();
}

/** Hits on these messages since an instant, oldest first: what new hits are compared with. */
export async function selectHits(
  tx: HitTx,
  companyId: string | null,
  messageIds: readonly string[],
  since: Date,
): Promise<RecordedHit[]> {
  const rows = await tx
    .selectFrom('hits')
    .selectAll()
    .where('message_id', 'in', messageIds)
    .where('at', '>=', since)
    .$if(companyId !== null, (query) => query.where('company_id', '=', companyId))
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(toRecorded);
}

/** How many rows each class of each message has, and the newest of them. */
export async function selectTallies(tx: HitTx, messageIds: readonly string[]) {
  return tx
    .selectFrom('hits')
    .select((all) => [
      'message_id as messageId',
      'signal',
      'actor',
      sql<number>`count(*)::int`.as('rows'),
      all.fn.max('id').as('newestId'),
    ])
    .where('message_id', 'in', messageIds)
    .groupBy(['message_id', 'signal', 'actor'])
    .execute();
}

export async function insertHits(
  tx: HitTx,
  hits: readonly (KeptHit & { readonly messageId: string; readonly companyId: string })[],
): Promise<void> {
  if (hits.length === 0) return;
  await tx
    .insertInto('hits')
    .values(
      hits.map((hit) => ({
        id: hit.id,
        company_id: hit.companyId,
        message_id: hit.messageId,
        at: hit.at,
        signal: hit.signal,
        actor: hit.actor,
        certainty: hit.certainty,
        reasons: [...hit.reasons],
        ruleset: hit.ruleset,
        document_id: hit.documentId,
        pages: [...hit.pages],
        page_seconds: JSON.stringify(hit.pageSeconds) as never,
        session: hit.session,
        network: hit.network,
        agent: hit.agent,
      })),
    )
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

export async function raiseHits(tx: HitTx, raised: ReadonlyMap<string, Raise>): Promise<void> {
  if (raised.size === 0) return;
  const all = [...raised];
  await sql`
    update hits set times = hits.times + given.times,
      pages = array(select distinct page from unnest(hits.pages || array(select jsonb_array_elements(given.pages)::int)) as page order by page),
      page_seconds = coalesce((select jsonb_object_agg(key, longest) from (
        select key, max(value::int) as longest from (
          select * from jsonb_each_text(hits.page_seconds) union all select * from jsonb_each_text(given.seconds)) as both_of
        group by key) as best), '{}')
    from unnest(${all.map(([id]) => id)}::text[], ${all.map(([, one]) => one.times)}::int[],
      ${all.map(([, one]) => JSON.stringify(one.pages))}::jsonb[],
      ${all.map(([, one]) => JSON.stringify(one.pageSeconds))}::jsonb[]) as given (id, times, pages, seconds)
    where hits.id = given.id`.execute(tx);
}

/** Fetched files that turned out to be downloaded by a person. */
export async function turnIntoDownloads(tx: HitTx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable('hits')
    .set({ signal: 'download', actor: 'person', certainty: 'probable', reasons: ['session_viewed'] })
    .where('id', 'in', ids)
    .execute();
}

/** Messages with hits that other rules labelled, in the order of their ids, after one of them. */
export async function selectMessagesOfOtherRules(
  tx: HitTx,
  ruleset: string,
  after: string,
  most: number,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('hits')
    .select('message_id')
    .distinct()
    .where('ruleset', '<>', ruleset)
    .where('message_id', '>', after)
    .orderBy('message_id')
    .limit(most)
    .execute();
  return rows.map((row) => row.message_id);
}

/** Writes the labels of these hits, and by which rules they were looked at. */
export async function updateLabels(tx: HitTx, hits: readonly RecordedHit[], ruleset: string): Promise<void> {
  if (hits.length === 0) return;
  await sql`
    update hits set signal = given.signal, actor = given.actor, certainty = given.certainty,
      reasons = array(select jsonb_array_elements_text(given.reasons)), ruleset = ${ruleset}
    from unnest(${hits.map((hit) => hit.id)}::text[], ${hits.map((hit) => hit.signal)}::text[],
      ${hits.map((hit) => hit.actor)}::text[], ${hits.map((hit) => hit.certainty)}::text[],
      ${hits.map((hit) => JSON.stringify(hit.reasons))}::jsonb[]) as given (id, signal, actor, certainty, reasons)
    where hits.id = given.id`.execute(tx);
}

function toRecorded(row: Selectable<HitTables['hits']>): RecordedHit {
  return {
    id: row.id,
    messageId: row.message_id,
    at: row.at,
    signal: row.signal,
    actor: row.actor,
    certainty: row.certainty,
    reasons: row.reasons,
    ruleset: row.ruleset,
    documentId: row.document_id,
    pages: row.pages,
    pageSeconds: row.page_seconds,
    session: row.session,
    network: row.network,
    agent: row.agent,
    times: row.times,
  };
}
