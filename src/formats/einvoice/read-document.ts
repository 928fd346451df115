import { makeConfinedWork } from '#base/confine';
import { type InvoiceView, inspectPdf, looksLikePdf, type PdfRefusal } from '#formats/pdf';
import { type DocumentFacts, type DocumentFormat, noFacts } from './facts.ts';
import { proposeFacts } from './propose/propose-facts.ts';
import type { ReadXml, XmlRefusal } from './read-xml.ts';
import type { XmlAnswer, XmlTask } from './read-xml-work.ts';
import { looksLikeP7m } from './unwrap-p7m.ts';

/** What a document from outside may cost: sizes in bytes, times in milliseconds for each of the two steps. */
export type ReadLimits = {
  readonly maxBytes: number;
  readonly maxPages: number;
  readonly timeLimitMs: number;
};

export const defaultReadLimits: ReadLimits = { maxBytes: 25 * 2 ** 20, maxPages: 500, timeLimitMs: 15_000 };

export type ReadRefusal = PdfRefusal | XmlRefusal;

export type ReadNote =
  /** A FatturaPA lot: only its first document was read. */
  | 'first_of_several'
  /** The PDF carries an invoice in XML that cannot be read; the PDF was taken as a plain one. */
  | 'embedded_xml_unreadable';

export type ReadDocument = {
  readonly format: DocumentFormat;
  readonly mediaType: 'application/pdf' | 'application/xml' | 'application/pkcs7-mime';
  readonly facts: DocumentFacts;
  /** Guesses for what `facts` lacks, each null where there is none or where the fact is known; a person must confirm them. */
  readonly proposed: DocumentFacts;
  /** The PDF itself; null for XML, until it is drawn. */
  readonly pdf: Buffer | null;
  readonly xml: Buffer | null;
  /** What a readable PDF is drawn from; null when the facts come from no XML. */
  readonly view: InvoiceView | null;
  /** Pages of the PDF. */
  readonly pages: number;
  readonly notes: readonly ReadNote[];
};

export type ReadResult =
  | { readonly ok: true; readonly document: ReadDocument }
  | { readonly ok: false; readonly reason: ReadRefusal };

const xmlWork = makeConfinedWork<XmlTask, XmlAnswer>({
  module: new URL('./read-xml-work.ts', import.meta.url),
  heapMb: 384,
  threads: 2,
});

/**
 * Reads a sales document from outside: a PDF with or without an invoice in XML inside, or such an XML, also signed (.p7m).
 * Looks at the bytes, never at the name. Refuses what it cannot read; nothing in the bytes can throw or hang it.
 */
export async function readDocument(bytes: Uint8Array, given: Partial<ReadLimits> = {}): Promise<ReadResult> {
  const limits = { ...defaultReadLimits, ...given };
  if (bytes.byteLength === 0) return { ok: false, reason: 'empty' };
  if (bytes.byteLength > limits.maxBytes) return { ok: false, reason: 'too_big' };
  if (looksLikeP7m(bytes)) return readXmlFile(bytes, limits, true);
  if (looksLikeXml(bytes)) return readXmlFile(bytes, limits, false);
  if (looksLikePdf(bytes)) return readPdf(bytes, limits);
  return { ok: false, reason: 'unsupported_type' };
}

/** The first character that is no space must be `<`, in UTF-8 or UTF-16 with or without byte order mark. */
function looksLikeXml(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024));
  return /^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?[\s\0]*</.test(head.toString('latin1'));
}

async function readPdf(bytes: Uint8Array, limits: ReadLimits): Promise<ReadResult> {
  const inspected = await inspectPdf(bytes, limits);
  if (!inspected.ok) return inspected;
  const pdf = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = inspected.attachments.flatMap(({ name, bytes: content }) =>
    content ? [{ name, content }] : [],
  );
  const candidates = found
    .filter(({ content }) => looksLikeXml(content))
    .sort((a, b) => rank(a.name) - rank(b.name));
  const common = { mediaType: 'application/pdf', pdf, pages: inspected.pages } as const;
  for (const { content } of candidates.slice(0, 5)) {
    const { read } = await runXml(content, limits, false);
    if (!read.ok) continue;
    const format = read.format === 'cii' ? (read.isZugferd1 ? 'zugferd' : 'factur-x') : read.format;
    const guessed = onlyMissing(proposeFacts(inspected.text), read.facts);
    return { ok: true, document: { ...common, ...contentOf(read), proposed: guessed, format, xml: content } };
  }
  const notes: ReadNote[] = candidates.some(({ name }) => rank(name) === 0)
    ? ['embedded_xml_unreadable']
    : [];
  const plain = { facts: noFacts, proposed: proposeFacts(inspected.text), view: null, xml: null, notes };
  return { ok: true, document: { ...common, ...plain, format: 'pdf' } };
}

/** Names that the standards give to the invoice come before other XML files (Factur-X 1.0 §6.2.2, ZUGFeRD 1.0, XRechnung). */
function rank(name: string): number {
  return /^(?:factur-x|zugferd-invoice|xrechnung)\.xml$/i.test(name) ? 0 : 1;
}

async function readXmlFile(bytes: Uint8Array, limits: ReadLimits, isSigned: boolean): Promise<ReadResult> {
  const { read, xml, reason } = await runXml(bytes, limits, isSigned);
  if (!read.ok) return { ok: false, reason: reason ?? read.reason };
  const document: ReadDocument = {
    ...contentOf(read),
    format: read.format,
    mediaType: isSigned ? 'application/pkcs7-mime' : 'application/xml',
    pdf: null,
    xml: xml ?? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    pages: 0,
  };
  return { ok: true, document };
}

function contentOf(read: Extract<ReadXml, { ok: true }>) {
  const notes: ReadNote[] = read.documentsInFile > 1 ? ['first_of_several'] : [];
  return { facts: read.facts, proposed: onlyMissing(read.proposed, read.facts), view: read.view, notes };
}

/** Guesses for facts that are known are no use to anybody. */
function onlyMissing(guessed: DocumentFacts, known: DocumentFacts): DocumentFacts {
  const isKnown = (value: unknown) => value !== null && !(Array.isArray(value) && value.length === 0);
  const kept = Object.entries(guessed).filter(([name]) => !isKnown(known[name as keyof DocumentFacts]));
  return { ...noFacts, ...Object.fromEntries(kept) };
}

async function runXml(
  bytes: Uint8Array,
  limits: ReadLimits,
  isSigned: boolean,
): Promise<{ read: ReadXml; xml: Buffer | null; reason?: ReadRefusal }> {
  const done = await xmlWork.run({ bytes, isSigned }, { totalMs: limits.timeLimitMs });
  if (done.ok) return { read: done.answer.read, xml: done.answer.xml ? Buffer.from(done.answer.xml) : null };
  const reason = done.reason === 'took_too_long' ? 'took_too_long' : 'broken_xml';
  return { read: { ok: false, reason: 'broken_xml' }, xml: null, reason };
}
