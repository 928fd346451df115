import {
  assignCustomer,
  type By,
  type ChangeRefused,
  type Document,
  type DocumentEdit,
  type DocumentStores,
  type DocumentTables,
  namesSameBuyer,
  type PreparedDocument,
  prepareDocument,
  type Received,
  type Replaced,
  type ReplaceRefusal,
  saveChange,
  saveDocument,
  saveVersion,
  type Upload,
} from '#domain/documents';
import { type EvidenceTables, type Fact, record } from '#domain/evidence';
import { type Database, inCompany, type Tx } from '#stores/database';
import { customerForDocument } from './customer-for-document.ts';
import { type CustomerTables, selectCustomer } from './customer-table.ts';

type Tables = CustomerTables & DocumentTables & EvidenceTables;

/** What `DocumentStores` is, with the tables of customers. */
export type CustomerStores = DocumentStores & { readonly database: Database<Tables> };

/** Takes a file in, as `receiveDocument` of `#domain/documents` does, and finds or makes its customer in the same transaction. */
export async function receiveDocumentWithCustomer(
  stores: CustomerStores,
  upload: Upload,
  now: Date,
): Promise<Received> {
  const result = await prepareDocument(stores, upload);
  if (!result.ok) return result;
  const { prepared } = result;
  return inCompany<Tables, Received>(stores.database, upload.companyId, async (tx) => ({
    ok: true,
    notes: prepared.notes,
    ...(await saveDocumentWithCustomer(tx, prepared, now)),
  }));
}

/** Writes a prepared upload and finds or makes its customer, for callers that do more in the same transaction. */
export async function saveDocumentWithCustomer(
  tx: Tx<Tables>,
  prepared: PreparedDocument,
  now: Date,
): Promise<{ readonly document: Document; readonly existed: boolean }> {
  const { existed, ...saved } = await saveDocument(tx, prepared, now);
  const document = await finish(tx, { ...saved, text: prepared.text }, prepared.upload.by, now);
  return { document, existed };
}

/** Takes in a new version, as `replaceDocument` does; its customer stays unless it names another buyer. */
export async function replaceDocumentWithCustomer(
  stores: CustomerStores,
  documentId: string,
  upload: Upload,
  now: Date,
): Promise<Replaced> {
  const result = await prepareDocument(stores, upload);
  if (!result.ok) return result;
  const { prepared } = result;
  return inCompany<Tables, Replaced>(stores.database, upload.companyId, async (tx) => {
    const saved = await saveVersionWithCustomer(tx, documentId, prepared, now);
    return saved.ok ? { ...saved, notes: prepared.notes } : saved;
  });
}

/** Writes a prepared upload as the next version, for callers that do more in the same transaction. */
export async function saveVersionWithCustomer(
  tx: Tx<Tables>,
  documentId: string,
  prepared: PreparedDocument,
  now: Date,
): Promise<
  | { readonly ok: true; readonly document: Document; readonly existed: boolean }
  | { readonly ok: false; readonly reason: ReplaceRefusal }
> {
  const saved = await saveVersion(tx, documentId, prepared, now);
  if (!saved.ok) return saved;
  const document = await finish(tx, { ...saved, text: prepared.text }, prepared.upload.by, now);
  return { ok: true, document, existed: saved.existed };
}

/** What may be changed, and whose document it is: `customerId` names a customer, null nobody. */
export type EditWithCustomer = DocumentEdit & { readonly customerId?: string | null };

/**
 * Changes a document, as `changeDocument` does. A `customerId` says whose it is; without one, a buyer that was typed is looked
 * up or made. Refuses, besides, a customer that does not exist.
 */
export async function changeDocumentWithCustomer(
  tx: Tx<Tables>,
  which: { readonly companyId: string; readonly documentId: string; readonly by: By },
  edit: EditWithCustomer,
  now: Date,
): Promise<
  | { readonly ok: true; readonly document: Document }
  | ChangeRefused
  | { readonly ok: false; readonly reason: 'unknown_customer' }
> {
  const { customerId, ...own } = edit;
  const customer = customerId ? await selectCustomer(tx, which.companyId, customerId) : null;
  if (customerId && (!customer || customer.mergedInto)) return { ok: false, reason: 'unknown_customer' };
  const changed = await saveChange(tx, which, own, now);
  if (!changed.ok) return changed;
  if (customerId === undefined) {
    const freed = await freeOtherBuyer(tx, which, changed, now);
    return { ok: true, document: await finish(tx, freed, which.by, now) };
  }
  const assigned = await assignCustomer(tx, which, customer?.id ?? null, now);
  await record(tx, [...changed.facts, ...(assigned?.facts ?? [])]);
  return { ok: true, document: assigned?.document ?? changed.document };
}

type Unfinished = { readonly document: Document; readonly facts: readonly Fact[]; readonly text?: string };

/** Finds the customer of a document that has none yet, and records everything that happened. */
async function finish(
  tx: Tx<Tables>,
  { document, facts, text }: Unfinished,
  by: By,
  now: Date,
): Promise<Document> {
  const isOpen = document.customerId === null && document.replacedBy === null;
  const matched = isOpen
    ? await customerForDocument(tx, { document, by, text }, now)
    : { document, facts: [] };
  await record(tx, joinFacts(facts, matched));
  return matched.document;
}

/** A document that has just come into being knows its customer from the start: no change is told besides. */
function joinFacts(
  facts: readonly Fact[],
  matched: { readonly document: Document; readonly facts: readonly Fact[] },
): Fact[] {
  if (!facts.some((fact) => fact.type === 'document.created')) return [...facts, ...matched.facts];
  const { customerId } = matched.document;
  return [
    ...facts.map((fact) =>
      fact.type === 'document.created' ? { ...fact, data: { ...fact.data, customerId } } : fact,
    ),
    ...matched.facts.filter((fact) => fact.type !== 'document.changed'),
  ];
}

/** A document whose buyer was corrected to somebody else is no longer its former customer's. */
async function freeOtherBuyer(
  tx: Tx<Tables>,
  which: { readonly companyId: string; readonly documentId: string; readonly by: By },
  { document, facts }: Unfinished,
  now: Date,
): Promise<Unfinished> {
  if (!document.customerId) return { document, facts };
  const isBuyerChanged = facts.some((fact) => {
    const fields = fact.data?.['fields'];
    return Array.isArray(fields) && (fields.includes('buyerName') || fields.includes('buyerVatId'));
  });
  const customer = await selectCustomer(tx, which.companyId, document.customerId);
  const asBuyer = { buyerName: customer?.name ?? null, buyerVatId: customer?.vatId ?? null };
  if (!isBuyerChanged || namesSameBuyer(document, asBuyer)) return { document, facts };
  const freed = await assignCustomer(tx, which, null, now);
  return { document: freed?.document ?? document, facts };
}
