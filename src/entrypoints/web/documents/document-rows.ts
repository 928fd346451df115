import { dayIn } from '#base/time';
import { type Customer, getCustomers } from '#domain/customers';
import { type Document, getDocuments } from '#domain/documents';
import { newestEvents } from '#domain/evidence';
import type { Tx } from '#stores/database';
import type { View } from '../kit/index.ts';
import type { WebTables } from '../needs.ts';
import type { DocumentRow } from '../screens/documents-model.ts';
import { documentEnvelopeModel } from './envelopes.ts';
import { nextReminders } from './next-reminder.ts';
import { canRemind, paidModel } from './paid-model.ts';
import { readSendings } from './sendings.ts';

/** Rows of the list for these documents, in the order of their ids; those that do not exist are left out. */
export async function documentRows(
  tx: Tx<WebTables>,
  of: { readonly view: View; readonly companyId: string; readonly now: Date; readonly withNext?: boolean },
  ids: readonly string[],
): Promise<DocumentRow[]> {
  const { view, companyId, now } = of;
  const documents = await getDocuments(tx, companyId, ids);
  const customers = await customersOf(tx, companyId, documents);
  const sendings = await readSendings(tx, companyId, ids);
  const newest = await newestEvents(tx, 'document', ids);
  const today = dayIn(view.format.zone, now);
  const next = of.withNext ? await nextReminders(tx, of, documents) : null;
  return documents.map((document) => {
    const paid = paidModel(document, today);
    const envelope = documentEnvelopeModel(view, sendings, document.id);
    const last = newest.get(document.id);
    const isSent = !['none', 'canceled'].includes(envelope.state);
    return {
      id: document.id,
      kind: document.kind,
      number: document.number,
      customer: customers.get(document.customerId ?? '')?.name ?? document.buyerName,
      addedAt: document.createdAt,
      issueDate: document.issueDate,
      dueDate: document.dueDate,
      total: document.total,
      currency: document.currency,
      paid,
      envelope,
      last: last ? { ...last, data: {} } : null,
      canRemind: canRemind(document, paid, isSent),
      nextReminder: next?.get(document.id) ?? null,
      category: customers.get(document.customerId ?? '')?.category ?? null,
    };
  });
}

export async function customersOf(
  tx: Tx<WebTables>,
  companyId: string,
  documents: readonly Document[],
): Promise<Map<string, Customer>> {
  const ids = [...new Set(documents.flatMap((document) => document.customerId ?? []))];
  return new Map((await getCustomers(tx, companyId, ids)).map((customer) => [customer.id, customer]));
}
