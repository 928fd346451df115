import { type Selectable, sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { Actor, EventType, RecordedEvent } from './event.ts';
import type { EvidenceTables } from './event-table.ts';
import type { EventData } from './event-value.ts';

type EvidenceTx = Tx<EvidenceTables>;

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
