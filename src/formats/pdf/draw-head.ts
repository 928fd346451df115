import type { InvoiceView, PartyView } from './invoice-view.ts';
import { ink, page, type Sheet } from './sheet.ts';
import type { ViewFormat } from './view-format.ts';

const right = { x: 330, labelWidth: 88, width: page.right - 330 } as const;

/** Seller, title, buyer and the facts beside: who, to whom, which, when. */
export function drawHead(sheet: Sheet, view: InvoiceView, format: ViewFormat, kind: string): void {
  const { seller } = view;
  sheet.y += sheet.text(seller.name ?? '', {
    x: page.left,
    width: 483,
    size: 13,
    weight: 'strong',
    maxHeight: 54,
  });
  const contact = [seller.phone, seller.email].filter(Boolean).join(' · ');
  const lines = [format.address(seller, view.buyer.country).join(' · '), contact, taxNumbers(seller, format)];
  for (const line of lines.filter(Boolean)) {
    sheet.y += sheet.text(line, { x: page.left, width: 483, size: 8.5, color: ink.quiet, maxHeight: 26 });
  }
  sheet.y += 40;
  if (view.source === 'fatturapa') drawCourtesy(sheet, format);
  const top = sheet.y;
  const buyerEnd = drawBuyer(sheet, view, format);
  sheet.y = top;
  drawFacts(sheet, view, format, kind);
  sheet.y = Math.max(sheet.y, buyerEnd) + 34;
}

/** The exchange system's users must not take the drawing for the invoice: it says so before anything else. */
function drawCourtesy(sheet: Sheet, format: ViewFormat): void {
  sheet.y -= 16;
  const style = { x: page.left, width: 483, size: 8.5, color: ink.text } as const;
  sheet.y += sheet.text(format.texts('courtesy'), style) + 22;
}

function taxNumbers(party: PartyView, { texts }: ViewFormat): string {
  const vat = party.vatId ? texts('vat_id', { id: party.vatId }) : null;
  const tax = party.taxId && party.taxId !== party.vatId ? texts('tax_id', { id: party.taxId }) : null;
  return [vat, tax].filter(Boolean).join(' · ');
}

function drawBuyer(sheet: Sheet, view: InvoiceView, format: ViewFormat): number {
  const { buyer } = view;
  const style = { x: page.left, width: 250 } as const;
  sheet.y += sheet.text(format.texts('bill_to'), { ...style, size: 8.5, color: ink.quiet }) + 3;
  sheet.y += sheet.text(buyer.name ?? '–', { ...style, size: 10.5, weight: 'strong', maxHeight: 44 });
  const lines = [buyer.contact, ...format.address(buyer, view.seller.country)];
  for (const line of lines) if (line) sheet.y += sheet.text(line, { ...style, maxHeight: 28 });
  const quiet = { ...style, size: 8.5, color: ink.quiet, maxHeight: 26 };
  for (const line of [buyer.email, taxNumbers(buyer, format)]) if (line) sheet.y += sheet.text(line, quiet);
  return sheet.y;
}

function drawFacts(sheet: Sheet, view: InvoiceView, format: ViewFormat, kind: string): void {
  const { texts } = format;
  sheet.y -= 7;
  sheet.y +=
    sheet.text(kind, { x: right.x, width: right.width, size: 22, weight: 'regular', maxHeight: 60 }) + 8;
  const rows: [string, string | null][] = [
    [texts('number'), view.number],
    [texts('issued'), format.day(view.issueDate)],
    [texts('due'), format.day(view.dueDate)],
    [texts('delivered'), format.day(view.deliveryDate)],
    ...view.references.slice(0, 8).map(({ kind: name, value }): [string, string] => [texts(name), value]),
  ];
  for (const [label, value] of rows) {
    if (value === null) continue;
    const valueStyle = {
      x: right.x + right.labelWidth,
      width: right.width - right.labelWidth,
      maxHeight: 40,
    };
    const labelHeight = sheet.text(label, { x: right.x, width: right.labelWidth - 6, color: ink.quiet });
    sheet.y += Math.max(labelHeight, sheet.text(value, valueStyle)) + 2;
  }
}
