import { sha256 } from '#base/crypto';
import { inspectPdf } from '#formats/pdf';
import { domainOf } from '#mail/address';
import { type ReadMail, readMail } from '#mail/mime';
import { checkSignature } from './check-signature.ts';
import { kindOf, type ReadReceipt } from './receipt.ts';

/** Whether a mail from this address is the provider's, as the company has written down where receipts come from. */
export function isReceiptAddress(address: string, receiptsFrom: readonly string[]): boolean {
  const own = address.toLowerCase();
  const domain = domainOf(own);
  return receiptsFrom.some((one) =>
    one.includes('@') ? own === one : domain === one || domain.endsWith(`.${one}`),
  );
}

/** More text says nothing about the kind, and takes time. */
const mostText = 50_000;

/** Reads a mail of the provider: what it says, and what the signature of its PDF is worth. Null for a mail from elsewhere, or none. */
export async function readReceipt(
  bytes: Uint8Array,
  account: { readonly receiptsFrom: readonly string[]; readonly roots: string },
  at: Date,
): Promise<ReadReceipt | null> {
  const read = await readMail(bytes);
  if (!read.ok || !isReceiptAddress(read.mail.from?.address ?? '', account.receiptsFrom)) return null;
  return readIn(read.mail, account.roots, at);
}

/** Reads a mail that was taken for a receipt before, wherever receipts come from by now. Null when it is no mail. */
export async function readReceiptAgain(
  bytes: Uint8Array,
  roots: string,
  at: Date,
): Promise<ReadReceipt | null> {
  const read = await readMail(bytes);
  return read.ok ? readIn(read.mail, roots, at) : null;
}

async function readIn(mail: ReadMail, roots: string, at: Date): Promise<ReadReceipt> {
  const pdf = mail.attachments.find((one) => one.mediaType === 'application/pdf' || /\.pdf$/i.test(one.name));
  const { verdict, signed } = await checkSignature(pdf?.bytes ?? null, roots, at);
  const inspected = signed ? await inspectPdf(signed) : null;
  const pdfText = inspected?.ok ? inspected.text.slice(0, mostText) : '';
  const mailText = [mail.subject, pdf?.name ?? '', mail.text ?? mail.html ?? '']
    .join('\n')
    .slice(0, mostText);
  return {
    mail,
    mailText,
    pdfText,
    ...kindOf({ subject: mail.subject, mailText, pdfText }),
    pdf: pdf ? { name: pdf.name, bytes: pdf.bytes, sha256: sha256(pdf.bytes).toString('hex') } : null,
    verdict,
  };
}

/** The PDF of a kept receipt by its hash; null when it is not in that mail. */
export async function pdfInMail(mail: Uint8Array, pdfSha256: string | null): Promise<Buffer | null> {
  const read = pdfSha256 ? await readMail(mail) : null;
  const found = read?.ok
    ? read.mail.attachments.find((one) => sha256(one.bytes).toString('hex') === pdfSha256)
    : null;
  return found?.bytes ?? null;
}
