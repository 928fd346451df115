import { SwissQRBill } from 'swissqrbill/pdf';
import type { Data } from 'swissqrbill/types';
import { page } from './page.ts';

/** What is drawn on a sheet beside texts and lines; each starts at its `y`. */
export interface Drawings {
  /** Sets a PNG or JPEG with its left edge at `x`, as large as it fits; returns the height that it took. */
  image(
    this: { readonly y: number },
    bytes: Buffer,
    box: { readonly x: number; readonly width: number; readonly height: number },
  ): number;
  /** A code of dark squares, row by row. */
  squares(
    this: { readonly y: number },
    rows: readonly (readonly boolean[])[],
    box: { readonly x: number; readonly width: number },
  ): void;
  /** The payment part of a Swiss QR-bill at the foot of this page, or of a new one; throws on facts that the standard refuses. */
  swissBill(
    this: { y: number },
    bill: { readonly data: Data; readonly language: 'DE' | 'EN' | 'FR' | 'IT' },
  ): void;
}

/** What the types of PDFKit leave out. */
interface Insides {
  openImage(bytes: Buffer): { readonly width: number; readonly height: number };
}

/** The drawings of a PDFKit document. */
export function drawingsOf(document: PDFKit.PDFDocument): Drawings {
  return {
    image(bytes, { x, width, height }) {
      const { width: wide, height: high } = (document as unknown as Insides).openImage(bytes);
      const scale = Math.min(width / wide, height / high);
      document.image(bytes, x, this.y, { width: wide * scale });
      return high * scale;
    },
    squares(rows, { x, width }) {
      const side = width / Math.max(1, rows.length);
      // A little overlap: hairlines between squares disturb cameras.
      for (const [down, row] of rows.entries())
        for (const [across, isDark] of row.entries())
          if (isDark) document.rect(x + across * side, this.y + down * side, side + 0.05, side + 0.05);
      document.fillColor('#000000').fill();
    },
    swissBill({ data, language }) {
      // 105 mm high (Swiss Implementation Guidelines QR-bill 2.3 §3.7), across the whole page.
      const top = page.height - 105 * (72 / 25.4);
      if (this.y > top - 12) {
        document.addPage();
        this.y = page.top;
      }
      new SwissQRBill(data, { language, fontName: 'Helvetica' }).attachTo(document, 0, top);
    },
  };
}
