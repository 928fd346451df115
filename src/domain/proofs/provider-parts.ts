import { listReceipts, pdfInMail, type ReceiptRow } from '#domain/registered';
import { inCompany } from '#stores/database';
import { type Part, part } from './evidence-parts.ts';
import type { Material } from './gather-material.ts';
import type { ProofDeps } from './proof-deps.ts';

/** The receipts of an outside provider as they came, and what checking their signatures found. */
export async function providerParts(
  { company, dispatch }: Material,
  { database, files }: ProofDeps,
): Promise<Part[]> {
  const receipts = await inCompany(database, company.id, (tx) =>
    listReceipts(tx, company.id, { dispatchId: dispatch.id }),
  );
  const parts: Part[] = [];
  for (const receipt of receipts) {
    const mail = await files.get(company.id, receipt.mail_sha256);
    if (!mail) continue;
    parts.push(part(`provider/${receipt.id}.eml`, 'receipt of the provider', 'message/rfc822', mail));
    const pdf = await pdfInMail(mail, receipt.pdf_sha256);
    if (pdf)
      parts.push(part(`provider/${receipt.id}.pdf`, 'receipt of the provider', 'application/pdf', pdf));
    const facts = `${JSON.stringify(factsOf(receipt), null, 2)}\n`;
    parts.push(
      part(`provider/${receipt.id}.json`, 'what the receipt was found to be', 'application/json', facts),
    );
  }
  return parts;
}

function factsOf({
  provider,
  message_id,
  kind,
  kind_from,
  matched_by,
  verdict,
  counted,
  received_at,
}: ReceiptRow) {
  return {
    provider,
    messageId: message_id,
    kind,
    kindFrom: kind_from,
    matchedBy: matched_by,
    signature: verdict,
    counted,
    receivedAt: received_at.toISOString(),
  };
}
