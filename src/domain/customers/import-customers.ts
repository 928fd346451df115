import type { By } from '#domain/documents';
import type { EvidenceTables } from '#domain/evidence';
import type { Tx } from '#stores/database';
import { changeCustomer, createCustomer, putContact } from './change-customer.ts';
import { nameKey } from './customer.ts';
import { type CustomerColumn, customerColumns } from './customer-columns.ts';
import type { CustomerTables } from './customer-table.ts';
import { findCustomer } from './find-customer.ts';
import { type CustomerProblem, type GivenContact, readGivenCustomer } from './given-customer.ts';

/** A row of the table, or several of one customer: what becomes of them, or what is wrong. */
export interface ImportLine {
  /** The first row, counted from 1 as in the file; the head is row 1. */
  readonly row: number;
  readonly name: string;
  readonly addresses: readonly string[];
  /** What the table says about the customer's category; null: nothing. */
  readonly category: string | null;
  readonly outcome: 'new' | 'changed' | 'wrong';
  readonly problems: readonly CustomerProblem[];
}

export type CustomersImported =
  | { readonly ok: true; readonly lines: readonly ImportLine[] }
  | { readonly ok: false; readonly reason: 'no_name_column' };

interface Group {
  readonly row: number;
  readonly fields: Readonly<Partial<Record<CustomerColumn, string>>>;
  readonly contacts: readonly GivenContact[];
}

type Which = { readonly companyId: string; readonly by: By };

/**
 * Brings in customers from a table with a head: rows of one name and VAT id are one customer with several contacts. Who is known already (VAT id, address,
 * name) gets what the table says; empty cells change nothing and nobody is removed. A customer has one category: several in a
 * cell, separated by `;` or `|`, are wrong. A customer with a wrong field is left out and reported; the others are taken. Refuses a table in which no column is the name. To only look, undo the transaction.
 */
export async function importCustomers(
  tx: Tx<CustomerTables & EvidenceTables>,
  which: Which,
  rows: readonly (readonly string[])[],
  now: Date,
): Promise<CustomersImported> {
  const columns = customerColumns(rows[0] ?? []);
  if (!columns) return { ok: false, reason: 'no_name_column' };
  const lines: ImportLine[] = [];
  for (const group of groupRows(rows, columns)) lines.push(await takeOne(tx, which, group, now));
  return { ok: true, lines };
}

function groupRows(
  rows: readonly (readonly string[])[],
  columns: ReadonlyMap<CustomerColumn, number>,
): Group[] {
  const groups = new Map<string, Group>();
  for (const [index, row] of rows.slice(1).entries()) {
    const cell = (column: CustomerColumn): string => (row[columns.get(column) ?? -1] ?? '').trim();
    const filled = [...columns.keys()].flatMap((column) => {
      const text = cell(column);
      return text === '' ? [] : [[column, text] as const];
    });
    if (filled.length === 0) continue;
    const fields = Object.fromEntries(filled);
    const key = `${nameKey(cell('name'))} ${cell('vatId')}`.trim() || `row ${index}`;
    const before = groups.get(key);
    groups.set(key, {
      row: before?.row ?? index + 2,
      fields: { ...fields, ...before?.fields },
      contacts: [...(before?.contacts ?? []), ...contactsOf(cell)],
    });
  }
  return [...groups.values()];
}

/** Several addresses may stand in one cell; the name and the number are then nobody's. */
function contactsOf(cell: (column: CustomerColumn) => string): GivenContact[] {
  const [name, mobile] = [cell('contactName'), cell('mobile')];
  const addresses = cell('email')
    .split(/[;,\n]/)
    .map((one) => one.trim())
    .filter(Boolean);
  const own = addresses.length === 1 ? { ...(name ? { name } : {}), ...(mobile ? { mobile } : {}) } : {};
  return addresses.map((email) => ({ email, ...own }));
}

/** What stands in the cell of the category, each once whatever its case. */
function categoriesOf(cell: string): string[] {
  const found = cell
    .split(/[;|]/)
    .map((one) => one.trim())
    .filter(Boolean);
  return [...new Map(found.reverse().map((one) => [one.toLowerCase(), one])).values()].reverse();
}

async function takeOne(
  tx: Tx<CustomerTables & EvidenceTables>,
  which: Which,
  { row, fields, contacts }: Group,
  now: Date,
): Promise<ImportLine> {
  const { name = '', vatId, country, language } = fields;
  const [category, ...more] = categoriesOf(fields.category ?? '');
  const given = { name, vatId, country, language, category };
  const line = { row, name, addresses: contacts.map(({ email }) => email), category: category ?? null };
  const read = readGivenCustomer({ ...given, contacts });
  const problems: readonly CustomerProblem[] = [
    ...(read.ok ? [] : read.problems),
    ...(more.length > 0 ? [{ path: 'category', reason: 'several_categories' } as const] : []),
  ];
  if (!read.ok || problems.length > 0) return { ...line, outcome: 'wrong', problems };
  const known = await findCustomer(tx, which.companyId, {
    buyerName: name,
    buyerVatId: read.customer.vatId ?? undefined,
    buyerEmails: contacts.map(({ email }) => email),
    buyerCountry: read.customer.country ?? undefined,
  });
  if (!known) {
    await createCustomer(tx, which, { ...given, contacts }, now);
    return { ...line, outcome: 'new', problems: [] };
  }
  const one = { ...which, customerId: known.id };
  await changeCustomer(tx, one, given, now);
  for (const contact of contacts) await putContact(tx, one, contact, now);
  return { ...line, outcome: 'changed', problems: [] };
}
