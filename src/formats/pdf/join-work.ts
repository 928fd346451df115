import type { PDFDocument, PDFRef } from '@cantoo/pdf-lib';
import type { Perform } from '#base/confine';
import type { ApartReason, JoinAnswer, JoinTask } from './join-task.ts';
import { limitByteArrays } from './limit-memory.ts';

// The parts, their unpacked objects and the whole, of 25 MB each at most.
const memoryWasExceeded = limitByteArrays(256 * 2 ** 20);
const lib = await import('@cantoo/pdf-lib');

/** Runs in a confined thread: joins PDFs with pdf-lib. */
export const perform: Perform<JoinTask, JoinAnswer> = async (task) => {
  memoryWasExceeded();
  const whole = await lib.PDFDocument.create({ updateMetadata: false });
  const apart: { part: number; reason: ApartReason }[] = [];
  const marks: { title: string; page: PDFRef }[] = [];
  for (const [part, { title, bytes }] of task.parts.entries()) {
    const opened = await open(bytes, task.losing);
    if (typeof opened === 'string') apart.push({ part, reason: opened });
    else if (whole.getPageCount() + opened.getPageCount() > task.maxPages)
      apart.push({ part, reason: 'too_big' });
    else {
      const page = await append(whole, opened);
      if (page) marks.push({ title, page });
      else apart.push({ part, reason: memoryWasExceeded() ? 'too_big' : 'broken_pdf' });
    }
  }
  if (marks.length < 2) return { bytes: null, apart };
  addOutline(whole, marks);
  describe(whole, task);
  return { bytes: await whole.save({ updateFieldAppearances: false }), apart };
};

async function open(bytes: Uint8Array, losing: boolean): Promise<PDFDocument | ApartReason> {
  try {
    const document = await lib.PDFDocument.load(bytes, {
      updateMetadata: false,
      throwOnInvalidObject: false,
    });
    if (document.getPageCount() === 0) return 'broken_pdf';
    if (losing) return document;
    if (carriesFiles(document)) return 'carries_files';
    // A signature is filled in place, so its range is never in a packed stream (ISO 32000-1 §12.8.1).
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('/ByteRange')
      ? 'signed'
      : document;
  } catch (error) {
    if (memoryWasExceeded()) return 'too_big';
    return error instanceof lib.EncryptedPDFError ? 'encrypted' : 'broken_pdf';
  }
}

/** Files that belong to the document as a whole (ISO 32000-1 §7.11.4, ISO 32000-2 §14.13): they do not come along with its pages. */
function carriesFiles({ catalog }: PDFDocument): boolean {
  if (catalog.has(lib.PDFName.of('AF'))) return true;
  const names = catalog.lookupMaybe(lib.PDFName.of('Names'), lib.PDFDict);
  return names?.has(lib.PDFName.of('EmbeddedFiles')) ?? false;
}

/** Adds the pages of a document; the reference of its first one, or null where they cannot be read, and then none is added. */
async function append(whole: PDFDocument, part: PDFDocument): Promise<PDFRef | null> {
  try {
    const pages = await whole.copyPages(part, part.getPageIndices());
    for (const page of pages) whole.addPage(page);
    return pages[0]?.ref ?? null;
  } catch {
    return null;
  }
}

/** A flat list of bookmarks, one per document (ISO 32000-1 §12.3.3). */
function addOutline(whole: PDFDocument, marks: readonly { title: string; page: PDFRef }[]): void {
  const { context, catalog } = whole;
  const refs = marks.map(() => context.nextRef());
  const outline = context.nextRef();
  marks.forEach(({ title, page }, at) => {
    const item = context.obj({ Parent: outline, Dest: [page, 'Fit'] });
    item.set(lib.PDFName.of('Title'), lib.PDFHexString.fromText(title));
    const [previous, next] = [refs[at - 1], refs[at + 1]];
    if (previous) item.set(lib.PDFName.of('Prev'), previous);
    if (next) item.set(lib.PDFName.of('Next'), next);
    context.assign(refs[at] as PDFRef, item);
  });
  context.assign(
    outline,
    context.obj({
      ...{ Type: 'Outlines', Count: marks.length },
      First: refs[0] as PDFRef,
      Last: refs.at(-1) as PDFRef,
    }),
  );
  catalog.set(lib.PDFName.of('Outlines'), outline);
  catalog.set(lib.PDFName.of('PageMode'), lib.PDFName.of('UseOutlines'));
}

function describe(whole: PDFDocument, { title, language, date }: JoinTask): void {
  whole.setTitle(title, { showInWindowTitleBar: true });
  whole.setLanguage(language);
  whole.setProducer('Envoi');
  whole.setCreationDate(new Date(date));
  whole.setModificationDate(new Date(date));
}
