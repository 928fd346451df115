import { X509Certificate } from 'node:crypto';
import { NotDer } from '#base/der';
import {
  type Certificate,
  chainTo,
  checkPdfSignatures,
  type PdfSignature,
  readCertificate,
  SignatureBroken,
} from '#formats/proof';
import type { ReceiptSigner, ReceiptVerdict } from './receipt.ts';

const nothing = { signer: null, issuer: null, claimedAt: null, stampedAt: null, why: null } as const;

/** What the signatures of a PDF are worth, and the part of it that the last of them covers. */
export interface CheckedReceipt {
  readonly verdict: ReceiptVerdict;
  readonly signed: Uint8Array | null;
}

/**
 * Checks the signatures of a receipt's PDF, offline; `roots` is PEM of those whom the company trusts. `at`: when the mail came. With several, all
 * must hold, and all lead to such a root, since each vouches for what was added since the one before.
 */
export async function checkSignature(
  pdf: Uint8Array | null,
  roots: string,
  at: Date,
): Promise<CheckedReceipt> {
  if (!pdf) return { verdict: { result: 'no_pdf', ...nothing }, signed: null };
  if (!Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).includes('/ByteRange'))
    return { verdict: { result: 'unsigned', ...nothing }, signed: pdf };
  try {
    const { all, signedBytes } = await checkPdfSignatures(pdf);
    const signatures = all.filter((one) => one.kind === 'signature');
    const signers = await Promise.all(signatures.map((one) => signerOf(one, readRoots(roots), at)));
    const last = signers.at(-1);
    const { trusted: _, ...named } = last ?? { ...nothing, trusted: false };
    const verdict: ReceiptVerdict = {
      ...nothing,
      ...named,
      result: signers.every((one) => one.trusted) ? 'valid' : 'unknown_root',
      signers,
      addedAfter: pdf.length - signedBytes,
    };
    return { verdict, signed: pdf.subarray(0, signedBytes) };
  } catch (error) {
    if (error instanceof SignatureBroken || error instanceof NotDer)
      return {
        verdict: { result: 'unconfirmed', ...nothing, why: error.message.slice(0, 300) },
        signed: pdf,
      };
    throw error;
  }
}

async function signerOf(
  { signer, certificates, claimedAt, stamp }: Extract<PdfSignature, { kind: 'signature' }>,
  trusted: readonly Certificate[],
  at: Date,
): Promise<ReceiptSigner> {
  const chain = await chainTo(signer, certificates, trusted, stamp?.at ?? claimedAt ?? at);
  return {
    signer: signer.name.slice(0, 300),
    issuer: (chain?.at(-1)?.name ?? issuerName(signer)).slice(0, 300),
    claimedAt: claimedAt?.toISOString() ?? null,
    stampedAt: stamp?.at.toISOString() ?? null,
    trusted: chain !== null,
  };
}

function issuerName({ raw }: Certificate): string {
  try {
    return new X509Certificate(raw).issuer.replaceAll('\n', ', ');
  } catch {
    return '';
  }
}

const pem = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]{1,20000}-----END CERTIFICATE-----/g;

/** The certificates in a PEM text; those that cannot be read are left out. */
export function readRoots(text: string): Certificate[] {
  return (text.match(pem) ?? []).flatMap((block) => {
    try {
      return [readCertificate(new Uint8Array(new X509Certificate(block).raw))];
    } catch {
      return [];
    }
  });
}
