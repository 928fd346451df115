import sharp from 'sharp';
import { makeConfinedWork } from '#base/confine';
import { looksLikePdf, type PdfRefusal } from './limits.ts';
import type { DrawnPage, RenderAnswer, RenderTask } from './render-work.ts';

export type RenderOptions = {
  /** Only the first so many pages are drawn. */
  readonly maxPages: number;
  readonly widthPx: number;
  readonly timeLimitMs: number;
  /** The time that a single page may take. */
  readonly pageTimeLimitMs: number;
};

/** 1240 px is A4 at 150 dots per inch: sharp at 620 points on a doubled display and readable when a phone zooms in. */
export const defaultRenderOptions: RenderOptions = {
  maxPages: 500,
  widthPx: 1240,
  timeLimitMs: 180_000,
  pageTimeLimitMs: 15_000,
};

/** A page's image; `page` counts from 1, sizes in pixels. */
export type PageImage = {
  readonly page: number;
  readonly width: number;
  readonly height: number;
  readonly webp: Buffer;
};

export type RenderResult =
  | { readonly ok: true; readonly pages: number; readonly drawn: number }
  | { readonly ok: false; readonly reason: PdfRefusal };

const work = makeConfinedWork<RenderTask, RenderAnswer, DrawnPage>({
  module: new URL('./render-work.ts', import.meta.url),
  heapMb: 128,
  threads: 2,
});

/**
 * Draws the pages of a PDF one after the other and hands each to `takePage` as WebP; the next page is drawn when that is done.
 * Returns how many pages the PDF has and how many were drawn. Refuses what cannot be opened or takes too long: pages that
 * were handed over before are then to be thrown away. Runs in a thread of its own, in the sandbox of WebAssembly.
 */
export async function renderPages(
  bytes: Uint8Array,
  given: Partial<RenderOptions>,
  takePage: (image: PageImage) => Promise<void>,
): Promise<RenderResult> {
  const options = { ...defaultRenderOptions, ...given };
  if (!looksLikePdf(bytes))
    return { ok: false, reason: bytes.byteLength === 0 ? 'empty' : 'unsupported_type' };
  const done = await work.run(
    { bytes, maxPages: options.maxPages, widthPx: options.widthPx },
    { totalMs: options.timeLimitMs, silenceMs: options.pageTimeLimitMs },
    async (page) => takePage(await encode(page)),
  );
  if (done.ok) return done.answer;
  return { ok: false, reason: done.reason === 'took_too_long' ? 'took_too_long' : 'broken_pdf' };
}

async function encode({ page, width, height, pixels }: DrawnPage): Promise<PageImage> {
  const image = sharp(pixels, { raw: { width, height, channels: 4 } }).removeAlpha();
  // Text keeps its edges at this quality; effort 2 takes a third of the time of the default for a tenth more bytes.
  return { page, width, height, webp: await image.webp({ quality: 82, effort: 2 }).toBuffer() };
}
