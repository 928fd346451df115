import { type Generated, type Selectable, sql } from 'kysely';
import type { Language } from '#base/language';
import { addressKey } from '#mail/address';
import type { Tx } from '#stores/database';
import type { Consent, Contact, ContactRole } from './customer.ts';

export interface ContactTables {
  contacts: {
    id: string;
    company_id: string;
    customer_id: string;
    email: string;
    email_key: string;
    name: Generated<string>;
    roles: Generated<string[]>;
    language: Language | null;
    mobile: string | null;
    tracking: Generated<Consent>;
    tracking_at: Date | null;
    tracking_how: string | null;
    last_used_at: Date | null;
    created_at: Date;
  };
}

type ContactTx = Tx<ContactTables>;
type Row = Selectable<ContactTables['contacts']>;

/** Writes a contact as it now is: adds it, or changes the one with its id. */
export async function writeContact(tx: ContactTx, companyId: string, contact: Contact): Promise<void> {
  const columns = {
    customer_id: contact.customerId,
    email: contact.email,
    email_key: addressKey(contact.email),
    name: contact.name,
    roles: [...contact.roles],
    language: contact.language,
    mobile: contact.mobile,
    tracking: contact.tracking,
    tracking_at: contact.trackingAt,
    tracking_how: contact.trackingHow,
    last_used_at: contact.lastUsedAt,
  };
  await tx
    .insertInto('contacts')
    .values({ ...columns, id: contact.id, company_id: companyId, created_at: contact.createdAt })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
    .execute();
}

export async function deleteContact(tx: ContactTx, companyId: string, id: string): Promise<void> {
  await tx.deleteFrom('contacts').where('company_id', '=', companyId).where('id', '=', id).execute();
}

/** The contacts of those customers, oldest first. */
export async function selectContacts(
  tx: ContactTx,
  companyId: string,
  customerIds: readonly string[],
): Promise<Contact[]> {
  if (customerIds.length === 0) return [];
  const rows = await tx
    .selectFrom('contacts')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('customer_id', 'in', [...customerIds])
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(toContact);
}

/** The contacts of the company with one of those addresses, of whichever customer. */
export async function selectContactsByAddress(
  tx: ContactTx,
  companyId: string,
  addresses: readonly string[],
): Promise<Contact[]> {
  if (addresses.length === 0) return [];
  const rows = await tx
    .selectFrom('contacts')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('email_key', 'in', [...new Set(addresses.map(addressKey))])
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(toContact);
}

/** Notes that mail goes to those addresses, for the order in which they are proposed. */
export async function touchContacts(
  tx: ContactTx,
  companyId: string,
  addresses: readonly string[],
  now: Date,
): Promise<void> {
  if (addresses.length === 0) return;
  const keys = [...new Set(addresses.map(addressKey))];
  // In the order of their ids: two who send to the same people at once must not wait for each other.
  await sql`
    update contacts set last_used_at = ${now} from (
      select id from contacts where company_id = ${companyId} and email_key = any (${keys}::text[])
      order by id for no key update) as used
    where contacts.id = used.id and contacts.company_id = ${companyId}`.execute(tx);
}

/** An address that may be meant by what was typed. */
export interface AddressProposal {
  readonly contactId: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly name: string;
  readonly address: string;
}

/** Contacts whose address begins with the text, or with the text in their name or their customer's; used last come first. */
export async function selectCompletions(
  tx: ContactTx,
  companyId: string,
  typed: { readonly text: string; readonly nameKey: string; readonly limit: number },
): Promise<AddressProposal[]> {
  const { text, nameKey, limit } = typed;
  const escaped = (part: string): string => part.replace(/[\\%_]/g, '\\$&');
  const beginning = `${escaped(text.toLowerCase())}%`;
  const { rows } = await sql<AddressProposal>`
    with found as (
      select id, email_key like ${beginning} as begins from contacts where company_id = ${companyId}
        and (email_key like ${beginning} or name ilike ${`%${escaped(text)}%`})
      union
      select contacts.id, false from customers join contacts on contacts.customer_id = customers.id
      where ${nameKey} <> '' and contacts.company_id = ${companyId} and customers.company_id = ${companyId}
        and name_key like ${`%${escaped(nameKey)}%`})
    select "contactId", "customerId", "customerName", name, address from (
      select distinct on (email_key) contacts.id as "contactId", customer_id as "customerId",
        customers.name as "customerName", contacts.name, email as address, last_used_at, begins
      from found join contacts using (id) join customers on customers.id = customer_id
      where contacts.company_id = ${companyId} and customers.company_id = ${companyId}
      order by email_key, last_used_at desc nulls last, begins desc, contacts.id) as proposed
    order by last_used_at desc nulls last, begins desc, name, address limit ${limit}`.execute(tx);
  return rows;
}

function toContact(row: Row): Contact {
  return {
    id: row.id,
    customerId: row.customer_id,
    email: row.email,
    name: row.name,
    roles: row.roles as ContactRole[],
    language: row.language,
    mobile: row.mobile,
    tracking: row.tracking,
    trackingAt: row.tracking_at,
    trackingHow: row.tracking_how,
    lastUsedAt: row.last_used_at,
    createdAt: row.created_at,
  };
}
