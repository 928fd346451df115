import type { Language } from '#base/language';
import type { Document, DocumentTables } from '#domain/documents';
import { addressKey, type Mailbox, sameAddress } from '#mail/address';
import type { Tx } from '#stores/database';
import type { Contact, ContactRole, Customer } from './customer.ts';
import { type CustomerTables, selectCustomer } from './customer-table.ts';

export interface Recipients {
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  /** What the first of them reads, where a contact says so. */
  readonly language: Language | null;
}

type Addressed = Pick<Document, 'kind' | 'buyerEmails'>;

/**
 * Who gets a document when nobody says otherwise: the addresses that it names itself, then the customer's contacts for its
 * kind (for a reminder: those for reminders), then in copy the customer's default Cc. Every mailbox once.
 */
export async function recipientsFor(
  tx: Tx<CustomerTables & DocumentTables>,
  about: { readonly document: Document; readonly customer?: Customer | null },
  purpose: 'first' | 'reminder' | 'resend',
): Promise<Recipients> {
  const { document } = about;
  const customer =
    about.customer !== undefined || document.customerId === null
      ? (about.customer ?? null)
      : await selectCustomer(tx, document.companyId, document.customerId);
  return chooseRecipients(document, customer, purpose);
}

/** The rule of `recipientsFor`, for a document and a customer at hand. */
export function chooseRecipients(
  document: Addressed,
  customer: Pick<Customer, 'contacts' | 'defaultCc'> | null,
  purpose: 'first' | 'reminder' | 'resend',
): Recipients {
  const contacts = customer?.contacts ?? [];
  const role: ContactRole = purpose === 'reminder' ? 'reminder' : document.kind;
  const chosen = contacts.filter((contact) => hasRole(contact, role));
  const named = document.buyerEmails.map((address) => mailboxOf(address, contacts));
  let to = once([...named, ...chosen.map(ofContact)]);
  // Better the person who gets invoices than nobody: a reminder to no one would be lost in silence.
  if (to.length === 0 && role === 'reminder')
    to = once(contacts.filter((contact) => hasRole(contact, document.kind)).map(ofContact));
  const cc = (customer?.defaultCc ?? []).map((address) => mailboxOf(address, contacts));
  const first = to[0] ? contactOf(to[0].address, contacts) : undefined;
  return { to, cc: once(cc, to), language: first?.language ?? null };
}

function hasRole(contact: Contact, role: ContactRole): boolean {
  return contact.roles.length === 0 || contact.roles.includes(role);
}

function ofContact({ name, email }: Contact): Mailbox {
  return { name, address: email };
}

function mailboxOf(address: string, contacts: readonly Contact[]): Mailbox {
  return { name: contactOf(address, contacts)?.name ?? '', address };
}

function contactOf(address: string, contacts: readonly Contact[]): Contact | undefined {
  return contacts.find((contact) => sameAddress(contact.email, address));
}

function once(mailboxes: readonly Mailbox[], without: readonly Mailbox[] = []): Mailbox[] {
  const seen = new Set(without.map(({ address }) => addressKey(address)));
  return mailboxes.filter(({ address }) => {
    const key = addressKey(address);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
