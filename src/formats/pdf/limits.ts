/** What a PDF from outside may cost; sizes in bytes, times in milliseconds. */
export type PdfLimits = {
  readonly maxBytes: number;
  readonly maxPages: number;
  /** Attachments that are larger when unpacked are listed without their bytes. */
  readonly maxAttachmentBytes: number;
  readonly timeLimitMs: number;
};

/** 25 MB is what mail servers commonly take; invoices beyond 500 pages are call records, which belong in an attachment. */
export const defaultPdfLimits: PdfLimits = {
  maxBytes: 25 * 2 ** 20,
  maxPages: 500,
  maxAttachmentBytes: 25 * 2 ** 20,
  timeLimitMs: 15_000,
};

export type PdfRefusal =
  | 'empty'
  | 'too_big'
  | 'unsupported_type'
  | 'encrypted'
  | 'broken_pdf'
  | 'too_many_pages'
  | 'took_too_long';

/** The PDF header may stand anywhere in the first kilobyte (ISO 32000-1, annex H, note 13). */
export function looksLikePdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024)).includes('%PDF-');
}
