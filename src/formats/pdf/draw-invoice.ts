import { drawHead } from './draw-head.ts';
import { drawLines } from './draw-lines.ts';
import { drawPayment } from './draw-payment.ts';
import { drawTotals } from './draw-totals.ts';
import type { InvoiceView } from './invoice-view.ts';
import { ink, openSheet, page } from './sheet.ts';
import { makeViewFormat } from './view-format.ts';

const sourceNames = { cii: 'CII', ubl: 'UBL', fatturapa: 'FatturaPA' } as const;

/** Sets an invoice on A4 pages in the thread that calls it. */
export function drawInvoice(view: InvoiceView): Promise<Buffer> {
  const format = makeViewFormat(view.language, view.seller.country);
  const { texts } = format;
  const kindKey = `kind_${view.kind}`;
  const kind = texts(texts.has(kindKey) ? kindKey : 'kind_other');
  const title = [kind, view.number].filter(Boolean).join(' ');
  const date = new Date(`${view.issueDate ?? '1970-01-01'}T00:00:00Z`);
  const sheet = openSheet({ title, language: view.language, date });
  drawHead(sheet, view, format, kind);
  drawLines(sheet, view, format);
  drawTotals(sheet, view, format);
  drawPayment(sheet, view, format);
  const origin = texts('drawn_from', { format: sourceNames[view.source] });
  const statement = view.source === 'fatturapa' ? texts('courtesy') : origin;
  return sheet.finish((pageNumber, pages) => {
    const style = { size: 7.5, color: ink.quiet } as const;
    sheet.y = 796;
    sheet.line();
    sheet.y = 802;
    sheet.text(statement, { ...style, x: page.left, width: 380, maxHeight: 24 });
    const folio = texts('page', { page: pageNumber, pages });
    sheet.text(folio, { ...style, x: page.right - 100, width: 100, align: 'right' });
  });
}
