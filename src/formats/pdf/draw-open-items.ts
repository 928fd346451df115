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
  /** PNG; null: the name of the company stands there. */
  readonly logo: Buffer | null;
  /** The colour of the company, `#rrggbb`. */
  readonly color: string;
  readonly slip: PaymentSlip | null;
}

/** How to pay: the numbers of the account, with a code for banking apps where there is one; or a Swiss QR-bill. */
export type PaymentSlip =
  | {
      readonly kind: 'account';
      readonly title: string;
      readonly rows: readonly (readonly [label: string, value: string])[];
      readonly code: { readonly squares: readonly (readonly boolean[])[]; readonly caption: string } | null;
    }
  | { readonly kind: 'swiss'; readonly bill: Parameters<Sheet['swissBill']>[0] };

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
  sheet.line(view.color);
  for (const row of view.rows) {
    if (sheet.need(24)) drawRow(sheet, view.heads, { color: ink.quiet, size: 8.5 });
    sheet.y += 5;
    drawRow(sheet, row, {});
    sheet.line();
  }
  drawEnd(sheet, view);
  const isBillLast = view.slip?.kind === 'swiss';
  return sheet.finish((pageNumber, pages) => {
    // The payment part is cut off and given away: nothing else stands on it.
    if (pages === 1 || (isBillLast && pageNumber === pages)) return;
    sheet.y = 802;
    const style = { x: page.right - 100, width: 100, size: 7.5, color: ink.quiet, align: 'right' } as const;
    sheet.text(`${pageNumber} / ${pages}`, style);
  });
}

function drawAddresses(sheet: Sheet, view: OpenItemsView): void {
  const right = { x: page.right - 200, width: 200, align: 'right', color: ink.quiet } as const;
  const left = { x: page.left, width: 250, size: 10.5 } as const;
  const [name = '', ...address] = view.from;
  const heightName = sheet.text(name, { ...right, color: ink.text, weight: 'strong', size: 10.5 });
  const heightFrom = heightName + 2 + sheet.text(address.join('\n'), right, heightName + 2);
  const heightLogo = view.logo ? sheet.image(view.logo, { x: page.left, width: 190, height: 56 }) : 0;
  sheet.y += Math.max(heightFrom, heightLogo, 56) + 34;
  sheet.y += Math.max(54, sheet.text(view.to.join('\n'), { ...left, weight: 'strong' })) + 8;
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

function drawEnd(sheet: Sheet, view: OpenItemsView): void {
  const { total, pay, slip } = view;
  sheet.need(110);
  sheet.y += 9;
  const strong = { weight: 'strong', size: 12 } as const;
  sheet.text(total[0], { ...columns[0], ...strong });
  sheet.y += sheet.text(total[1], { x: page.right - 200, width: 200, align: 'right', ...strong }) + 20;
  sheet.y += sheet.text(pay, { x: page.left, width: 483, size: 10.5 }) + 18;
  if (slip?.kind === 'swiss') sheet.swissBill(slip.bill);
  if (slip?.kind === 'account') drawAccount(sheet, slip, view.color);
}

const codeWidth = 104;

/** The account beside the code, under a line in the colour of the company. */
function drawAccount(
  sheet: Sheet,
  { title, rows, code }: Extract<PaymentSlip, { kind: 'account' }>,
  color: string,
): void {
  sheet.need(170);
  sheet.line(color);
  sheet.y += 12;
  const x = code ? page.left + codeWidth + 26 : page.left;
  const top = sheet.y;
  if (code) {
    sheet.squares(code.squares, { x: page.left, width: codeWidth });
    sheet.text(
      code.caption,
      { x: page.left, width: codeWidth + 16, size: 8, color: ink.quiet },
      codeWidth + 7,
    );
  }
  sheet.y += sheet.text(title, { x, width: 330, weight: 'strong', size: 11 }) + 7;
  for (const [label, value] of rows) {
    const style = { x: x + 96, width: page.right - x - 96, size: 10.5, maxHeight: 58 };
    sheet.text(label, { x, width: 92, color: ink.quiet });
    sheet.y += sheet.text(value, style) + 4;
  }
  sheet.y = Math.max(sheet.y, code ? top + codeWidth + 24 : 0);
}
