import { ink, openSheet, page, type Sheet } from './sheet.ts';

/** A letter with a list of what is open: all words and numbers as they are printed. */
export interface OpenItemsView {
  readonly language: string;
  readonly title: string;
  /** The day of the letter. */
  readonly date: Date;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly day: string;
  readonly intro: string;
  readonly heads: readonly [string, string, string, string, string];
  readonly rows: readonly (readonly [string, string, string, string, string])[];
  readonly total: readonly [string, string];
  readonly pay: string;
}

const columns = [
  { x: page.left, width: 150, align: 'left' },
  { x: page.left + 155, width: 90, align: 'left' },
  { x: page.left + 245, width: 60, align: 'right' },
  { x: page.left + 310, width: 80, align: 'right' },
  { x: page.left + 393, width: 90, align: 'right' },
] as const;

/** Sets the letter on A4 pages in the thread that calls it: a mail has some 25 items at most. */
export function drawOpenItems(view: OpenItemsView): Promise<Buffer> {
  const sheet = openSheet({ title: view.title, language: view.language, date: view.date });
  drawAddresses(sheet, view);
  sheet.y += sheet.text(view.title, { x: page.left, width: 480, size: 18, weight: 'strong' }) + 10;
  sheet.y += sheet.text(view.intro, { x: page.left, width: 483, size: 10.5 }) + 16;
  drawRow(sheet, view.heads, { color: ink.quiet, size: 8.5 });
  sheet.line(ink.strong);
  for (const row of view.rows) {
    if (sheet.need(24)) drawRow(sheet, view.heads, { color: ink.quiet, size: 8.5 });
    sheet.y += 5;
    drawRow(sheet, row, {});
    sheet.line();
  }
  drawEnd(sheet, view);
  return sheet.finish((pageNumber, pages) => {
    sheet.y = 802;
    const style = { x: page.right - 100, width: 100, size: 7.5, color: ink.quiet, align: 'right' } as const;
    sheet.text(`${pageNumber} / ${pages}`, style);
  });
}

function drawAddresses(sheet: Sheet, view: OpenItemsView): void {
  const right = { x: page.right - 200, width: 200, align: 'right', color: ink.quiet } as const;
  const left = { x: page.left, width: 250, size: 10.5 } as const;
  const heightFrom = sheet.text(view.from.join('\n'), right);
  sheet.y += Math.max(heightFrom, 70);
  sheet.y += Math.max(60, sheet.text(view.to.join('\n'), left)) + 8;
  sheet.text(view.day, { x: page.right - 200, width: 200, align: 'right' });
  sheet.y += 30;
}

function drawRow(
  sheet: Sheet,
  cells: readonly string[],
  style: { readonly color?: string; readonly size?: number },
): void {
  const heights = columns.map((column, at) =>
    sheet.text(cells[at] ?? '', { ...column, ...style, maxHeight: 28 }),
  );
  sheet.y += Math.max(...heights) + 4;
}

function drawEnd(sheet: Sheet, { total, pay }: OpenItemsView): void {
  sheet.need(110);
  sheet.y += 8;
  const strong = { weight: 'strong', size: 11 } as const;
  sheet.text(total[0], { ...columns[0], ...strong });
  sheet.y += sheet.text(total[1], { x: page.right - 200, width: 200, align: 'right', ...strong }) + 18;
  sheet.y += sheet.text(pay, { x: page.left, width: 483, size: 10.5 });
}
