/** A title, some sentences, and sections of labelled lines. */
export interface FactSheet {
  readonly title: string;
  readonly intro: readonly string[];
  readonly language: string;
  readonly date: Date;
  readonly footer: string;
  readonly sections: readonly {
    readonly heading: string;
    readonly note: string;
    readonly rows: readonly { readonly label: string; readonly text: string }[];
  }[];
}

const labelWidth = 70;

/** Sets a fact sheet on A4 pages; long texts without blanks are broken where the line ends. The same sheet gives the same bytes. */
export async function drawFactSheet(view: FactSheet): Promise<Buffer> {
  // Loaded when the first one is drawn: the start of the program need not wait for it.
  const { ink, openSheet, page } = await import('./sheet.ts');
  const sheet = openSheet(view);
  const full = { x: page.left, width: page.right - page.left } as const;
  sheet.y += sheet.text(view.title, { ...full, size: 20, maxHeight: 80 }) + 10;
  for (const line of view.intro) sheet.y += sheet.text(line, { ...full, size: 10 }) + 6;
  const value = { x: page.left + labelWidth, width: full.width - labelWidth } as const;
  for (const section of view.sections) {
    const heights = section.rows.map(({ text }) => sheet.height(text, value) + 4);
    sheet.need(60 + heights.reduce((sum, height) => sum + height, 0));
    sheet.y += 12;
    sheet.line();
    sheet.y += 10;
    sheet.y += sheet.text(section.heading, { ...full, size: 11, weight: 'strong' }) + 1;
    sheet.y += sheet.text(section.note, { ...full, size: 8.5, color: ink.quiet }) + 6;
    for (const [index, { label, text }] of section.rows.entries()) {
      sheet.text(label, { x: page.left, width: labelWidth - 6, color: ink.quiet });
      sheet.text(text, value);
      sheet.y += heights[index] ?? 0;
    }
  }
  return sheet.finish((pageNumber, pages) => {
    sheet.y = 802;
    const style = { size: 7.5, color: ink.quiet } as const;
    sheet.text(view.footer, { ...style, x: page.left, width: 300 });
    sheet.text(`${pageNumber} / ${pages}`, { ...style, x: page.right - 100, width: 100, align: 'right' });
  });
}
