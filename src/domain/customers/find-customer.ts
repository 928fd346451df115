import type { Facts } from '#domain/documents';
import type { Tx } from '#stores/database';
import { type Customer, nameKey } from './customer.ts';
import { type CustomerKey, type CustomerTables, selectCustomersByKey } from './customer-table.ts';

/** What a document says of its buyer. */
export type Buyer = Partial<
  Pick<Facts, 'buyerName' | 'buyerVatId' | 'buyerCountry' | 'buyerLanguage' | 'buyerEmails'>
>;

/**
 * The customer that a buyer is: by VAT id, else by one of the addresses, else by the name as `nameKey` compares it. One who
 * has another VAT id, or lives in another country, is somebody else. Of several the one with the same name, else the oldest.
 */
export async function findCustomer(
  tx: Tx<CustomerTables>,
  companyId: string,
  buyer: Buyer,
): Promise<Customer | null> {
  for (const key of keysOf(buyer)) {
    const found = await selectCustomersByKey(tx, companyId, key);
    const candidates = found.filter((customer) => mayBe(customer, buyer));
    const namesake = candidates.find(
      (customer) => buyer.buyerName && nameKey(customer.name) === nameKey(buyer.buyerName),
    );
    if (candidates.length > 0) return namesake ?? candidates[0] ?? null;
  }
  return null;
}

/**
 * The customer whose name stands in a text. Of several, the one whose name contains the others' ("Muster AG Bern" before
 * "Muster AG"); null when that does not decide it.
 */
export async function findCustomerInText(
  tx: Tx<CustomerTables>,
  companyId: string,
  text: string,
): Promise<Customer | null> {
  if (nameKey(text) === '') return null;
  const found = await selectCustomersByKey(tx, companyId, { kind: 'text', text });
  const [longest] = [...found].sort((a, b) => nameKey(b.name).length - nameKey(a.name).length);
  const isPlain = found.every((one) => nameKey(longest?.name ?? '').includes(nameKey(one.name)));
  return isPlain ? (longest ?? null) : null;
}

function keysOf({ buyerVatId, buyerEmails, buyerName }: Buyer): CustomerKey[] {
  const keys: CustomerKey[] = [];
  if (buyerVatId) keys.push({ kind: 'vatId', vatId: buyerVatId });
  if (buyerEmails && buyerEmails.length > 0) keys.push({ kind: 'emails', emails: buyerEmails });
  if (buyerName && nameKey(buyerName) !== '') keys.push({ kind: 'name', name: buyerName });
  return keys;
}

function mayBe(customer: Customer, { buyerVatId, buyerCountry }: Buyer): boolean {
  if (customer.vatId && buyerVatId) return customer.vatId === buyerVatId;
  return !(customer.country && buyerCountry) || customer.country === buyerCountry;
}
