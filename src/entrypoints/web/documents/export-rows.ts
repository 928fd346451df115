import { envelopeWord, type View } from '../kit/index.ts';
import { paidWord } from '../screens/document-words.ts';
import type { DocumentRow } from '../screens/documents-model.ts';
import { happeningOf } from '../screens/event-words.ts';
import { csvAmount, csvLine } from './csv.ts';

/** The head of the table. */
export function exportHead(view: View): string {
  const { t } = view;
  return csvLine(view, [
    t('fact.kind'),
    t('column.number'),
    t('column.customer'),
    t('customer.category'),
    t('column.date'),
    t('column.due'),
    t('column.amount'),
    t('fact.currency'),
    t('column.paid'),
    t('column.email'),
    t('column.last'),
    t('export.lastAt'),
  ]);
}

/** One document as the list shows it. */
export function exportLine(view: View, row: DocumentRow): string {
  const { t } = view;
  return csvLine(view, [
    t(`kind.${row.kind}`),
    row.number ?? '',
    row.customer ?? '',
    row.category ?? '',
    row.issueDate ?? '',
    row.dueDate ?? '',
    csvAmount(view, row.total),
    row.currency ?? '',
    paidWord(view, row.paid, row.kind).word,
    envelopeWord(view, row.envelope),
    row.last ? happeningOf(view, row.last).what : '',
    row.last?.at.toISOString() ?? '',
  ]);
}
