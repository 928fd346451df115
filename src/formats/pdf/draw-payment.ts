import { drawSectionTitle } from './draw-totals.ts';
import type { InvoiceView } from './invoice-view.ts';
import { ink, page, type Sheet } from './sheet.ts';
import { groupIban, type ViewFormat } from './view-format.ts';

const label = { x: page.left, width: 110 } as const;
const value = { x: page.left + 114, width: 369 } as const;

/** How to pay, and what the seller wrote in free words. */
export function drawPayment(sheet: Sheet, view: InvoiceView, format: ViewFormat): void {
  const rows = paymentRows(view, format);
  if (rows.length > 0) {
    sheet.need(60);
    drawSectionTitle(sheet, format.texts('payment'));
    for (const [name, text] of rows) drawRow(sheet, name, text);
    sheet.y += 16;
  }
  if (view.notes.length === 0) return;
  sheet.need(60);
  drawSectionTitle(sheet, format.texts('notes'));
  for (const note of view.notes.slice(0, 50)) drawNote(sheet, note);
}

function paymentRows(view: InvoiceView, format: ViewFormat): [string, string][] {
  const { texts } = format;
  const { accounts, reference, instalments, terms } = view.payment;
  const row = (name: string, text: string | null): [string, string][] => (text ? [[name, text]] : []);
  const distinct = accounts.filter(
    ({ iban }, at) => accounts.findIndex((other) => other.iban === iban) === at,
  );
  const parts = instalments.length > 1 ? instalments : [];
  return [
    ...distinct
      .slice(0, 10)
      .flatMap(({ iban, bic, name }) => [
        ...row(texts('account'), groupIban(iban)),
        ...row(texts('bic'), bic),
        ...row(texts('holder'), name),
      ]),
    ...row(texts('payment_reference'), reference),
    ...parts.slice(0, 60).flatMap(({ dueDate, amount }) => {
      const sum = amount === null ? '' : `${format.amount(amount)} ${view.currency ?? ''}`;
      return row(texts('due'), texts('instalment', { day: format.day(dueDate) ?? '–', amount: sum }));
    }),
    ...row(texts('terms'), terms.slice(0, 10).join('\n')),
  ];
}

function drawRow(sheet: Sheet, name: string, text: string): void {
  const style = { ...value, maxHeight: 300 };
  const height = Math.max(sheet.height(text, style), 13);
  sheet.need(height);
  sheet.text(name, { ...label, color: ink.quiet, maxHeight: 28 });
  sheet.text(text, style);
  sheet.y += height + 2;
}

function drawNote(sheet: Sheet, note: string): void {
  const style = { x: page.left, width: 483, size: 9, maxHeight: 600 };
  const height = sheet.height(note, style);
  sheet.need(height);
  sheet.y += sheet.text(note, style) + 6;
}
