import { assignCustomer, type By, type Document, type DocumentTables } from '#domain/documents';
import { type EvidenceTables, type Fact, record } from '#domain/evidence';
import { addressKey, type Mailbox } from '#mail/address';
import type { Tx } from '#stores/database';
import { type ContactTables, selectContactsByAddress, touchContacts } from './contact-table.ts';
import type { Consent } from './customer.ts';
import { type CustomerTables, lockCustomers } from './customer-table.ts';
import { findCustomer } from './find-customer.ts';
import { replaceContacts } from './save-contacts.ts';

/** What the contacts with those addresses said about tracking, by address in lower case; where they differ, no counts first. */
export async function consentsOf(
  tx: Tx<ContactTables>,
  companyId: string,
  addresses: readonly string[],
): Promise<Map<string, Consent>> {
  const contacts = await selectContactsByAddress(tx, companyId, addresses);
  return new Map(
    addresses.map((address) => {
      const same = contacts.filter((contact) => addressKey(contact.email) === addressKey(address));
      const said = (['denied', 'granted'] as const).find((one) =>
        same.some((contact) => contact.tracking === one),
      );
      return [address.toLowerCase(), said ?? 'unknown'];
    }),
  );
}

/**
 * Notes whom documents were sent to: those contacts come first when addresses are completed, a document of nobody becomes
 * that of the customer who has the address, and a customer without contacts gets these, so that the next send needs no typing.
 */
export async function rememberRecipients(
  tx: Tx<CustomerTables & DocumentTables & EvidenceTables>,
  sent: {
    readonly companyId: string;
    readonly documents: readonly Document[];
    readonly to: readonly Mailbox[];
    readonly by?: By;
  },
  now: Date,
): Promise<void> {
  const { companyId, to, by = { actor: 'system', id: null } } = sent;
  const facts: Fact[] = [];
  for (const document of sent.documents) {
    if (document.customerId)
      facts.push(...(await fillContacts(tx, { ...sent, by }, document.customerId, now)));
    else facts.push(...(await adopt(tx, { ...sent, by }, document, now)));
  }
  await touchContacts(
    tx,
    companyId,
    to.map((mailbox) => mailbox.address),
    now,
  );
  await record(tx, facts);
}

type Sent = { readonly companyId: string; readonly to: readonly Mailbox[]; readonly by: By };

async function fillContacts(
  tx: Tx<CustomerTables>,
  { companyId, to, by }: Sent,
  customerId: string,
  now: Date,
): Promise<Fact[]> {
  const [customer] = await lockCustomers(tx, companyId, [customerId]);
  if (!customer || customer.contacts.length > 0) return [];
  const contacts = new Map(to.map(({ address, name }) => [addressKey(address), { email: address, name }]));
  return replaceContacts(tx, { customer, by, now }, [...contacts.values()]);
}

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
