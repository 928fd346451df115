import { createHash } from 'node:crypto';
import { type Signer, type SignOptions, signCms } from './sign-cms.ts';

/** Bytes kept free for a seal: a signature with three certificates and a time stamp with three more has about 9 kB. */
export const sealBytes = 16_384;
/** What stands in a PDF where the seal's range goes, until it is known. */
export const rangePlace = [0, 9_999_999_999, 9_999_999_999, 9_999_999_999] as const;

/**
 * Seals a PDF that was drawn with a place for it (PAdES baseline B-T with a time stamp, else B-B: EN 319 142-1): the range of everything but
 * that place is filled in, then signed. Throws when there is no such place or the seal does not fit in.
 */
export async function sealPdf(
  pdf: Buffer,
  signer: Signer,
  timeStamp: SignOptions['timeStamp'] | null,
): Promise<Buffer> {
  const sealed = Buffer.from(pdf);
  const start = sealed.indexOf(`<${'0'.repeat(2 * sealBytes)}>`, 0, 'latin1');
  const range = sealed.indexOf(`[${rangePlace.join(' ')}]`, 0, 'latin1');
  if (start < 0 || range < 0) throw new Error('This PDF has no place for a seal.');
  const end = start + 2 * sealBytes + 2;
  const filled = `[0 ${start} ${end} ${sealed.length - end}`;
  sealed.write(`${filled.padEnd(`[${rangePlace.join(' ')}`.length)}]`, range, 'latin1');
  const digest = createHash('sha256').update(sealed.subarray(0, start)).update(sealed.subarray(end)).digest();
  const seal = await signCms(signer, digest, timeStamp ? { timeStamp } : {});
  if (seal.length > sealBytes) throw new Error('The seal does not fit into its place.');
  sealed.write(Buffer.from(seal).toString('hex'), start + 1, 'latin1');
  return sealed;
}
