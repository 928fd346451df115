import { type ExpressionBuilder, sql } from 'kysely';
import type { Tx } from '#stores/database';
import { type Customer, nameKey } from './customer.ts';
import { type CustomerTables, withContacts } from './customer-table.ts';

/** The place after which a page of the list begins. */
export type CustomerPlace = { readonly name: string; readonly id: string };

/** Customers by name, each with its place for the next page; `q` is part of a name, VAT id or address. */
export async function selectCustomerPage(
  tx: Tx<CustomerTables>,
  companyId: string,
  page: { readonly q: string; readonly after: CustomerPlace | null; readonly limit: number },
): Promise<{ customer: Customer; place: CustomerPlace }[]> {
  let query = tx
    .selectFrom('customers')
    .selectAll()
    .select(sql<string>`lower(name)`.as('place'))
    .where('company_id', '=', companyId)
    .where('merged_into', 'is', null)
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(page.limit);
  if (page.after)
    query = query.where(sql<boolean>`(lower(name), id) > (${page.after.name}, ${page.after.id})`);
  if (page.q.trim() !== '') query = query.where((where) => isMentioned(where, companyId, page.q.trim()));
  const rows = await query.execute();
  const places = new Map(rows.map((row) => [row.id, row.place]));
  const customers = await withContacts(tx, companyId, rows);
  return customers.map((customer) => ({
    customer,
    place: { name: places.get(customer.id) ?? '', id: customer.id },
  }));
}

function isMentioned(where: ExpressionBuilder<CustomerTables, 'customers'>, companyId: string, q: string) {
  const part = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const key = nameKey(q);
  return where.or([
    ...(key === '' ? [] : [where('name_key', 'like', part(key))]),
    where('category', 'ilike', part(q)),
    where('vat_id', 'like', part(q.toUpperCase().replace(/[\s.-]/g, ''))),
    where(
      'id',
      'in',
      where
        .selectFrom('contacts')
        .select('customer_id')
        .where('company_id', '=', companyId)
        .where((contact) =>
          contact.or([
            contact('email_key', 'like', part(q.toLowerCase())),
            contact('name', 'ilike', part(q)),
          ]),
        ),
    ),
  ]);
}
