import { newId } from '#base/ids';
import { type Actor, type EventData, type EvidenceTables, type Fact, record } from '#domain/evidence';
import type { OutboxTables } from '#domain/outbox';
import type { Tx } from '#stores/database';
import {
  insertReceipt,
  lockProviderDelivery,
  lockReceipts,
  type ProviderDelivery,
  type ProviderTables,
  updateStanding,
  useOfPdf,
} from '../provider-table.ts';
import type { ReceiptMatch } from './match-receipt.ts';
import { counts, type ReadReceipt, verdictData } from './receipt.ts';
import { type Settling, settleReceipt } from './settle-untied.ts';

type KeepTx = Tx<ProviderTables & OutboxTables & EvidenceTables>;

/** The mail in which a receipt came, as it is kept. */
export interface ReceiptMail {
  readonly sha256: string;
  readonly receivedAt: Date;
  /** What checking its DKIM signatures found. */
  readonly dkim: EventData;
}

/** Who tied it, where a person did, and the id under which it waited. */
export interface TiedBy {
  readonly id: string;
  readonly actor: Actor;
  readonly by: string;
  readonly at: Date;
}

/**
 * Ties a receipt to its message: kept, recorded in the history, and followed by the state of the delivery where it counts. The first
 * signed ending stays; a later one is recorded beside it. Nothing happens twice with the same mail or with a PDF that has counted.
 */
export async function keepReceipt(
  tx: KeepTx,
  receipt: ReadReceipt,
  match: ReceiptMatch,
  mail: ReceiptMail,
  person: TiedBy | null = null,
): Promise<void> {
  const { companyId, id: messageId, dispatchId } = match.message;
  await lockReceipts(tx, companyId, 'incamail');
  const delivery = await lockProviderDelivery(tx, companyId, messageId);
  if (!delivery) return;
  const pdfSha256 = receipt.pdf?.sha256 ?? null;
  if (pdfSha256) await settleReceipt(tx, companyId, { pdfSha256 }, foundFor(messageId), mail.receivedAt);
  const use = pdfSha256 ? await useOfPdf(tx, { companyId, messageId, pdfSha256 }) : 'none';
  // A PDF that is known belongs where it is: it is not moved to another message by a guess.
  if (use === 'counted' || (use === 'of_another' && match.by === 'address')) return;
  const isBound = pdfSha256 === null || match.isNamedInPdf;
  const counted = counts(receipt) && isBound && use === 'none';
  const isNew = await insertReceipt(tx, {
    id: person?.id ?? newId('providerReceipt', mail.receivedAt),
    ...{ company_id: companyId, message_id: messageId, dispatch_id: dispatchId, provider: 'incamail' },
    ...{ kind: receipt.kind, kind_from: receipt.kindFrom, matched_by: match.by, counted },
    mail_sha256: mail.sha256,
    pdf_sha256: pdfSha256,
    pdf_name: receipt.pdf?.name ?? null,
    verdict: receipt.verdict,
    received_at: mail.receivedAt,
  });
  if (!isNew) return;
  const next = counted ? standingAfter(delivery, receipt) : null;
  if (next) await updateStanding(tx, delivery, { ...next, state_at: mail.receivedAt });
  const how = { counted, isReused: use === 'of_another', isBound };
  await record(tx, [receivedFact(receipt, match, mail, how, person)]);
}

function foundFor(messageId: string): Settling {
  return { as: 'found', messageId, actor: 'server', by: null };
}

function receivedFact(
  receipt: ReadReceipt,
  { message, by: matchedBy }: ReceiptMatch,
  mail: ReceiptMail,
  how: { readonly counted: boolean; readonly isReused: boolean; readonly isBound: boolean },
  person: TiedBy | null,
): Fact {
  const { companyId, id: messageId, dispatchId, documentId } = message;
  const { kind, kindFrom, verdict } = receipt;
  return {
    ...{ type: 'provider.receipt_received', companyId, dispatchId, messageId, documentId },
    at: person?.at ?? mail.receivedAt,
    actor: person?.actor ?? 'server',
    certainty: matchedBy === 'message_id' ? 'certain' : 'probable',
    data: {
      ...{ provider: 'incamail', kind, kindFrom, matchedBy, ...how },
      ...{ mailSha256: mail.sha256, pdfSha256: receipt.pdf?.sha256 ?? null, signature: verdictData(verdict) },
      ...mail.dkim,
      ...(person ? { by: person.by, receivedAt: mail.receivedAt.toISOString() } : {}),
    },
    personal: { from: receipt.mail.from?.address ?? '', subject: receipt.mail.subject.slice(0, 500) },
  };
}

type Said = Pick<ProviderDelivery, 'state' | 'said_by'>;

/**
 * How a delivery stands after a receipt that counts; null: as before. The first ending that somebody has signed stays. One that nobody has
 * signed, or that follows from our own mail alone, gives way to a signed one: anybody can write such a mail.
 */
function standingAfter(before: Said, { kind, verdict }: Pick<ReadReceipt, 'kind' | 'verdict'>): Said | null {
  if (kind === 'unknown') return null;
  const said_by = verdict.result === 'valid' ? 'signed' : 'unsigned';
  const next = { state: kind, said_by } as const;
  if (before.state === 'waiting') return next;
  if (kind === 'submitted') return null;
  if (before.state === 'submitted') return next;
  return before.said_by !== 'signed' && said_by === 'signed' ? next : null;
}
