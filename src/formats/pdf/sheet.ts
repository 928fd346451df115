import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { ink, page } from './page.ts';
import { type Drawings, drawingsOf } from './sheet-drawings.ts';

export { ink, page };

export type TextStyle = {
  readonly x: number;
  readonly width: number;
  readonly size?: number;
  readonly weight?: 'regular' | 'strong';
  readonly color?: string;
  readonly align?: 'left' | 'right';
  /** What does not fit into this height is cut with an ellipsis. */
  readonly maxHeight?: number;
};

/** A document that is being set: `y` is where the next thing goes, in points from the top of the current page. */
export type Sheet = Drawings & {
  y: number;
  /** Sets a text with its top at `y` plus `dy`, which it leaves as it is; returns the height that it took. */
  text(text: string, style: TextStyle, dy?: number): number;
  /** The height that a text would take. */
  height(text: string, style: TextStyle): number;
  line(color?: string): void;
  /** Starts a new page when less than `points` are left on this one; tells whether it did. */
  need(points: number): boolean;
  /** Calls `draw` on each page with its number and the count, then closes the document. */
  finish(draw: (pageNumber: number, pages: number) => void): Promise<Buffer>;
};

const { resolve } = createRequire(import.meta.url);
const fonts = {
  regular: resolve('@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf'),
  strong: resolve('@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf'),
};

/** Opens a document; the same content gives the same bytes, as its date is the invoice's own. */
export function openSheet(about: {
  readonly title: string;
  readonly language: string;
  readonly date: Date;
}): Sheet {
  const document = openDocument(about);
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  const select = (style: TextStyle) => document.font(style.weight ?? 'regular').fontSize(style.size ?? 9.5);
  return {
    y: page.top,
    text(text, style, dy = 0) {
      const taken = this.height(text, style);
      document.fillColor(style.color ?? ink.text);
      document.text(printable(text), style.x, this.y + dy, optionsOf(style));
      return taken;
    },
    height(text, style) {
      const full = select(style).heightOfString(printable(text), optionsOf(style));
      return style.maxHeight ? Math.min(full, style.maxHeight) : full;
    },
    line(color = ink.line) {
      document.moveTo(page.left, this.y).lineTo(page.right, this.y);
      document.lineWidth(0.6).strokeColor(color).stroke();
    },
    ...drawingsOf(document),
    need(points) {
      if (this.y + points <= page.bottom) return false;
      document.addPage();
      this.y = page.top;
      return true;
    },
    async finish(draw) {
      const { count } = document.bufferedPageRange();
      for (let index = 0; index < count; index += 1) {
        document.switchToPage(index);
        draw(index + 1, count);
      }
      const done = new Promise<Buffer>((resolve) => document.on('end', () => resolve(Buffer.concat(parts))));
      document.end();
      return done;
    },
  };
}

function openDocument(about: Parameters<typeof openSheet>[0]): PDFKit.PDFDocument {
  const document = new PDFDocument({
    size: 'A4',
    // No bottom margin: pages break where we say.
    margins: { top: 0, bottom: 0, left: page.left, right: 0 },
    bufferPages: true,
    lang: about.language,
    displayTitle: true,
    info: { Title: about.title, Creator: 'Envoi', CreationDate: about.date, ModDate: about.date },
  });
  return document.registerFont('regular', fonts.regular).registerFont('strong', fonts.strong);
}

function optionsOf(style: TextStyle): PDFKit.Mixins.TextOptions {
  return {
    width: style.width,
    align: style.align ?? 'left',
    lineGap: 0.8,
    // Figures of one width, so that columns of amounts line up.
    features: ['tnum', 'kern'],
    ...(style.maxHeight ? { height: style.maxHeight, ellipsis: true } : {}),
  };
}

/** Without characters that have no picture: controls, joiners, marks of direction. */
function printable(text: string): string {
  return text.replace(/[^\P{C}\n]/gu, '');
}
