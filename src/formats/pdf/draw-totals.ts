import type { InvoiceView } from './invoice-view.ts';
import { ink, page, type Sheet } from './sheet.ts';
import type { ViewFormat } from './view-format.ts';

const label = { x: 310, width: 140 } as const;
const value = { x: 450, width: page.right - 450, align: 'right' } as const;

/** The sums on the right, what is to be paid last and largest; the VAT per rate below. */
export function drawTotals(sheet: Sheet, view: InvoiceView, format: ViewFormat): void {
  const { texts } = format;
  const { totals } = view;
  const currency = view.currency ?? '';
  const rows: [string, string | null][] = [
    ...view.adjustments.slice(0, 50).map(({ label: name, isCharge, amount }): [string, string] => {
      const signed = isCharge ? amount : negated(amount);
      return [name ?? texts(isCharge ? 'charge' : 'allowance'), signed];
    }),
    [texts('net'), totals.net],
    [texts('vat_total'), totals.vat],
    [texts('gross'), totals.gross],
    [texts('prepaid'), isZero(totals.prepaid) ? null : negated(totals.prepaid!)],
    [texts('rounding'), isZero(totals.rounding) ? null : totals.rounding],
  ];
  for (const [name, amount] of rows) if (amount !== null) drawSum(sheet, name, format.amount(amount));
  const due = totals.due ?? totals.gross;
  if (due !== null) drawDue(sheet, view, format, `${format.amount(due)} ${currency}`);
  drawVat(sheet, view, format);
}

function drawSum(sheet: Sheet, name: string, amount: string): void {
  sheet.need(40);
  const height = sheet.text(name, { ...label, color: ink.quiet, maxHeight: 28 });
  sheet.y += Math.max(height, sheet.text(amount, value)) + 2;
}

function drawDue(sheet: Sheet, view: InvoiceView, format: ViewFormat, amount: string): void {
  sheet.need(60);
  sheet.y += 8;
  const name = view.totals.due === null ? format.texts('gross') : format.texts('amount_due');
  sheet.text(name, { ...label, size: 11, weight: 'strong' });
  const style = { x: 400, width: page.right - 400, align: 'right', weight: 'strong' } as const;
  sheet.y += sheet.text(amount, { ...style, size: 15 }, -3.5) + 1;
  const day = view.totals.due === null ? null : format.day(view.dueDate);
  if (day)
    sheet.y += sheet.text(format.texts('due_by', { day }), { ...style, weight: 'regular', color: ink.quiet });
  sheet.y += 22;
}

function drawVat(sheet: Sheet, view: InvoiceView, format: ViewFormat): void {
  const { texts } = format;
  if (view.vat.length === 0) return;
  sheet.need(70);
  drawSectionTitle(sheet, texts('vat_breakdown'));
  const columns = [
    { x: page.left, width: 170 },
    { x: 230, width: 70, align: 'right' },
    { x: 310, width: 70, align: 'right' },
  ] as const;
  const heads = [texts('rate'), texts('base'), texts('tax')];
  heads.forEach((head, at) => void sheet.text(head, { ...columns[at]!, size: 8.5, color: ink.quiet }));
  sheet.y += 15;
  for (const vat of view.vat.slice(0, 100)) {
    sheet.need(40);
    const kindHeight = sheet.text(format.vatKind(vat), { ...columns[0], maxHeight: 28 });
    sheet.text(format.amount(vat.base), columns[1]);
    sheet.text(format.amount(vat.amount), columns[2]);
    sheet.y += Math.max(kindHeight, 13) + 1;
    if (vat.reason) {
      const style = { x: page.left, width: 324, size: 8.5, color: ink.quiet, maxHeight: 60 };
      sheet.need(sheet.height(vat.reason, style));
      sheet.y += sheet.text(vat.reason, style) + 2;
    }
  }
  sheet.y += 16;
}

/** A heading inside the page, with the space that it wants below. */
export function drawSectionTitle(sheet: Sheet, title: string): void {
  sheet.y += sheet.text(title, { x: page.left, width: 483, weight: 'strong', size: 10 }) + 4;
}

function negated(amount: string): string {
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}

function isZero(amount: string | null): boolean {
  return amount === null || /^-?0*\.?0*$/.test(amount);
}
