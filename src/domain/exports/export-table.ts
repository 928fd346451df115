import { type Generated, type RawBuilder, type Selectable, sql } from 'kysely';
import { isBehind, type NewestPlace, type Tx } from '#stores/database';
import { type CompanyExport, type ExportState, mostTries } from './export.ts';

export interface ExportTables {
  company_exports: {
    id: string;
    company_id: string;
    actor: CompanyExport['actor'];
    asked_by: string;
    state: ExportState;
    tries: Generated<number>;
    lease: string | null;
    leased_until: Date | null;
    row_count: Generated<number>;
    file_count: Generated<number>;
    missing_count: Generated<number>;
    bytes: Generated<number>;
    created_at: Date;
    ready_at: Date | null;
    expires_at: Date | null;
  };
  company_export_entries: {
    export_id: string;
    company_id: string;
    place: number;
    path: string;
    source: 'part' | 'file' | 'mail';
    ref: string;
    sha256: string;
    bytes: number;
  };
}

type ExportTx = Tx<ExportTables>;
type Ref = Pick<CompanyExport, 'id' | 'companyId'>;

/** Notes that an export is wanted; false when the company has one that is still being made. */
export async function insertExport(
  tx: ExportTx,
  one: Ref & Pick<CompanyExport, 'actor' | 'askedBy' | 'createdAt'>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into company_exports (id, company_id, actor, asked_by, state, created_at)
    values (${one.id}, ${one.companyId}, ${one.actor}, ${one.askedBy}, 'waiting', ${one.createdAt})
    on conflict (company_id) where state = 'waiting' do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/** Which exports of a company: one by its id, the one at work, or the newest before a place in the list. */
export type ExportKey =
  | { readonly id: string }
  | { readonly state: 'waiting' }
  | { readonly before: NewestPlace | null; readonly limit: number };

/** Exports of a company, newest first. */
export async function selectExports(
  tx: ExportTx,
  companyId: string,
  key: ExportKey,
): Promise<CompanyExport[]> {
  const which =
    'id' in key
      ? sql`and id = ${key.id}`
      : 'state' in key
        ? sql`and state = ${key.state}`
        : sql`and ${isBehind(key.before)}`;
  const { rows } = await sql<Row>`
    select * from company_exports where company_id = ${companyId} ${which}
    order by created_at desc, id desc limit ${'limit' in key ? key.limit : 1}`.execute(tx);
  return rows.map(toExport);
}

/** An export in hand; `lease` is the secret by which its holder is known. */
export type LeasedExport = CompanyExport & { readonly lease: string };

/** Takes the oldest waiting export, and counts the try; null when none waits. */
export async function leaseExport(
  tx: ExportTx,
  lease: { readonly id: string; readonly now: Date; readonly until: Date },
): Promise<LeasedExport | null> {
  const { rows } = await sql<Row>`
    with due as (select id from company_exports
      where state = 'waiting' and (leased_until is null or leased_until <= ${lease.now})
      order by created_at limit 1 for update skip locked)
    update company_exports set lease = ${lease.id}, leased_until = ${lease.until}, tries = tries + 1 from due
    where company_exports.id = due.id returning company_exports.*`.execute(tx);
  return rows[0] ? { ...toExport(rows[0]), lease: lease.id } : null;
}

/** Keeps an export in hand until `until`; false when it is another's by now, or must begin anew. */
export function extendLease(tx: ExportTx, one: LeasedExport, until: Date): Promise<boolean> {
  return changeLeased(tx, one, sql`leased_until = ${until}`);
}

/** Gives it back, unfinished; `uncounted` when it was not its own fault. */
export function releaseExport(tx: ExportTx, one: LeasedExport, uncounted: boolean): Promise<boolean> {
  return changeLeased(
    tx,
    one,
    sql`lease = null, leased_until = null, tries = tries - ${uncounted ? 1 : 0}::int`,
  );
}

export type Made = Pick<CompanyExport, 'rows' | 'files' | 'missing' | 'bytes'> & {
  readonly readyAt: Date;
  readonly expiresAt: Date;
};

/** Says that it is ready; false when it is another's by now, or must begin anew. */
export function finishExport(tx: ExportTx, one: LeasedExport, made: Made): Promise<boolean> {
  return changeLeased(
    tx,
    one,
    sql`state = 'ready', leased_until = null, ready_at = ${made.readyAt}, expires_at = ${made.expiresAt},
      row_count = ${made.rows}, file_count = ${made.files}, missing_count = ${made.missing}, bytes = ${made.bytes}`,
  );
}

/** Says of an export that was tried often enough that it cannot be made; false when it was not. */
export async function failExport(tx: ExportTx, one: LeasedExport): Promise<boolean> {
  return one.tries >= mostTries && changeLeased(tx, one, sql`state = 'failed', leased_until = null`);
}

async function changeLeased(
  tx: ExportTx,
  { id, lease }: LeasedExport,
  change: RawBuilder<unknown>,
): Promise<boolean> {
  const { numAffectedRows } = await sql`update company_exports set ${change}
    where id = ${id} and state = 'waiting' and lease = ${lease}`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
}

/** Ends what is ready, and lets begin anew what is being made. */
export async function endExports(tx: ExportTx, companyId: string, now: Date): Promise<void> {
  await sql`update company_exports set expires_at = ${now} where company_id = ${companyId} and state = 'ready'`.execute(
    tx,
  );
  await sql`update company_exports set lease = null, leased_until = null, tries = greatest(tries - 1, 0)
    where company_id = ${companyId} and state = 'waiting'`.execute(tx);
}

/** One export whose time is over, with its state changed; null when there is none. */
export async function expireExport(tx: ExportTx, now: Date): Promise<Ref | null> {
  const { rows } = await sql<Ref>`
    update company_exports set state = 'expired' where id = (select id from company_exports
      where state = 'ready' and expires_at <= ${now} order by expires_at limit 1 for update skip locked)
    returning id, company_id as "companyId"`.execute(tx);
  return rows[0] ?? null;
}

type Row = Selectable<ExportTables['company_exports']>;

function toExport(row: Row): CompanyExport {
  return {
    id: row.id,
    companyId: row.company_id,
    actor: row.actor,
    askedBy: row.asked_by,
    state: row.state,
    tries: row.tries,
    rows: row.row_count,
    files: row.file_count,
    missing: row.missing_count,
    bytes: row.bytes,
    createdAt: row.created_at,
    readyAt: row.ready_at,
    expiresAt: row.expires_at,
  };
}
