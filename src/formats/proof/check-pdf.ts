import { join } from '#base/der';
import { type CheckedCms, checkCms, SignatureBroken } from './check-cms.ts';

/**
 * Checks the one seal of a PDF (PAdES, EN 319 142-1): it must cover the whole file but its own place. Throws SignatureBroken when there is
 * none, when it leaves something out, or when it does not hold.
 */
export async function checkPdfSeal(pdf: Uint8Array): Promise<CheckedCms> {
  const text = new TextDecoder('latin1').decode(pdf);
  const ranges = [...text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)];
  const [, from, first, second, rest] = (ranges.length === 1 ? ranges[0] : null)?.map(Number) ?? [];
  if (from !== 0 || first === undefined || second === undefined || rest === undefined)
    throw new SignatureBroken('The PDF has no seal, or more than one.');
  if (first >= second || second + rest !== pdf.length)
    throw new SignatureBroken('The seal does not cover the whole PDF.');
  const place = text.slice(first, second);
  const hex = /^<([0-9A-Fa-f]+)>$/.exec(place)?.[1];
  if (!hex) throw new SignatureBroken('The seal does not cover the whole PDF.');
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return checkCms(withoutPadding(bytes), join([pdf.subarray(0, first), pdf.subarray(second)]));
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
