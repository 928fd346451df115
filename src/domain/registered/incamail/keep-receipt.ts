import { newId } from '#base/ids';
import { type EventData, type EvidenceTables, record } from '#domain/evidence';
import type { OutboxTables } from '#domain/outbox';
import type { Tx } from '#stores/database';
import type { Standing } from '../provider-service.ts';
import {
  insertReceipt,
  isOfAnother,
  lockProviderDelivery,
  type ProviderTables,
  updateStanding,
} from '../provider-table.ts';
import type { ReceiptMatch } from './match-receipt.ts';
import { counts, type ReadReceipt, type ReceiptKind } from './receipt.ts';

type KeepTx = Tx<ProviderTables & OutboxTables & EvidenceTables>;

/** The mail in which a receipt came, as it is kept. */
export interface ReceiptMail {
  readonly sha256: string;
  readonly receivedAt: Date;
  /** What checking its DKIM signatures found. */
  readonly dkim: EventData;
}

/**
 * Ties a receipt to its message: kept, recorded in the history, and followed by the state of the delivery where it counts. The first
 * ending stays; a later one is recorded beside it. Nothing happens twice with the same mail.
 */
export async function keepReceipt(
  tx: KeepTx,
  receipt: ReadReceipt,
  match: ReceiptMatch,
  mail: ReceiptMail,
): Promise<void> {
  const { message } = match;
  const { companyId, id: messageId, dispatchId } = message;
  const delivery = await lockProviderDelivery(tx, companyId, messageId);
  if (!delivery) return;
  const pdfSha256 = receipt.pdf?.sha256 ?? null;
  const isReused = pdfSha256 !== null && (await isOfAnother(tx, { companyId, messageId, pdfSha256 }));
  const isBound = pdfSha256 === null || match.isNamedInPdf;
  const counted = counts(receipt) && isBound && !isReused;
  const isNew = await insertReceipt(tx, {
    id: newId('providerReceipt', mail.receivedAt),
    ...{ company_id: companyId, message_id: messageId, dispatch_id: dispatchId, provider: 'incamail' },
    ...{ kind: receipt.kind, kind_from: receipt.kindFrom, matched_by: match.by, counted },
    mail_sha256: mail.sha256,
    pdf_sha256: pdfSha256,
    pdf_name: receipt.pdf?.name ?? null,
    verdict: receipt.verdict,
    received_at: mail.receivedAt,
  });
  if (!isNew) return;
  if (counted) {
    const next = after(delivery.state, receipt.kind);
    if (next) await updateStanding(tx, delivery, next, mail.receivedAt);
  }
  await record(tx, [
    {
      ...{ type: 'provider.receipt_received', companyId, dispatchId, messageId },
      documentId: message.documentId,
      at: mail.receivedAt,
      actor: 'server',
      certainty: match.by === 'message_id' ? 'certain' : 'probable',
      data: {
        ...{
          provider: 'incamail',
          kind: receipt.kind,
          kindFrom: receipt.kindFrom,
          matchedBy: match.by,
          counted,
        },
        ...{ isReused, isBound, mailSha256: mail.sha256, pdfSha256, signature: { ...receipt.verdict } },
        ...mail.dkim,
      },
      personal: { from: receipt.mail.from?.address ?? '', subject: receipt.mail.subject.slice(0, 500) },
    },
  ]);
}

function after(before: Standing, kind: ReceiptKind): Standing | null {
  if (kind === 'unknown') return null;
  if (before === 'waiting') return kind;
  return before === 'submitted' && kind !== 'submitted' ? kind : null;
}
