import { ink, openSheet, page } from './sheet.ts';

const label = { x: page.left, width: 120 } as const;
const value = { x: page.left + 130, width: 353 } as const;

/** Sets a receipt on A4: a title, who issued it, rows of label and value. The same content gives the same bytes. */
export function drawReceipt(view: {
  readonly title: string;
  readonly company: string;
  readonly language: string;
  readonly rows: readonly (readonly [label: string, value: string])[];
  readonly at: Date;
}): Promise<Buffer> {
  const sheet = openSheet({ title: view.title, language: view.language, date: view.at });
  const wide = { x: page.left, width: 483 } as const;
  sheet.text(view.company, { ...wide, color: ink.quiet });
  sheet.y += 22;
  sheet.y += sheet.text(view.title, { ...wide, size: 18, weight: 'strong', maxHeight: 90 }) + 18;
  for (const [name, text] of view.rows) {
    const style = { ...value, maxHeight: 560 };
    const height = Math.max(sheet.height(text, style), 13);
    sheet.need(height + 12);
    sheet.line();
    sheet.y += 6;
    sheet.text(name, { ...label, color: ink.quiet, maxHeight: 40 });
    sheet.text(text, style);
    sheet.y += height + 6;
  }
  return sheet.finish((pageNumber, pages) => {
    sheet.y = 802;
    sheet.text(`${pageNumber} / ${pages}`, {
      x: page.right - 100,
      width: 100,
      align: 'right',
      size: 7.5,
      color: ink.quiet,
    });
  });
}
