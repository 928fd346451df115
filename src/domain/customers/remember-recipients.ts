import { assignCustomer, type By, type Document, type DocumentTables } from '#domain/documents';
import type { Fact } from '#domain/evidence';
import { addressKey, type Mailbox } from '#mail/address';
import type { Tx } from '#stores/database';
import { type ContactTables, selectContactsByAddress, touchContacts } from './contact-table.ts';
import type { Consent, Customer } from './customer.ts';
import { type CustomerTables, lockCustomers } from './customer-table.ts';
import { findCustomer } from './find-customer.ts';
import { refusedAmong } from './refusal.ts';
import type { RefusalTables } from './refusal-table.ts';
import { replaceContacts } from './save-contacts.ts';

/**
 * What was said about tracking at those addresses, by address in lower case: what he said himself who gets mail there, else what
 * his contacts say; where they differ, no counts first.
 */
export async function consentsOf(
  tx: Tx<ContactTables & RefusalTables>,
  companyId: string,
  addresses: readonly string[],
): Promise<Map<string, Consent>> {
  const said = new Map<string, Consent>();
  for (const { email, tracking } of await selectContactsByAddress(tx, companyId, addresses)) {
    const before = said.get(addressKey(email));
    if (tracking === 'denied' || (tracking === 'granted' && before !== 'denied'))
      said.set(addressKey(email), tracking);
  }
  for (const refused of await refusedAmong(tx, companyId, addresses)) said.set(refused, 'denied');
  return new Map(
    addresses.map((address) => [address.toLowerCase(), said.get(addressKey(address)) ?? 'unknown']),
  );
}

/** Mails of one company: whose documents went to whom. */
export interface Remembered {
  readonly companyId: string;
  readonly mails: readonly {
    /** Whose the documents are, as it was read in this transaction. */
    readonly customer: Customer | null;
    readonly documents: readonly Document[];
    readonly to: readonly Mailbox[];
  }[];
  readonly by?: By;
}

/**
 * Notes whom documents were sent to: those contacts come first when addresses are completed, a document of nobody becomes
 * that of the customer who has the address, and a customer without contacts gets these, so that the next send needs no typing.
 * Returns the facts to record.
 */
export async function rememberRecipients(
  tx: Tx<CustomerTables & DocumentTables>,
  { companyId, mails, by = { actor: 'system', id: null } }: Remembered,
  now: Date,
): Promise<Fact[]> {
  const facts: Fact[] = [];
  const empty = mails.filter(({ customer }) => customer && customer.contacts.length === 0);
  const locked = await lockCustomers(
    tx,
    companyId,
    empty.flatMap(({ customer }) => customer?.id ?? []),
  );
  const filled = new Set<string>();
  for (const { customer, to } of empty) {
    const still = locked.find((one) => one.id === customer?.id && one.contacts.length === 0);
    if (!still || filled.has(still.id)) continue;
    filled.add(still.id);
    const contacts = new Map(to.map(({ address, name }) => [addressKey(address), { email: address, name }]));
    facts.push(...(await replaceContacts(tx, { customer: still, by, now }, [...contacts.values()])));
  }
  for (const { documents, to } of mails)
    for (const document of documents)
      if (!document.customerId) facts.push(...(await adopt(tx, { companyId, to, by }, document, now)));
  await touchContacts(
    tx,
    companyId,
    mails.flatMap(({ to }) => to.map((mailbox) => mailbox.address)),
    now,
  );
  return facts;
}

type Sent = { readonly companyId: string; readonly to: readonly Mailbox[]; readonly by: By };

async function adopt(
  tx: Tx<CustomerTables & DocumentTables>,
  { companyId, to, by }: Sent,
  document: Document,
  now: Date,
): Promise<readonly Fact[]> {
  const buyerEmails = to.map((mailbox) => mailbox.address);
  const customer = await findCustomer(tx, companyId, { buyerEmails });
  if (!customer) return [];
  const assigned = await assignCustomer(tx, { companyId, documentId: document.id, by }, customer.id, now);
  return assigned?.facts ?? [];
}
