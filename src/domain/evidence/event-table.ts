import { type Generated, type Selectable, sql } from 'kysely';
import type { Tx } from '#stores/database';
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
