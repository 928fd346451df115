import { newId } from '#base/ids';
import {
  assignCustomer,
  type By,
  type Document,
  type DocumentTables,
  lastCurrencyOf,
  proposeFacts,
} from '#domain/documents';
import type { Fact } from '#domain/evidence';
import type { Tx } from '#stores/database';
import type { Customer } from './customer.ts';
import { customerChanges } from './customer-events.ts';
import {
  type CustomerTables,
  insertCustomer,
  lockCustomerList,
  lockCustomers,
  selectCustomer,
  updateCustomer,
} from './customer-table.ts';
import { findCustomer, findCustomerInText } from './find-customer.ts';
import { replaceContacts } from './save-contacts.ts';

type MatchTx = Tx<CustomerTables & DocumentTables>;

export interface MatchedDocument {
  readonly document: Document;
  /** Whose document it is; null when it does not say. */
  readonly customer: Customer | null;
  /** What happened, for the caller to record last. */
  readonly facts: readonly Fact[];
}

/**
 * Finds whose document it is, by VAT id, address or name, or makes that customer with his contacts, and notes it on the
 * document. A document that names no buyer gets a guess among the known customers instead, by what it seems to say and by
 * the names in its `text`, for a person to confirm.
 */
export async function customerForDocument(
  tx: MatchTx,
  about: { readonly document: Document; readonly by: By; readonly text?: string },
  now: Date,
): Promise<MatchedDocument> {
  const { document, by, text = '' } = about;
  if (!namesBuyer(document)) return proposeCustomer(tx, document, text);
  const customer = await findOrCreate(tx, document, now);
  const learned = await learnFrom(tx, customer, document, by, now);
  const assigned = await assignCustomer(tx, { ...keyOf(document), by }, customer.id, now);
  return {
    document: assigned?.document ?? document,
    customer: learned.customer,
    facts: [...learned.facts, ...(assigned?.facts ?? [])],
  };
}

function namesBuyer(document: Document): boolean {
  return Boolean(document.buyerName || document.buyerVatId || document.buyerEmails.length > 0);
}

async function findOrCreate(tx: MatchTx, document: Document, now: Date): Promise<Customer> {
  const { companyId } = document;
  const known = await findCustomer(tx, companyId, document);
  if (known) return known;
  await lockCustomerList(tx, companyId);
  const madeMeanwhile = await findCustomer(tx, companyId, document);
  if (madeMeanwhile) return madeMeanwhile;
  return insertCustomer(tx, {
    id: newId('customer', now),
    company_id: companyId,
    name: document.buyerName ?? document.buyerEmails[0] ?? document.buyerVatId ?? '',
    vat_id: document.buyerVatId,
    country: document.buyerCountry,
    language: document.buyerLanguage,
    created_at: now,
  });
}

/**
 * What was typed once need not be typed again: the customer takes over what he lacks, and the addresses while he has no
 * contact. What a person has set stays.
 */
async function learnFrom(tx: MatchTx, found: Customer, document: Document, by: By, now: Date) {
  const { companyId } = document;
  const lacks =
    (!found.vatId && document.buyerVatId) ||
    (!found.country && document.buyerCountry) ||
    (!found.language && document.buyerLanguage) ||
    (found.contacts.length === 0 && document.buyerEmails.length > 0);
  if (!lacks) return { customer: found, facts: [] };
  const [before = found] = await lockCustomers(tx, companyId, [found.id]);
  await updateCustomer(tx, companyId, before.id, {
    vat_id: before.vatId ?? document.buyerVatId,
    country: before.country ?? document.buyerCountry,
    language: before.language ?? document.buyerLanguage,
  });
  const emails = before.contacts.length === 0 ? document.buyerEmails : [];
  const contacts =
    emails.length > 0
      ? await replaceContacts(
          tx,
          { customer: before, by, now },
          emails.map((email) => ({ email })),
        )
      : [];
  const customer = (await selectCustomer(tx, companyId, before.id)) ?? before;
  return { customer, facts: [...customerChanges(before, customer, by, now), ...contacts] };
}

/** Notes on a document without a buyer which known customer its text points to, and in what currency he last paid. */
async function proposeCustomer(tx: MatchTx, document: Document, text: string): Promise<MatchedDocument> {
  const { companyId, proposed } = document;
  const nothing = { document, customer: null, facts: [] };
  if (document.customerId) return nothing;
  const customer =
    (await findCustomer(tx, companyId, proposed)) ?? (await findCustomerInText(tx, companyId, text));
  if (!customer) return nothing;
  const currency = document.currency ?? (await lastCurrencyOf(tx, companyId, customer.id));
  const guesses = { customerId: customer.id, ...(currency && !document.currency ? { currency } : {}) };
  const changed = await proposeFacts(tx, companyId, document.id, guesses);
  return { ...nothing, document: changed ?? document };
}

function keyOf(document: Document) {
  return { companyId: document.companyId, documentId: document.id };
}
