import { type By, type DocumentTables, moveDocuments } from '#domain/documents';
import { type EvidenceTables, type Fact, record } from '#domain/evidence';
import { addressKey } from '#mail/address';
import type { Tx } from '#stores/database';
import { deleteContact, writeContact } from './contact-table.ts';
import type { Contact, ContactRole, Customer } from './customer.ts';
import { contactChanges, customerChanges } from './customer-events.ts';
import {
  type CustomerTables,
  lockCustomers,
  selectCustomer,
  selectCustomers,
  selectSharedKeys,
  updateCustomer,
  writeMerge,
} from './customer-table.ts';

/** Customers that are probably one, oldest first, and what they share: a VAT id or a contact's address. */
export interface DuplicateProposal {
  readonly reason: 'vat_id' | 'address';
  readonly value: string;
  readonly customers: readonly Customer[];
}

/** Which customers may be merged; those with different VAT ids share an address (of an accountant, say) but are two firms. */
export async function duplicateProposals(
  tx: Tx<CustomerTables>,
  companyId: string,
): Promise<DuplicateProposal[]> {
  const proposals: DuplicateProposal[] = [];
  const seen = new Set<string>();
  for (const { reason, value, customerIds } of await selectSharedKeys(tx, companyId)) {
    const customers = await selectCustomers(tx, companyId, customerIds);
    const vatIds = new Set(customers.flatMap((customer) => customer.vatId ?? []));
    const group = customerIds.join();
    if (vatIds.size > 1 || seen.has(group)) continue;
    seen.add(group);
    proposals.push({ reason, value, customers });
  }
  return proposals;
}

export type Merged =
  | { readonly ok: true; readonly customer: Customer }
  | { readonly ok: false; readonly reason: 'same_customer' | 'unknown_customer' | 'different_vat_ids' };

/**
 * Makes two customers one: documents and contacts go over to `into`, which takes what it lacks; `from` stays as a signpost.
 * Refuses customers with different VAT ids, which are two firms, and ones that were merged away already.
 */
export async function mergeCustomers(
  tx: Tx<CustomerTables & DocumentTables & EvidenceTables>,
  which: { readonly companyId: string; readonly from: string; readonly into: string; readonly by: By },
  now: Date,
): Promise<Merged> {
  const { companyId, by } = which;
  if (which.from === which.into) return { ok: false, reason: 'same_customer' };
  const locked = await lockCustomers(tx, companyId, [which.from, which.into]);
  const from = locked.find((customer) => customer.id === which.from);
  const into = locked.find((customer) => customer.id === which.into);
  if (!from || !into || from.mergedInto || into.mergedInto) return { ok: false, reason: 'unknown_customer' };
  if (from.vatId && into.vatId && from.vatId !== into.vatId)
    return { ok: false, reason: 'different_vat_ids' };
  await updateCustomer(tx, companyId, into.id, {
    vat_id: into.vatId ?? from.vatId,
    country: into.country ?? from.country,
    language: into.language ?? from.language,
    category: into.category ?? from.category,
    default_cc: [
      ...new Map([...from.defaultCc, ...into.defaultCc].map((cc) => [addressKey(cc), cc])).values(),
    ],
  });
  await writeMerge(tx, companyId, from.id, into.id);
  const contacts = await moveContacts(tx, from, into, by, now);
  const documents = await moveDocuments(tx, { companyId, from: from.id, to: into.id, by }, now);
  const customer = (await selectCustomer(tx, companyId, into.id)) ?? into;
  const signpost = (await selectCustomer(tx, companyId, from.id)) ?? from;
  await record(tx, [
    ...customerChanges(from, signpost, by, now),
    ...customerChanges(into, customer, by, now),
    ...contacts,
    ...documents,
  ]);
  return { ok: true, customer };
}

async function moveContacts(
  tx: Tx<CustomerTables>,
  from: Customer,
  into: Customer,
  by: By,
  now: Date,
): Promise<Fact[]> {
  const facts: Fact[] = [];
  for (const contact of from.contacts) {
    const twin = into.contacts.find((one) => addressKey(one.email) === addressKey(contact.email));
    if (twin) await deleteContact(tx, into.companyId, contact.id);
    const before = twin ?? contact;
    const after = twin ? joinContacts(twin, contact) : { ...contact, customerId: into.id };
    await writeContact(tx, into.companyId, after);
    facts.push(...contactChanges(into, before, after, by, now));
  }
  return facts;
}

/** Two contacts with one address: who got everything still does, and a refusal of tracking counts before an agreement. */
export function joinContacts(kept: Contact, dropped: Contact): Contact {
  const getsAll = kept.roles.length === 0 || dropped.roles.length === 0;
  const roles: ContactRole[] = getsAll ? [] : [...new Set([...kept.roles, ...dropped.roles])];
  const weight = { unknown: 0, granted: 1, denied: 2 } as const;
  const consent = weight[dropped.tracking] > weight[kept.tracking] ? dropped : kept;
  return {
    ...kept,
    name: kept.name || dropped.name,
    roles,
    language: kept.language ?? dropped.language,
    mobile: kept.mobile ?? dropped.mobile,
    tracking: consent.tracking,
    trackingAt: consent.trackingAt,
    trackingHow: consent.trackingHow,
    lastUsedAt: latest(kept.lastUsedAt, dropped.lastUsedAt),
  };
}

function latest(a: Date | null, b: Date | null): Date | null {
  return a && b ? (a > b ? a : b) : (a ?? b);
}
