import { X509Certificate } from 'node:crypto';
import { NotDer } from '#base/der';
import { type Certificate, chainTo, checkPdfSeal, readCertificate, SignatureBroken } from '#formats/proof';
import type { ReceiptVerdict } from './receipt.ts';

const nothing = { signer: null, issuer: null, claimedAt: null, stampedAt: null, why: null } as const;

/** Checks the signature of a receipt's PDF, offline; `roots` is PEM of those whom the company trusts. `at`: when the mail came. */
export async function checkSignature(
  pdf: Uint8Array | null,
  roots: string,
  at: Date,
): Promise<ReceiptVerdict> {
  if (!pdf) return { result: 'no_pdf', ...nothing };
  if (!Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).includes('/ByteRange'))
    return { result: 'unsigned', ...nothing };
  try {
    const { signer, certificates, claimedAt, stamp } = await checkPdfSeal(pdf);
    const trusted = readRoots(roots);
    const chain = await chainTo(signer, certificates, trusted, stamp?.at ?? claimedAt ?? at);
    return {
      result: chain ? 'valid' : 'unknown_root',
      signer: signer.name.slice(0, 300),
      issuer: (chain?.at(-1)?.name ?? issuerName(signer)).slice(0, 300),
      claimedAt: claimedAt?.toISOString() ?? null,
      stampedAt: stamp?.at.toISOString() ?? null,
      why: null,
    };
  } catch (error) {
    if (error instanceof SignatureBroken || error instanceof NotDer)
      return { result: 'unconfirmed', ...nothing, why: error.message.slice(0, 300) };
    throw error;
  }
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
