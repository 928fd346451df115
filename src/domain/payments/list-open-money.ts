import { type Document, type DocumentTables, openDocuments } from '#domain/documents';
import type { NewestPlace, Tx } from '#stores/database';
import type { KnownEntry } from './bank-entry.ts';
import { type PaymentTables, selectEntries } from './payment-table.ts';
import { type Match, makeProposer } from './propose-matches.ts';

/** An entry that nobody has decided on, with what it may pay. */
export interface OpenMoney {
  readonly entry: KnownEntry;
  readonly matches: readonly (Match & { readonly documents: readonly Document[] })[];
}

/** Only these are paid into an account. */
export const payable = ['invoice', 'proforma', 'order', 'statement'] as const;

/** Where a company has more open documents, the oldest are looked at. */
export const mostDocuments = 20_000;

/** A page of the entries that wait for a person, newest first, each with its proposals. Changes nothing. */
export async function listOpenMoney(
  tx: Tx<PaymentTables & DocumentTables>,
  companyId: string,
  page: { readonly before: NewestPlace | null; readonly limit: number },
): Promise<OpenMoney[]> {
  const entries = await selectEntries(tx, companyId, { state: 'open', ...page });
  if (entries.length === 0) return [];
  const open = await openDocuments(tx, companyId, { kinds: payable, limit: mostDocuments });
  const byId = new Map(open.map((document) => [document.id, document]));
  const propose = makeProposer(open);
  return entries.map((entry) => ({
    entry,
    matches: propose(entry).map((match) => ({
      ...match,
      documents: match.documentIds.flatMap((id) => byId.get(id) ?? []),
    })),
  }));
}
