import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { ink, page } from './sheet.ts';

/** A file that goes along inside of the PDF (PDF/A-3 §6.8). */
export interface PaperAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly description: string;
  readonly bytes: Buffer;
}

export interface PaperOptions {
  readonly title: string;
  readonly language: string;
  readonly date: Date;
  /** A line at the foot of each page, beside its number. */
  readonly foot: string;
  readonly attachments: readonly PaperAttachment[];
  /** Leaves a place for a seal: its range and its bytes, to be filled in once the file is whole. */
  readonly seal: { readonly range: readonly number[]; readonly bytes: number } | null;
}

/** A document of running text: headings, paragraphs, facts side by side. */
export interface Paper {
  heading(text: string): void;
  paragraph(text: string): void;
  /** Names and values in two columns; a value may be long. */
  facts(rows: readonly (readonly [name: string, value: string])[]): void;
  finish(): Promise<Buffer>;
}

const { resolve } = createRequire(import.meta.url);
const fonts = {
  regular: resolve('@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf'),
  strong: resolve('@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf'),
};
const width = page.right - page.left;
const nameWidth = 150;

/** Opens a PDF/A-3b (ISO 19005-3): fonts and output intent embedded, its attachments named as data that belongs to it. */
export function openPaper(options: PaperOptions): Paper {
  const document = openDocument(options);
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  const pen = makePen(document);
  pen.block(options.title, 20, 'strong', 0);
  return {
    heading: (text) => pen.block(text, 12.5, 'strong', 14),
    paragraph: (text) => pen.block(text, 9.5, 'regular', 0),
    facts: (rows) => {
      for (const [name, value] of rows) pen.pair(name, value);
    },
    finish: () => {
      writeFeet(document, options.foot);
      const done = new Promise<Buffer>((resolve) => document.on('end', () => resolve(Buffer.concat(parts))));
      document.end();
      return done;
    },
  };
}

type Weight = keyof typeof fonts;

/** Writes from above to below and turns pages. */
function makePen(document: PDFKit.PDFDocument) {
  let y: number = page.top;
  const need = (height: number): void => {
    if (y + height <= page.bottom) return;
    document.addPage();
    y = page.top;
  };
  const at = (text: string, x: number, of: number, color: string): void => {
    document.fillColor(color).text(printable(text), x, y, { width: of, lineGap: 1 });
  };
  const height = (text: string, size: number, weight: Weight, of: number): number =>
    document.font(weight).fontSize(size).heightOfString(printable(text), { width: of, lineGap: 1 });
  return {
    block: (text: string, size: number, weight: Weight, before: number): void => {
      const tall = height(text, size, weight, width);
      y += before;
      need(Math.min(tall, 300) + (weight === 'strong' ? 40 : 0));
      at(text, page.left, width, ink.text);
      y += tall + 4;
    },
    pair: (name: string, value: string): void => {
      const x = page.left + nameWidth + 10;
      const tall = Math.max(
        height(name, 9, 'regular', nameWidth),
        height(value, 9, 'regular', page.right - x),
      );
      need(tall);
      at(name, page.left, nameWidth, ink.quiet);
      at(value, x, page.right - x, ink.text);
      y += tall + 2.5;
    },
  };
}

function openDocument({ title, language, date, attachments, seal }: PaperOptions): PDFKit.PDFDocument {
  const document = new PDFDocument({
    size: 'A4',
    margins: { top: 0, bottom: 0, left: page.left, right: 0 },
    bufferPages: true,
    pdfVersion: '1.7',
    subset: 'PDF/A-3b' as never,
    lang: language,
    displayTitle: true,
    info: { Title: title, Creator: 'Envoi', Producer: 'Envoi', CreationDate: date, ModDate: date },
  });
  document.registerFont('regular', fonts.regular).registerFont('strong', fonts.strong);
  for (const { name, mediaType, description, bytes } of attachments)
    document.file(bytes, {
      name,
      type: mediaType,
      description,
      creationDate: date,
      modifiedDate: date,
      relationship: 'Data',
    } as never);
  if (seal) leavePlace(document, seal, date);
  return document;
}

/** The parts of PDFKit that its types leave out. */
interface Insides {
  readonly _root: { readonly data: Record<string, unknown> };
  readonly page: { readonly annotations: unknown[]; readonly dictionary: unknown };
  _acroform: unknown;
  ref(data: Record<string, unknown>): { end(): void };
}

/** A signature field without a picture (ISO 32000-1 §12.7.4.5): a rectangle of nothing, printed and locked (PDF/A-3 §6.3.2). */
function leavePlace(document: PDFKit.PDFDocument, seal: NonNullable<PaperOptions['seal']>, date: Date): void {
  const inside = document as unknown as Insides;
  const signature = inside.ref({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
    ByteRange: [...seal.range],
    Contents: Buffer.alloc(seal.bytes),
    M: date,
  });
  const field = inside.ref({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    // PDFKit writes String objects as texts, and plain strings as names.
    T: new String('Seal'),
    Rect: [0, 0, 0, 0],
    F: 132,
    V: signature,
    P: inside.page.dictionary,
  });
  const form = inside.ref({ Fields: [field], SigFlags: 3, DR: { Font: {} } });
  inside.page.annotations.push(field);
  inside._root.data['AcroForm'] = form;
  // PDFKit ends the form itself, and asks for the fonts of its fields: ours has none.
  inside._acroform = { fonts: {}, defaultFont: 'none' };
  for (const one of [signature, field]) one.end();
}

function writeFeet(document: PDFKit.PDFDocument, foot: string): void {
  const { count } = document.bufferedPageRange();
  for (let index = 0; index < count; index += 1) {
    document.switchToPage(index);
    document.font('regular').fontSize(8).fillColor(ink.quiet);
    document.text(printable(foot), page.left, 796, { width: width - 60, height: 12, ellipsis: true });
    document.text(`${index + 1} / ${count}`, page.right - 60, 796, { width: 60, align: 'right' });
  }
}

/** Without characters that have no picture: controls, joiners, marks of direction. */
function printable(text: string): string {
  return text.replace(/[^\P{C}\n]/gu, '');
}
