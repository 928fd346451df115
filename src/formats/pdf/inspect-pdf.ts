import { makeConfinedWork } from '#base/confine';
import type { InspectAnswer, InspectTask } from './inspect-work.ts';
import { defaultPdfLimits, looksLikePdf, type PdfLimits, type PdfRefusal } from './limits.ts';

/** A file inside a PDF; `bytes` is null when it is larger than the limit or damaged. */
export type PdfAttachment = { readonly name: string; readonly bytes: Buffer | null };

export type InspectedPdf = {
  readonly ok: true;
  readonly pages: number;
  readonly attachments: readonly PdfAttachment[];
  /**
   * The text of the first pages and the last one, line by line as they stand on the page; a wide gap in a line is a tab.
   * Cut at 200,000 characters; empty for a scan.
   */
  readonly text: string;
  /** Encrypted with an empty password: everybody can read it, so it is not refused. */
  readonly isProtected: boolean;
};

export type PdfRefused = { readonly ok: false; readonly reason: PdfRefusal };

const work = makeConfinedWork<InspectTask, InspectAnswer>({
  module: new URL('./inspect-work.ts', import.meta.url),
  heapMb: 256,
  threads: 2,
});

/**
 * Looks into a PDF from outside: pages, attached files, text. Refuses what is no PDF, broken, needs a password or goes over
 * a limit. The work runs in a thread of its own with limits on time and memory.
 */
export async function inspectPdf(
  bytes: Uint8Array,
  limits: Partial<PdfLimits> = {},
): Promise<InspectedPdf | PdfRefused> {
  const bounds = { ...defaultPdfLimits, ...limits };
  if (bytes.byteLength === 0) return { ok: false, reason: 'empty' };
  if (bytes.byteLength > bounds.maxBytes) return { ok: false, reason: 'too_big' };
  if (!looksLikePdf(bytes)) return { ok: false, reason: 'unsupported_type' };
  const done = await work.run({ bytes, limits: bounds }, { totalMs: bounds.timeLimitMs });
  if (!done.ok)
    return { ok: false, reason: done.reason === 'took_too_long' ? 'took_too_long' : 'broken_pdf' };
  if (!done.answer.ok) return done.answer;
  const attachments = done.answer.attachments.map(({ name, bytes: content }) => ({
    name,
    bytes: content ? Buffer.from(content.buffer, content.byteOffset, content.byteLength) : null,
  }));
  return { ...done.answer, attachments };
}
