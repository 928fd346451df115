import { type Generated, type Selectable, sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { Actor, EventType, RecordedEvent } from './event.ts';
import type { EventData } from './event-value.ts';
import type { LogCheckTables } from './log-check-table.ts';
import type { LogTreeTables } from './log-tree-table.ts';

export interface EvidenceTables extends LogTreeTables, LogCheckTables {
  events: {
    seq: Generated<number>;
    id: string;
    company_id: string;
    chain: string;
    n: number;
    dispatch_id: string | null;
    message_id: string | null;
    document_id: string | null;
    type: string;
    at: Date;
    actor: string;
    certainty: 'certain' | 'probable';
    data: EventData;
    raw: Buffer;
    hash: Buffer;
    prev: Buffer | null;
    log_index: number | null;
  };
  event_heads: { chain: string; company_id: string; n: number; hash: Buffer | null };
  disclosures: { event_id: string; company_id: string; name: string; salt: Buffer; value: string };
  log_head: { one: Generated<boolean>; size: number };
  cursors: { name: string; after: number };
}

type EvidenceTx = Tx<EvidenceTables>;

export interface Head {
  readonly chain: string;
  readonly companyId: string;
  n: number;
  hash: Buffer | null;
}

/** Locks the heads of these chains, in the order of their names, until the transaction ends; makes those that are missing. */
export async function lockHeads(
  tx: EvidenceTx,
  chains: ReadonlyMap<string, string>,
): Promise<Map<string, Head>> {
  const heads = await lockKnownHeads(tx, [...chains.keys()].sort());
  const missing = [...chains.keys()].filter((chain) => !heads.has(chain)).sort();
  if (missing.length === 0) return heads;
  await tx
    .insertInto('event_heads')
    .values(missing.map((chain) => ({ chain, company_id: String(chains.get(chain)), n: 0, hash: null })))
    .onConflict((conflict) => conflict.column('chain').doNothing())
    .execute();
  // Read again: where somebody else made one in between, its chain has begun.
  return new Map([...heads, ...(await lockKnownHeads(tx, missing))]);
}

async function lockKnownHeads(tx: EvidenceTx, chains: readonly string[]): Promise<Map<string, Head>> {
  const rows = await tx
    .selectFrom('event_heads')
    .selectAll()
    .where('chain', '=', sql<string>`any (${[...chains]}::text[])`)
    .orderBy(sql`chain collate "C"`)
    .forUpdate()
    .execute();
  return new Map(
    rows.map((row) => [row.chain, { chain: row.chain, companyId: row.company_id, n: row.n, hash: row.hash }]),
  );
}

export async function writeHeads(tx: EvidenceTx, heads: readonly Head[]): Promise<void> {
  await sql`
    update event_heads set n = new.n, hash = new.hash
    from unnest(${heads.map((head) => head.chain)}::text[], ${heads.map((head) => head.n)}::int[],
                ${heads.map((head) => head.hash)}::bytea[]) as new (chain, n, hash)
    where event_heads.chain = new.chain`.execute(tx);
}

export async function insertEvents(
  tx: EvidenceTx,
  rows: readonly Omit<Selectable<EvidenceTables['events']>, 'seq' | 'log_index'>[],
): Promise<void> {
  // One statement with arrays: a multi-row insert of 17 columns would reach the parameter limit at 3,800 events.
  await sql`
    insert into events (id, company_id, chain, n, dispatch_id, message_id, document_id, type, at, actor, certainty, data, raw, hash, prev)
    select * from unnest(
      ${rows.map((row) => row.id)}::text[], ${rows.map((row) => row.company_id)}::text[], ${rows.map((row) => row.chain)}::text[],
      ${rows.map((row) => row.n)}::int[], ${rows.map((row) => row.dispatch_id)}::text[], ${rows.map((row) => row.message_id)}::text[],
      ${rows.map((row) => row.document_id)}::text[], ${rows.map((row) => row.type)}::text[], ${rows.map((row) => row.at)}::timestamptz[],
      ${rows.map((row) => row.actor)}::text[], ${rows.map((row) => row.certainty)}::text[],
      ${rows.map((row) => JSON.stringify(row.data))}::jsonb[], ${rows.map((row) => row.raw)}::bytea[],
      ${rows.map((row) => row.hash)}::bytea[], ${rows.map((row) => row.prev)}::bytea[])`.execute(tx);
}

/** Events about some messages: of one subject or all, older than an instant or whenever. */
export interface EventsOfMessages {
  readonly companyId: string;
  readonly messageIds: readonly string[];
  readonly subject?: 'visit';
  readonly before?: Date;
}

/** Those of them that have personal fields, by id. */
export async function selectWithFields(tx: EvidenceTx, of: EventsOfMessages): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from events where company_id = ${of.companyId} and message_id = any (${[...of.messageIds]}::text[])
      ${of.subject ? sql`and type like ${`${of.subject}.%`}` : sql``} ${of.before ? sql`and at < ${of.before}` : sql``}
      and exists (select from disclosures where event_id = events.id) order by seq`.execute(tx);
  return rows.map((row) => row.id);
}

/** Where to read: one of the keys, or everything of a company after a log index. */
export type EventRange =
  | { readonly kind: 'after'; readonly logIndex: number; readonly limit: number; readonly companyId?: string }
  | {
      readonly kind: 'dispatch' | 'message' | 'document' | 'id';
      readonly id: string;
      readonly limit: number;
    }
  /** The newest of each message of a dispatch, and of the dispatch itself: who is busy does not hide the others. */
  | { readonly kind: 'newest_of_each'; readonly id: string; readonly limit: number };

/** Events in their order, with the disclosed personal fields merged into `data`. */
export async function selectEvents(tx: EvidenceTx, range: EventRange): Promise<RecordedEvent[]> {
  if (range.kind === 'newest_of_each') return selectNewestOfEach(tx, range);
  const where =
    range.kind === 'after'
      ? sql`log_index > ${range.logIndex} ${range.companyId ? sql`and company_id = ${range.companyId}` : sql``} order by log_index`
      : sql`${sql.ref(range.kind === 'id' ? 'id' : `${range.kind}_id`)} = ${range.id} order by seq`;
  const { rows } = await sql<EventRow>`
    select chosen.*, (select jsonb_object_agg(name, value) from disclosures where event_id = chosen.id) as disclosed
    from (select * from events where ${where} limit ${range.limit}) as chosen
    order by ${range.kind === 'after' ? sql`log_index` : sql`seq`}`.execute(tx);
  return rows.map(toRecorded);
}

async function selectNewestOfEach(
  tx: EvidenceTx,
  { id, limit }: { readonly id: string; readonly limit: number },
): Promise<RecordedEvent[]> {
  const { rows } = await sql<EventRow>`
    select chosen.*, (select jsonb_object_agg(name, value) from disclosures where event_id = chosen.id) as disclosed
    from (select *, row_number() over (partition by message_id order by seq desc) as place
          from events where dispatch_id = ${id}) as chosen
    where place <= ${limit} order by seq`.execute(tx);
  return rows.map(toRecorded);
}

/** What was recorded about a contact, oldest first, up to 200 events. */
export async function selectOfContact(
  tx: EvidenceTx,
  companyId: string,
  contactId: string,
): Promise<RecordedEvent[]> {
  const { rows } = await sql<EventRow>`
    select chosen.*, (select jsonb_object_agg(name, value) from disclosures where event_id = chosen.id) as disclosed
    from (select * from events where company_id = ${companyId} and data->>'contactId' = ${contactId} and type like 'contact.%'
      order by seq limit 200) as chosen order by seq`.execute(tx);
  return rows.map(toRecorded);
}

/** What followers need of an event: they read all of them, so its bytes and hashes stay where they are. */
export type FollowedEvent = Pick<
  RecordedEvent,
  'id' | 'logIndex' | 'companyId' | 'dispatchId' | 'messageId' | 'documentId' | 'type' | 'at' | 'data'
>;

/** The next events after a log index, in their order; `data` has the disclosed personal fields only where they are asked for. */
export async function selectFollowed(
  tx: EvidenceTx,
  { after, limit, personal }: { readonly after: number; readonly limit: number; readonly personal: boolean },
): Promise<FollowedEvent[]> {
  const { rows } = await sql<FollowedRow>`
    select id, log_index, company_id, dispatch_id, message_id, document_id, type, at, data,
      ${personal ? sql`(select jsonb_object_agg(name, value) from disclosures where event_id = events.id)` : sql`null`} as disclosed
    from events where log_index > ${after} order by log_index limit ${limit}`.execute(tx);
  return rows.map(toFollowed);
}

function toFollowed(row: FollowedRow): FollowedEvent {
  return {
    id: row.id,
    logIndex: row.log_index,
    companyId: row.company_id,
    dispatchId: row.dispatch_id,
    messageId: row.message_id,
    documentId: row.document_id,
    type: row.type as EventType,
    at: row.at,
    data: { ...row.data, ...row.disclosed },
  };
}

type FollowedRow = Pick<
  EventRow,
  | 'id'
  | 'log_index'
  | 'company_id'
  | 'dispatch_id'
  | 'message_id'
  | 'document_id'
  | 'type'
  | 'at'
  | 'data'
  | 'disclosed'
>;
type EventRow = Selectable<EvidenceTables['events']> & { readonly disclosed: EventData | null };

function toRecorded(row: EventRow): RecordedEvent {
  return {
    ...toFollowed(row),
    n: row.n,
    actor: row.actor as Actor,
    certainty: row.certainty,
    raw: row.raw,
    hash: row.hash,
    prev: row.prev,
  };
}

export type NewestEvent = Pick<RecordedEvent, 'type' | 'at' | 'actor' | 'certainty'>;

/** The newest event about each of these documents or messages, by its id; those without an event are left out. */
export async function selectNewest(
  tx: EvidenceTx,
  about: 'document' | 'message',
  ids: readonly string[],
): Promise<Map<string, NewestEvent>> {
  const { rows } = await sql<NewestEvent & { id: string }>`
    select asked.id, newest.* from unnest(${ids}::text[]) as asked (id)
    cross join lateral (select type, at, actor, certainty from events where ${sql.ref(`${about}_id`)} = asked.id order by seq desc limit 1)
      as newest`.execute(tx);
  return new Map(rows.map(({ id, ...newest }) => [id, newest]));
}

/** Whether the content of a dispatch was erased, and this file with it. */
export async function isErased(tx: EvidenceTx, companyId: string, sha256: string): Promise<boolean> {
  const { rows } = await sql`select 1 from events where company_id = ${companyId} and type = 'content.erased'
    and data->'sha256s' ? ${sha256} limit 1`.execute(tx);
  return rows.length > 0;
}

/** What retention has deleted of a company, newest first. */
export async function selectPrunings(
  tx: EvidenceTx,
  companyId: string,
  most: number,
): Promise<{ readonly at: Date; readonly data: EventData }[]> {
  const { rows } = await sql<{ at: Date; data: EventData }>`
    select at, data from events where company_id = ${companyId} and type = 'evidence.pruned' order by seq desc limit ${most}`.execute(
    tx,
  );
  return rows;
}
