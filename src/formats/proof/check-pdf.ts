import { join, NotDer } from '#base/der';
import { type CheckedCms, type CheckedStamp, checkCms, checkStamp, SignatureBroken } from './check-cms.ts';
import { readCms } from './read-cms.ts';

/** A signature in a PDF that holds: over everything up to `end`, but its own place. */
export type PdfSignature = { readonly end: number } & (
  | ({ readonly kind: 'signature' } & CheckedCms)
  /** A time stamp of the document (EN 319 142-1 §5.4.3): it says when, and vouches for no content. */
  | ({ readonly kind: 'stamp' } & CheckedStamp)
);

/** The signatures of a PDF, in the order in which they were made. */
export interface PdfSignatures {
  readonly all: readonly PdfSignature[];
  /** How much of the file the last signature covers: what comes after it is vouched for by nobody, at most stamped. */
  readonly signedBytes: number;
}

/** Real ones have a handful; each is another pass over the file. */
const mostSignatures = 20;
const tstInfo = '1.2.840.113549.1.9.16.1.4';

/**
 * Checks every signature of a PDF over its own range (ISO 32000-1 §12.8.1): each later one was added to the whole file before it. Throws
 * SignatureBroken, and says which, when one does not hold or there is none. Whom the certificates belong to is for the caller to judge.
 */
export async function checkPdfSignatures(pdf: Uint8Array): Promise<PdfSignatures> {
  const ranges = rangesIn(new TextDecoder('latin1').decode(pdf));
  const all: PdfSignature[] = [];
  for (const [at, range] of ranges.entries())
    all.push(
      await checkOne(pdf, range, ranges.length > 1 ? `Signature ${at + 1} of ${ranges.length}: ` : ''),
    );
  const last = all.findLast((one) => one.kind === 'signature');
  if (!last) throw new SignatureBroken('The PDF has a time stamp, and no signature.');
  return { all, signedBytes: last.end };
}

/**
 * Checks the one seal of a PDF (PAdES, EN 319 142-1): it must cover the whole file but its own place. Throws SignatureBroken when there is
 * none, when it leaves something out, or when it does not hold.
 */
export async function checkPdfSeal(pdf: Uint8Array): Promise<CheckedCms> {
  const { all, signedBytes } = await checkPdfSignatures(pdf);
  const [seal, ...others] = all;
  if (seal?.kind !== 'signature' || others.length > 0)
    throw new SignatureBroken('The PDF has more than one seal.');
  if (signedBytes !== pdf.length) throw new SignatureBroken('The seal does not cover the whole PDF.');
  return seal;
}

interface Range {
  /** Where the place of the signature begins and ends. */
  readonly from: number;
  readonly to: number;
  readonly end: number;
  readonly hex: string;
}

/** The ranges in a PDF, first made first: each begins with the file, leaves out its own place and nothing else, and names itself. */
function rangesIn(text: string): readonly Range[] {
  const found = [...text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)];
  if (found.length === 0) throw new SignatureBroken('The PDF has no seal.');
  if (found.length > mostSignatures) throw new SignatureBroken('The PDF has too many signatures.');
  const ranges = found.map((match) => {
    const [start, from = 0, to = 0, rest = 0] = match.slice(1).map(Number);
    const hex = /^<([0-9A-Fa-f]+)>$/.exec(text.slice(from, to))?.[1];
    const end = to + rest;
    // A range that is written down outside of what it covers could be put there by anybody.
    const isItsOwn = match.index + match[0].length <= from || (match.index >= to && match.index < end);
    if (start !== 0 || from >= to || end > text.length || !hex || hex.length % 2 > 0 || !isItsOwn)
      throw new SignatureBroken('A signature does not cover what it should.');
    return { from, to, end, hex };
  });
  ranges.sort((a, b) => a.end - b.end);
  if (ranges.some(({ from, end }, at) => at > 0 && (from < (ranges[at - 1]?.end ?? 0) || end === from)))
    throw new SignatureBroken('Two signatures cover one another.');
  return ranges;
}

async function checkOne(pdf: Uint8Array, range: Range, which: string): Promise<PdfSignature> {
  const { from, to, end, hex } = range;
  try {
    const der = withoutPadding(bytesOf(hex));
    const content = join([pdf.subarray(0, from), pdf.subarray(to, end)]);
    return isToken(der)
      ? { kind: 'stamp', end, ...(await checkStamp(der, content)) }
      : { kind: 'signature', end, ...(await checkCms(der, content)) };
  } catch (error) {
    if (error instanceof SignatureBroken && which) throw new SignatureBroken(`${which}${error.message}`);
    throw error;
  }
}

function isToken(der: Uint8Array): boolean {
  try {
    return readCms(der).contentType === tstInfo;
  } catch (error) {
    if (error instanceof NotDer) throw new SignatureBroken('The signature is damaged.');
    throw error;
  }
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** The place is larger than the signature; the rest must be zeros. */
function withoutPadding(bytes: Uint8Array): Uint8Array {
  const count = (bytes[1] ?? 0) & 0x7f;
  const isLong = (bytes[1] ?? 0) > 127;
  let length = isLong ? 0 : count;
  for (let index = 0; isLong && index < count; index += 1) length = length * 256 + (bytes[2 + index] ?? 0);
  const end = 2 + (isLong ? count : 0) + length;
  if (end > bytes.length || bytes.subarray(end).some((byte) => byte !== 0))
    throw new SignatureBroken('The seal of the PDF is damaged.');
  return bytes.subarray(0, end);
}
