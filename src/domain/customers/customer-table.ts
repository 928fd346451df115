import {
  type ExpressionBuilder,
  type Generated,
  type Insertable,
  type Selectable,
  sql,
  type Updateable,
} from 'kysely';
import type { Language } from '#base/language';
import { addressKey } from '#mail/address';
import type { Tx } from '#stores/database';
import { type ContactTables, selectContacts } from './contact-table.ts';
import { type Contact, type Customer, nameKey } from './customer.ts';
import type { RefusalTables } from './refusal-table.ts';
import type { SuppressionTables } from './suppression-table.ts';

export interface CustomerTables extends ContactTables, RefusalTables, SuppressionTables {
  customers: {
    id: string;
    company_id: string;
    name: string;
    name_key: string;
    vat_id: string | null;
    country: string | null;
    language: Language | null;
    default_cc: Generated<string[]>;
    category: string | null;
    merged_into: string | null;
    reminders_paused_until: string | null;
    reminders_pause_reason: string | null;
    created_at: Date;
  };
}

type CustomerTx = Tx<CustomerTables>;
type Row = Selectable<CustomerTables['customers']>;
export type CustomerColumns = Updateable<CustomerTables['customers']>;

export async function insertCustomer(
  tx: CustomerTx,
  row: Omit<
    Insertable<CustomerTables['customers']>,
    'name_key' | 'merged_into' | 'reminders_paused_until' | 'reminders_pause_reason' | 'category'
  > & { readonly category?: string | null },
): Promise<Customer> {
  const made = await tx
    .insertInto('customers')
    .values({ ...row, name_key: nameKey(row.name), merged_into: null })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toCustomer(made, []);
}

export async function updateCustomer(
  tx: CustomerTx,
  companyId: string,
  id: string,
  columns: CustomerColumns,
): Promise<void> {
  const set = columns.name === undefined ? columns : { ...columns, name_key: nameKey(columns.name) };
  if (Object.values(set).every((value) => value === undefined)) return;
  await tx
    .updateTable('customers')
    .set(set)
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .execute();
}

export async function selectCustomer(
  tx: CustomerTx,
  companyId: string,
  id: string,
): Promise<Customer | null> {
  const [customer] = await selectCustomers(tx, companyId, [id]);
  return customer ?? null;
}

/** The customers that exist among the ids with their contacts, in the order of the ids. */
export async function selectCustomers(
  tx: CustomerTx,
  companyId: string,
  ids: readonly string[],
): Promise<Customer[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('customers')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('id', 'in', [...ids])
    .execute();
  const byId = new Map((await withContacts(tx, companyId, rows)).map((one) => [one.id, one]));
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}

/** The customers of the ids with their rows locked, in the order of their ids, until the transaction ends. */
export async function lockCustomers(
  tx: CustomerTx,
  companyId: string,
  ids: readonly string[],
): Promise<Customer[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('customers')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('id', 'in', [...ids])
    .orderBy(sql`id collate "C"`)
    .forUpdate()
    .execute();
  return withContacts(tx, companyId, rows);
}

/** The words by which the company sorts its customers, each once; those that differ in case only are one. */
export async function selectCategories(tx: CustomerTx, companyId: string): Promise<string[]> {
  const { rows } = await sql<{ category: string }>`
    select min(category) as category from customers
    where company_id = ${companyId} and merged_into is null and category is not null
    group by lower(category) order by lower(category) limit 200`.execute(tx);
  return rows.map((row) => row.category);
}

/** Makes the company's customers be created by one transaction at a time, so that two documents make one customer. */
export async function lockCustomerList(tx: CustomerTx, companyId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`customers ${companyId}`}, 0))`.execute(tx);
}

/** What customers are looked up by; a customer that was merged away is never found. */
export type CustomerKey =
  | { readonly kind: 'vatId'; readonly vatId: string }
  | { readonly kind: 'emails'; readonly emails: readonly string[] }
  | { readonly kind: 'name'; readonly name: string }
  /** Customers whose whole name stands somewhere in the text. */
  | { readonly kind: 'text'; readonly text: string };

/** Shorter names ("AB", "Meyer") stand in many texts without being meant. */
const shortestNameInText = 6;

/** The customers with that key, oldest first, 20 at most. */
export async function selectCustomersByKey(
  tx: CustomerTx,
  companyId: string,
  key: CustomerKey,
): Promise<Customer[]> {
  const rows = await tx
    .selectFrom('customers')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('merged_into', 'is', null)
    .where((where) => hasKey(where, companyId, key))
    .orderBy('created_at')
    .orderBy('id')
    .limit(20)
    .execute();
  return withContacts(tx, companyId, rows);
}

function hasKey(where: ExpressionBuilder<CustomerTables, 'customers'>, companyId: string, key: CustomerKey) {
  if (key.kind === 'vatId') return where('vat_id', '=', key.vatId);
  if (key.kind === 'name') return where('name_key', '=', nameKey(key.name));
  if (key.kind === 'text')
    return sql<boolean>`length(name_key) >= ${shortestNameInText}
      and strpos(${` ${nameKey(key.text)} `}, ' ' || name_key || ' ') > 0`;
  return where(
    'id',
    'in',
    where
      .selectFrom('contacts')
      .select('customer_id')
      .where('company_id', '=', companyId)
      .where('email_key', 'in', key.emails.map(addressKey)),
  );
}

/** Groups of customers that share a VAT id or a contact's address, largest first, 100 at most. */
export async function selectSharedKeys(
  tx: CustomerTx,
  companyId: string,
): Promise<{ reason: 'vat_id' | 'address'; value: string; customerIds: string[] }[]> {
  const { rows } = await sql<{ reason: 'vat_id' | 'address'; value: string; customerIds: string[] }>`
    select * from (
      select 'vat_id' as reason, vat_id as value, array_agg(id order by created_at, id) as "customerIds"
      from customers where company_id = ${companyId} and merged_into is null and vat_id is not null
      group by vat_id having count(*) > 1
      union all
      -- Who was merged away has no contacts left, so the contacts say it all.
      select 'address', email_key, array_agg(customer_id order by created_at, customer_id)
      from contacts where company_id = ${companyId}
      group by email_key having count(*) > 1) as shared
    order by array_length("customerIds", 1) desc, value limit 100`.execute(tx);
  return rows;
}

/** Says that a customer was merged into another one, for it and for all that were merged into it before. */
export async function writeMerge(
  tx: CustomerTx,
  companyId: string,
  from: string,
  into: string,
): Promise<void> {
  await tx
    .updateTable('customers')
    .set({ merged_into: into })
    .where('company_id', '=', companyId)
    .where((where) => where.or([where('id', '=', from), where('merged_into', '=', from)]))
    .execute();
}

/** Rows as customers with their contacts. */
export async function withContacts(
  tx: CustomerTx,
  companyId: string,
  rows: readonly Row[],
): Promise<Customer[]> {
  const ids = rows.map((row) => row.id);
  const contacts = await selectContacts(tx, companyId, ids);
  return rows.map((row) =>
    toCustomer(
      row,
      contacts.filter((one) => one.customerId === row.id),
    ),
  );
}

function toCustomer(row: Row, contacts: readonly Contact[]): Customer {
  return {
    id: row.id,
    companyId: row.company_id,
    name: row.name,
    vatId: row.vat_id,
    country: row.country,
    language: row.language,
    defaultCc: row.default_cc,
    category: row.category,
    mergedInto: row.merged_into,
    remindersPausedUntil: row.reminders_paused_until,
    remindersPauseReason: row.reminders_pause_reason,
    createdAt: row.created_at,
    contacts,
  };
}
