import type { InvoiceView, LineView } from './invoice-view.ts';
import { ink, page, type Sheet, type TextStyle } from './sheet.ts';
import type { ViewFormat } from './view-format.ts';

/** A drawing is for reading: beyond some 100 pages the electronic file serves better. */
const maxLines = 2000;
/** A row stays on one page; what a single line says beyond this height is cut. */
const maxRowHeight = 400;

type Column = { readonly style: TextStyle; readonly head: string; cell(line: LineView): string };

/** The table of what was sold; its head comes again on every page. */
export function drawLines(sheet: Sheet, view: InvoiceView, format: ViewFormat): void {
  if (view.lines.length === 0) return;
  const columns = columnsOf(view, format);
  drawTableHead(sheet, columns);
  for (const line of view.lines.slice(0, maxLines)) drawRow(sheet, columns, line);
  const left = view.lines.length - maxLines;
  if (left > 0) {
    sheet.need(30);
    sheet.y += 8;
    const style = { x: page.left, width: 483, color: ink.quiet };
    sheet.y += sheet.text(format.texts('more_lines', { count: left }), style);
  }
  sheet.y += 18;
}

function columnsOf(view: InvoiceView, format: ViewFormat): Column[] {
  const { texts } = format;
  const numeric = { align: 'right' } as const;
  const column = (
    head: string,
    x: number,
    width: number,
    cell: Column['cell'],
    more: object = {},
  ): Column => ({
    style: { x, width, ...more },
    head,
    cell,
  });
  const hasRates = view.lines.some((line) => line.vatRate !== null);
  const quantityX = hasRates ? 292 : 332;
  const priceX = quantityX + 72;
  return [
    column(texts('line'), page.left, 26, (line) => line.id?.slice(0, 8) ?? ''),
    column(texts('description'), page.left + 30, quantityX - page.left - 38, (line) => line.name),
    column(texts('quantity'), quantityX, 66, (line) => format.quantity(line), numeric),
    column(
      texts('unit_price'),
      priceX,
      64,
      (line) => (line.unitPrice ? format.amount(line.unitPrice) : ''),
      numeric,
    ),
    ...(hasRates ? [column(texts('vat'), 434, 36, (line) => format.percent(line.vatRate), numeric)] : []),
    column(texts('amount'), 474, page.right - 474, (line) => format.amount(line.amount), numeric),
  ];
}

function drawTableHead(sheet: Sheet, columns: readonly Column[]): void {
  let height = 0;
  for (const { head, style } of columns) {
    height = Math.max(height, sheet.text(head, { ...style, size: 8.5, color: ink.quiet, maxHeight: 26 }));
  }
  sheet.y += height + 3;
  sheet.line(ink.strong);
  sheet.y += 5;
}

function drawRow(sheet: Sheet, columns: readonly Column[], line: LineView): void {
  const description = columns[1]!.style;
  const about = { ...description, size: 8.5, color: ink.quiet, maxHeight: maxRowHeight / 2 };
  const heights = columns.map(({ style, cell }) =>
    sheet.height(cell(line), { ...style, maxHeight: maxRowHeight / 2 }),
  );
  const nameHeight = heights[1] ?? 0;
  const aboutHeight = line.description ? sheet.height(line.description, about) + 1 : 0;
  const height = Math.max(nameHeight + aboutHeight, ...heights);
  if (sheet.need(height + 12)) drawTableHead(sheet, columns);
  for (const { style, cell } of columns) sheet.text(cell(line), { ...style, maxHeight: maxRowHeight / 2 });
  if (line.description) sheet.text(line.description, about, nameHeight + 1);
  sheet.y += height + 4;
  sheet.line();
  sheet.y += 5;
}
