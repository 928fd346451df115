import type { Fact } from '#domain/evidence';
import { addressKey } from '#mail/address';
import type { Tx } from '#stores/database';
import type { By, Document, ProposedFacts } from './document.ts';
import { documentChanges } from './document-events.ts';
import type { DocumentTables } from './document-row.ts';
import { lockDocument, lockDocumentsOfCustomer, updateDocument } from './document-table.ts';

type Which = { readonly companyId: string; readonly documentId: string; readonly by: By };
export type Assigned = { readonly document: Document; readonly facts: readonly Fact[] };

/** Says whose document it is (null: nobody's) and settles the guess about it; the caller records `facts` last. Null: unknown document. */
export async function assignCustomer(
  tx: Tx<DocumentTables>,
  { companyId, documentId, by }: Which,
  customerId: string | null,
  now: Date,
): Promise<Assigned | null> {
  const before = await lockDocument(tx, companyId, documentId);
  if (!before) return null;
  const { customerId: _, ...proposed } = before.proposed;
  const document = await updateDocument(tx, companyId, documentId, {
    customer_id: customerId,
    proposed: JSON.stringify(proposed),
  });
  return { document, facts: documentChanges(before, document, by, now) };
}

/** Adds guesses (a customer, his currency) to a document; facts that are known, and guesses that are there, stay. */
export async function proposeFacts(
  tx: Tx<DocumentTables>,
  companyId: string,
  documentId: string,
  guesses: ProposedFacts,
): Promise<Document | null> {
  const document = await lockDocument(tx, companyId, documentId);
  if (!document) return null;
  const proposed = JSON.stringify({ ...guesses, ...document.proposed });
  return updateDocument(tx, companyId, documentId, { proposed });
}

/** Hands all documents of a customer to another one; the caller records the returned facts last. */
export async function moveDocuments(
  tx: Tx<DocumentTables>,
  which: { readonly companyId: string; readonly from: string; readonly to: string; readonly by: By },
  now: Date,
): Promise<Fact[]> {
  const facts: Fact[] = [];
  for (const before of await lockDocumentsOfCustomer(tx, which.companyId, which.from)) {
    const after = await updateDocument(tx, which.companyId, before.id, { customer_id: which.to });
    facts.push(...documentChanges(before, after, which.by, now));
  }
  return facts;
}

/** Puts a corrected address in the place of a wrong one in all documents of a customer; the caller records the facts last. */
export async function correctBuyerAddress(
  tx: Tx<DocumentTables>,
  which: {
    readonly companyId: string;
    readonly customerId: string;
    readonly wrong: string;
    readonly right: string;
    readonly by: By;
  },
  now: Date,
): Promise<Fact[]> {
  const facts: Fact[] = [];
  const wrong = addressKey(which.wrong);
  for (const before of await lockDocumentsOfCustomer(tx, which.companyId, which.customerId)) {
    if (!before.buyerEmails.some((email) => addressKey(email) === wrong)) continue;
    const corrected = before.buyerEmails.map((email) => (addressKey(email) === wrong ? which.right : email));
    const emails = [...new Map(corrected.map((email) => [addressKey(email), email])).values()];
    const after = await updateDocument(tx, which.companyId, before.id, { buyer_emails: emails });
    facts.push(...documentChanges(before, after, which.by, now));
  }
  return facts;
}
