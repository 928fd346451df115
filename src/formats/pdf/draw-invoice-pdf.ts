import { makeConfinedWork } from '#base/confine';
import type { InvoiceView } from './invoice-view.ts';

const work = makeConfinedWork<InvoiceView, Uint8Array>({
  module: new URL('./draw-work.ts', import.meta.url),
  heapMb: 256,
  threads: 2,
});

/** What a view holds is bounded by the file that it was read from; the longest one takes about 20 s on a slow machine. */
const timeLimitMs = 60_000;

/**
 * Draws an electronic invoice as a PDF on A4 pages, in the view's language; the same view gives the same bytes. For a
 * FatturaPA it says on every page that it is a courtesy copy. Throws when drawing fails.
 */
export async function drawInvoicePdf(view: InvoiceView): Promise<Buffer> {
  const done = await work.run(view, { totalMs: timeLimitMs });
  if (!done.ok) throw new Error(`The invoice could not be drawn: ${done.detail}.`);
  return Buffer.from(done.answer.buffer, done.answer.byteOffset, done.answer.byteLength);
}
