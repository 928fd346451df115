import { type Selectable, sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { EvidenceTables } from './event-table.ts';

type VerifyTx = Tx<EvidenceTables>;

/** An event as it lies in its row, with what the rows around it say. */
export type VerifyRow = Selectable<EvidenceTables['events']> & {
  /** The event before it on its chain: its hash and place in the log; null when there is no such row. */
  readonly before_hash: Buffer | null;
  readonly before_index: number | null;
  readonly disclosed:
    | readonly { readonly name: string; readonly salt: string; readonly value: unknown }[]
    | null;
};

/** One state of the database for a whole check, however long it takes. Has to be the first thing in its transaction. */
export async function holdStill(tx: VerifyTx): Promise<void> {
  await sql`set transaction isolation level repeatable read, read only`.execute(tx);
}

/** The next rows in the order of the log. */
export async function selectForCheck(tx: VerifyTx, after: number, limit: number): Promise<VerifyRow[]> {
  const { rows } = await sql<VerifyRow>`
    select e.*, b.hash as before_hash, b.log_index as before_index, d.disclosed
    from (select * from events where log_index > ${after} order by log_index limit ${limit}) as e
    left join events b on b.chain = e.chain and b.n = e.n - 1
    left join lateral (select jsonb_agg(jsonb_build_object('name', name, 'salt', encode(salt, 'hex'), 'value', value)) as disclosed
      from disclosures where event_id = e.id) as d on true
    order by e.log_index`.execute(tx);
  return rows;
}

/** The next rows that have no place in the log yet. */
export async function selectWaiting(tx: VerifyTx, afterSeq: number, limit: number): Promise<VerifyRow[]> {
  const { rows } = await sql<VerifyRow>`
    select e.*, b.hash as before_hash, b.log_index as before_index, d.disclosed
    from (select * from events where log_index is null and seq > ${afterSeq} order by seq limit ${limit}) as e
    left join events b on b.chain = e.chain and b.n = e.n - 1
    left join lateral (select jsonb_agg(jsonb_build_object('name', name, 'salt', encode(salt, 'hex'), 'value', value)) as disclosed
      from disclosures where event_id = e.id) as d on true
    order by e.seq`.execute(tx);
  return rows;
}

/** A chain whose head does not say what its last event says; null when all do. */
export async function selectWrongHead(tx: VerifyTx): Promise<string | null> {
  const { rows } = await sql<{ chain: string }>`
    select coalesce(h.chain, e.chain) as chain
    from event_heads h
    full join (select distinct on (chain) chain, n, hash from events order by chain, n desc) as e on e.chain = h.chain
    where h.chain is null or (e.chain is null and h.n > 0) or h.n <> e.n or h.hash <> e.hash limit 1`.execute(
    tx,
  );
  return rows[0]?.chain ?? null;
}

/** The id of an event whose disclosures have no event; null when there is none. */
export async function selectStrayDisclosure(tx: VerifyTx): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select event_id as id from disclosures d where not exists (select from events where id = d.event_id) limit 1`.execute(
    tx,
  );
  return rows[0]?.id ?? null;
}

/** The digests that `disclosure.erased` events account for, by the events that they stood in. */
export async function selectErased(
  tx: VerifyTx,
  eventIds: readonly string[],
): Promise<Map<string, Set<string>>> {
  if (eventIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; digest: string }>`
    select data->>'eventId' as id, jsonb_array_elements_text(data->'digests') as digest from events
    where type = 'disclosure.erased' and data->>'eventId' = any (${eventIds}::text[])`.execute(tx);
  const erased = new Map<string, Set<string>>();
  for (const { id, digest } of rows) erased.set(id, (erased.get(id) ?? new Set()).add(digest));
  return erased;
}
