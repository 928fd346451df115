import { type Document, type DocumentTables, openDocuments } from '#domain/documents';
import type { Tx } from '#stores/database';
import { mostDocuments, payable } from './list-open-money.ts';
import { type PaymentTables, selectEntriesNaming } from './payment-table.ts';
import { makeProposer, signsOf } from './propose-matches.ts';

/**
 * Which of these documents of a company are surely paid by money that came in and that nobody has confirmed or put aside: ids. The same
 * question as on the list of open money; only entries that name one of the documents are looked at.
 */
export async function seenMoney(
  tx: Tx<PaymentTables & DocumentTables>,
  companyId: string,
  documents: readonly Document[],
): Promise<ReadonlySet<string>> {
  const numbers = documents
    .filter((one) => payable.some((kind) => kind === one.kind))
    .flatMap((one) => signsOf(one.number ?? '') ?? []);
  if (numbers.length === 0) return new Set();
  const entries = await selectEntriesNaming(tx, companyId, numbers);
  if (entries.length === 0) return new Set();
  const propose = makeProposer(await openDocuments(tx, companyId, { kinds: payable, limit: mostDocuments }));
  const sure = entries.flatMap(propose).filter((match) => match.certainty === 'sure');
  return new Set(sure.flatMap((match) => match.documentIds));
}
