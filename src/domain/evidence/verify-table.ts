import { type Selectable, sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { EvidenceTables } from './event-table.ts';
import type { EventValue } from './event-value.ts';

type VerifyTx = Tx<EvidenceTables>;
type EventRow = Selectable<EvidenceTables['events']>;

/** An event as it lies in its row, with what the rows around it say. */
export interface VerifyRow extends EventRow {
  /** The event before it on its chain: its hash and place in the log; null when there is no such row. */
  readonly before: Pick<EventRow, 'hash' | 'log_index'> | null;
  readonly disclosed: readonly Disclosed[];
}

interface Disclosed {
  readonly name: string;
  readonly salt: Buffer;
  readonly value: EventValue;
}

/** One state of the database for a whole check, however long it takes. Has to be the first thing in its transaction. */
export async function holdStill(tx: VerifyTx): Promise<void> {
  await sql`set transaction isolation level repeatable read, read only`.execute(tx);
}

/** The next rows in the order of the log. */
export async function selectForCheck(tx: VerifyTx, after: number, limit: number): Promise<VerifyRow[]> {
  const { rows } = await sql<EventRow>`
    select * from events where log_index > ${after} order by log_index limit ${limit}`.execute(tx);
  return withSurroundings(tx, rows);
}

/** The next rows that have no place in the log yet. */
export async function selectWaiting(tx: VerifyTx, afterSeq: number, limit: number): Promise<VerifyRow[]> {
  const { rows } = await sql<EventRow>`
    select * from events where log_index is null and seq > ${afterSeq} order by seq limit ${limit}`.execute(
    tx,
  );
  return withSurroundings(tx, rows);
}

/** Most events follow one of the same batch; what those that do not follow is looked up, and so are the personal fields. */
async function withSurroundings(tx: VerifyTx, rows: readonly EventRow[]): Promise<VerifyRow[]> {
  const known = new Map(rows.map((row) => [placeOf(row.chain, row.n), row]));
  const apart = rows.filter((row) => row.n > 1 && !known.has(placeOf(row.chain, row.n - 1)));
  const before = await selectBefore(tx, apart);
  const disclosed = await selectDisclosed(
    tx,
    rows.map((row) => row.id),
  );
  return rows.map((row) => {
    const place = placeOf(row.chain, row.n - 1);
    return {
      ...row,
      before: known.get(place) ?? before.get(place) ?? null,
      disclosed: disclosed.get(row.id) ?? [],
    };
  });
}

function placeOf(chain: string, n: number): string {
  return `${chain} ${n}`;
}

async function selectBefore(
  tx: VerifyTx,
  rows: readonly EventRow[],
): Promise<Map<string, Pick<EventRow, 'hash' | 'log_index'>>> {
  if (rows.length === 0) return new Map();
  const { rows: found } = await sql<Pick<EventRow, 'chain' | 'n' | 'hash' | 'log_index'>>`
    select b.chain, b.n, b.hash, b.log_index from unnest(${rows.map((row) => row.chain)}::text[],
      ${rows.map((row) => row.n - 1)}::int[]) as asked (chain, n)
    join events b on b.chain = asked.chain and b.n = asked.n`.execute(tx);
  return new Map(found.map((row) => [placeOf(row.chain, row.n), row]));
}

async function selectDisclosed(tx: VerifyTx, ids: readonly string[]): Promise<Map<string, Disclosed[]>> {
  const { rows } = await sql<Disclosed & { readonly id: string }>`
    select event_id as id, name, salt, value from disclosures where event_id = any (${ids}::text[])`.execute(
    tx,
  );
  const found = new Map<string, Disclosed[]>();
  for (const row of rows) {
    const known = found.get(row.id);
    if (known) known.push(row);
    else found.set(row.id, [row]);
  }
  return found;
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
