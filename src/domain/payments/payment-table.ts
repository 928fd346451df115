import { type Selectable, sql } from 'kysely';
import { isBehind, type NewestPlace, type Tx } from '#stores/database';
import type { BankImport, EntryState, KnownEntry } from './bank-entry.ts';

export interface PaymentTables {
  bank_imports: {
    id: string;
    company_id: string;
    file_name: string;
    sha256: string;
    format: 'camt' | 'csv';
    account: string | null;
    entries: number;
    new_entries: number;
    outgoing: number;
    unreadable: number;
    last_booked_on: string | null;
    created_by: string;
    created_by_name: string;
    created_at: Date;
  };
  bank_entries: {
    id: string;
    company_id: string;
    import_id: string;
    entry_key: string;
    booked_on: string;
    amount: string;
    currency: string | null;
    name: string;
    text: string;
    state: EntryState;
    document_ids: string[];
    decided_by: string | null;
    decided_at: Date | null;
    created_at: Date;
  };
}

type PaymentTx = Tx<PaymentTables>;

export async function insertImport(tx: PaymentTx, given: BankImport): Promise<void> {
  await tx
    .insertInto('bank_imports')
    .values({
      id: given.id,
      company_id: given.companyId,
      file_name: given.fileName,
      sha256: given.sha256,
      format: given.format,
      account: given.account,
      entries: given.entries,
      new_entries: given.newEntries,
      outgoing: given.outgoing,
      unreadable: given.unreadable,
      last_booked_on: given.lastBookedOn,
      created_by: given.createdBy,
      created_by_name: given.createdByName,
      created_at: given.createdAt,
    })
    .execute();
}

export async function updateNewEntries(tx: PaymentTx, given: BankImport): Promise<void> {
  await tx
    .updateTable('bank_imports')
    .set({ new_entries: given.newEntries })
    .where('company_id', '=', given.companyId)
    .where('id', '=', given.id)
    .execute();
}

/** Adds the entries that no earlier file had, by their keys; returns how many those are. */
export async function insertEntries(
  tx: PaymentTx,
  entries: readonly (KnownEntry & { readonly key: string })[],
): Promise<number> {
  if (entries.length === 0) return 0;
  // One statement with arrays: rows of values would reach the limit of parameters at 6,000 entries.
  const { numAffectedRows } = await sql`
    insert into bank_entries (id, company_id, import_id, entry_key, booked_on, amount, currency, name, text, created_at)
    select * from unnest(${entries.map((one) => one.id)}::text[], ${entries.map((one) => one.companyId)}::text[],
      ${entries.map((one) => one.importId)}::text[], ${entries.map((one) => one.key)}::text[],
      ${entries.map((one) => one.bookedOn)}::date[], ${entries.map((one) => one.amount)}::numeric[],
      ${entries.map((one) => one.currency)}::text[], ${entries.map((one) => one.name)}::text[],
      ${entries.map((one) => one.text)}::text[], ${entries.map((one) => one.createdAt)}::timestamptz[])
    on conflict (company_id, entry_key) do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** The company's imports, newest first. */
export async function selectImports(
  tx: PaymentTx,
  companyId: string,
  page: { readonly before: NewestPlace | null; readonly limit: number },
): Promise<BankImport[]> {
  const rows = await tx
    .selectFrom('bank_imports')
    .selectAll()
    .where('company_id', '=', companyId)
    .where(isBehind(page.before))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute();
  return rows.map(toImport);
}

/** The company's entries in a state, newest first. */
export async function selectEntries(
  tx: PaymentTx,
  companyId: string,
  which: { readonly state: EntryState; readonly before: NewestPlace | null; readonly limit: number },
): Promise<KnownEntry[]> {
  const rows = await tx
    .selectFrom('bank_entries')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('state', '=', which.state)
    .where(isBehind(which.before))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(which.limit)
    .execute();
  return rows.map(toEntry);
}

/** Open entries in whose text one of these numbers stands, written as letters and digits only; the newest 500. */
export async function selectEntriesNaming(
  tx: PaymentTx,
  companyId: string,
  numbers: readonly string[],
): Promise<KnownEntry[]> {
  const rows = await tx
    .selectFrom('bank_entries')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('state', '=', 'open')
    .where(
      sql<boolean>`exists (select from unnest(${[...numbers]}::text[]) as asked (number)
        where strpos(upper(regexp_replace(text, '[^[:alnum:]]', '', 'g')), asked.number) > 0)`,
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(500)
    .execute();
  return rows.map(toEntry);
}

export async function countEntries(tx: PaymentTx, companyId: string, state: EntryState): Promise<number> {
  const row = await tx
    .selectFrom('bank_entries')
    .select((all) => all.fn.countAll<number>().as('count'))
    .where('company_id', '=', companyId)
    .where('state', '=', state)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** The entry, locked until the transaction ends. */
export async function lockEntry(tx: PaymentTx, companyId: string, id: string): Promise<KnownEntry | null> {
  const row = await tx
    .selectFrom('bank_entries')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ? toEntry(row) : null;
}

export async function updateEntry(
  tx: PaymentTx,
  entry: Pick<KnownEntry, 'companyId' | 'id' | 'state' | 'documentIds'>,
  decided: { readonly by: string; readonly at: Date },
): Promise<void> {
  await tx
    .updateTable('bank_entries')
    .set({
      state: entry.state,
      document_ids: [...entry.documentIds],
      decided_by: decided.by,
      decided_at: decided.at,
    })
    .where('company_id', '=', entry.companyId)
    .where('id', '=', entry.id)
    .execute();
}

/** When each of these companies last brought in a file of its bank; those that never did are left out. */
export async function selectLastImports(
  tx: PaymentTx,
  companyIds: readonly string[],
): Promise<Map<string, Date>> {
  if (companyIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('bank_imports')
    .select((all) => ['company_id', all.fn.max('created_at').as('at')])
    .where('company_id', 'in', [...companyIds])
    .groupBy('company_id')
    .execute();
  return new Map(rows.map((row) => [row.company_id, row.at]));
}

function toEntry(row: Selectable<PaymentTables['bank_entries']>): KnownEntry {
  return {
    id: row.id,
    companyId: row.company_id,
    importId: row.import_id,
    bookedOn: row.booked_on,
    amount: row.amount,
    currency: row.currency,
    name: row.name,
    text: row.text,
    state: row.state,
    documentIds: row.document_ids,
    createdAt: row.created_at,
  };
}

function toImport(row: Selectable<PaymentTables['bank_imports']>): BankImport {
  return {
    id: row.id,
    companyId: row.company_id,
    fileName: row.file_name,
    sha256: row.sha256,
    format: row.format,
    account: row.account,
    entries: row.entries,
    newEntries: row.new_entries,
    outgoing: row.outgoing,
    unreadable: row.unreadable,
    lastBookedOn: row.last_booked_on,
    createdBy: row.created_by,
    createdByName: row.created_by_name,
    createdAt: row.created_at,
  };
}
