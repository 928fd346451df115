import { fileURLToPath } from 'node:url';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Perform } from '#base/confine';
import { layOutText } from './lay-out-text.ts';
import { limitByteArrays } from './limit-memory.ts';
import type { PdfLimits, PdfRefusal } from './limits.ts';

export type InspectTask = { readonly bytes: Uint8Array; readonly limits: PdfLimits };
export type InspectAnswer =
  | {
      readonly ok: true;
      readonly pages: number;
      readonly attachments: readonly { readonly name: string; readonly bytes: Uint8Array | null }[];
      readonly text: string;
      readonly isProtected: boolean;
    }
  | { readonly ok: false; readonly reason: PdfRefusal };

// Twice the largest file twice over (the file, its copy in the library) plus one unpacked stream and its growth.
const memoryWasExceeded = limitByteArrays(256 * 2 ** 20);
const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
const resource = (folder: string) =>
  fileURLToPath(new URL(`../../${folder}/`, import.meta.resolve('pdfjs-dist/legacy/build/pdf.mjs')));

/** How many pages from the front are read for their text; numbers and addresses stand on the first, totals on the last. */
const textPages = 4;
const maxTextLength = 200_000;
const maxPieces = 20_000;
/** Reading the text of an ordinary page takes 20 ms. */
const textTimeMs = 4000;

/** Runs in a confined thread: reads a PDF with pdf.js. */
export const perform: Perform<InspectTask, InspectAnswer> = async ({ bytes, limits }) => {
  memoryWasExceeded();
  const loading = pdfjs.getDocument({
    data: bytes,
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    useWorkerFetch: false,
    cMapUrl: resource('cmaps'),
    standardFontDataUrl: resource('standard_fonts'),
    cMapPacked: true,
    verbosity: 0,
  });
  try {
    const document = await loading.promise;
    if (document.numPages > limits.maxPages) return { ok: false, reason: 'too_many_pages' };
    const attachments = await readAttachments(document, limits);
    const text = await readText(document);
    if (memoryWasExceeded()) return { ok: false, reason: 'too_big' };
    const { info } = await document.getMetadata();
    const isProtected = Boolean((info as Record<string, unknown>)['EncryptFilterName']);
    return { ok: true, pages: document.numPages, attachments, text, isProtected };
  } catch (error) {
    if (memoryWasExceeded()) return { ok: false, reason: 'too_big' };
    const isLocked = error instanceof Error && error.name === 'PasswordException';
    return { ok: false, reason: isLocked ? 'encrypted' : 'broken_pdf' };
  } finally {
    await loading.destroy();
  }
};

type Attachment = { filename?: unknown; content?: unknown };

async function readAttachments(document: PDFDocumentProxy, limits: PdfLimits) {
  const found = ((await document.getAttachments()) ?? {}) as Record<string, Attachment>;
  return Object.entries(found)
    .slice(0, 100)
    .map(([key, { filename, content }]) => ({
      name: (typeof filename === 'string' ? filename : key).slice(0, 255),
      bytes:
        content instanceof Uint8Array && content.byteLength <= limits.maxAttachmentBytes
          ? Uint8Array.from(content)
          : null,
    }));
}

/** A page whose text cannot be read says nothing; the document may still be a good one to look at. */
async function readText(document: PDFDocumentProxy): Promise<string> {
  const last = document.numPages;
  const numbers = Array.from({ length: Math.min(textPages, last) }, (_, index) => index + 1);
  if (last > textPages) numbers.push(last);
  const until = performance.now() + textTimeMs;
  let text = '';
  for (const number of numbers) {
    const page = await document.getPage(number);
    text += `${layOutText(await readPieces(page, until).catch(() => []))}\n\n`;
    if (text.length > maxTextLength || performance.now() > until) break;
  }
  return text.slice(0, maxTextLength).trim();
}

/** Reads pieces of text as they come, until there are enough of them or the time is over: a plan of a building has no end. */
async function readPieces(page: PDFPageProxy, until: number): Promise<unknown[]> {
  const reader = page.streamTextContent().getReader();
  const pieces: unknown[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return pieces;
    pieces.push(...value.items);
    if (pieces.length < maxPieces && performance.now() < until) continue;
    await reader.cancel(new Error('enough'));
    return pieces;
  }
}
