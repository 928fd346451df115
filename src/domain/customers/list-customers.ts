import type { Tx } from '#stores/database';
import type { Customer } from './customer.ts';
import { type CustomerPlace, selectCustomerPage } from './customer-page-table.ts';
import type { CustomerTables } from './customer-table.ts';

export type CustomerList =
  | { readonly ok: true; readonly items: readonly Customer[]; readonly nextCursor: string | null }
  | { readonly ok: false; readonly reason: 'bad_cursor' };

const mostPerPage = 200;

/**
 * A page of customers by name. `q` finds part of a name (accents and case do not matter), VAT id or contact; `limit` is 1 to
 * 200, 50 by default. Refuses a cursor that is not from an earlier page.
 */
export async function listCustomers(
  tx: Tx<CustomerTables>,
  companyId: string,
  page: { readonly q?: string; readonly limit?: number; readonly cursor?: string | null },
): Promise<CustomerList> {
  const after = page.cursor ? readCursor(page.cursor) : null;
  if (page.cursor && !after) return { ok: false, reason: 'bad_cursor' };
  const limit = Math.min(Math.max(Math.trunc(page.limit ?? 50), 1), mostPerPage);
  const q = (page.q ?? '').slice(0, 200).replace(/\0/g, '');
  const found = await selectCustomerPage(tx, companyId, { q, after, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  return {
    ok: true,
    items: shown.map((one) => one.customer),
    nextCursor: last ? writeCursor(last.place) : null,
  };
}

function writeCursor(place: CustomerPlace): string {
  return Buffer.from(JSON.stringify([place.name, place.id])).toString('base64url');
}

function readCursor(cursor: string): CustomerPlace | null {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const [name, id]: unknown[] = Array.isArray(read) ? read : [];
    return typeof name === 'string' && typeof id === 'string' && !`${name}${id}`.includes('\0')
      ? { name, id }
      : null;
  } catch {
    return null;
  }
}
