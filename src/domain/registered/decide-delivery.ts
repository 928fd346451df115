import { sha256 } from '#base/crypto';
import type { EvidenceTables, Fact } from '#domain/evidence';
import { record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import { verifiedBy } from './code.ts';
import { type Delegate, delegateFacts } from './delegate.ts';
import { selectDelegate } from './delegate-table.ts';
import { type CodeChannel, codeLevel, type Delivery, etsi, isLate, isOpen } from './delivery.ts';
import { lockDelivery, type RegisteredTables, updateDelivery } from './delivery-table.ts';
import { queueMails } from './mail-queue-table.ts';

type DecideTx = Tx<RegisteredTables & EvidenceTables>;

export type DecisionRefusal = 'not_found' | 'not_verified' | 'decided_before' | 'too_late';
export type Decided =
  | { readonly ok: true; readonly delivery: Delivery }
  | { readonly ok: false; readonly reason: DecisionRefusal };

export interface Decision {
  readonly messageId: string;
  /** Whose link it is, where a delegate answers; absent: the recipient's. */
  readonly linkMessageId?: string;
  readonly session: string;
  readonly decision: 'accepted' | 'refused';
  /** The words that were shown beside the button. */
  readonly statement: string;
  readonly reason?: string;
  /** The visitor's network, as far as it is kept. */
  readonly network: string | null;
}

const mostReason = 2000;

/**
 * Records that the recipient accepts or refuses: once, with a browser that has shown the code, until the deadline; what is said exactly at
 * its end is in time. Receipts to both sides are queued.
 */
export async function decideDelivery(tx: DecideTx, of: Decision, now: Date): Promise<Decided> {
  const delivery = await lockDelivery(tx, of.messageId);
  if (delivery?.service !== 'registered') return { ok: false, reason: 'not_found' };
  const holder = await holderOf(tx, of, now);
  if (!holder) return { ok: false, reason: 'not_verified' };
  const by = delegateFacts(holder.delegate);
  if (delivery.state === 'expired') return { ok: false, reason: 'too_late' };
  if (delivery.state !== 'waiting') return { ok: false, reason: 'decided_before' };
  if (isLate(delivery, now)) return { ok: false, reason: 'too_late' };
  await updateDelivery(tx, of.messageId, {
    state: of.decision,
    decided_at: now,
    decided_by: holder.delegate?.linkMessageId ?? null,
    decided_with: holder.channel,
  });
  await queueReceipts(tx, delivery, of.decision, now, holder.delegate);
  const reason = of.reason?.trim().slice(0, mostReason);
  await record(tx, [
    {
      ...about(delivery, now),
      type: `decision.${of.decision}`,
      actor: 'person',
      data: {
        statementSha256: sha256(of.statement).toString('hex'),
        documents: (delivery.content ?? []).map((one) => ({ id: one.documentId, sha256: one.sha256 })),
        level: codeLevel(holder.channel),
        ...by.data,
        etsi: etsi(of.decision === 'accepted' ? 'ConsignmentAcceptance' : 'ConsignmentRejection'),
      },
      personal: {
        statement: of.statement,
        network: of.network,
        ...by.personal,
        ...(reason ? { reason } : {}),
      },
    },
  ]);
  return { ok: true, delivery: { ...delivery, state: of.decision, decidedAt: now } };
}

/** Records, before a byte of it leaves, that the content goes to a browser that has shown the code, within the days of the delivery. */
export async function handOver(
  tx: DecideTx,
  of: {
    readonly messageId: string;
    readonly linkMessageId?: string;
    readonly session: string;
    readonly documentId: string;
    readonly network: string | null;
  },
  now: Date,
): Promise<Decided> {
  const delivery = await lockDelivery(tx, of.messageId);
  if (!delivery) return { ok: false, reason: 'not_found' };
  const holder = await holderOf(tx, of, now);
  if (!holder) return { ok: false, reason: 'not_verified' };
  const by = delegateFacts(holder.delegate);
  if (delivery.state === 'expired' || isLate(delivery, now)) return { ok: false, reason: 'too_late' };
  if (!isOpen(delivery, now)) return { ok: false, reason: 'decided_before' };
  const part = delivery.content?.find((one) => one.documentId === of.documentId);
  if (!part) return { ok: false, reason: 'not_found' };
  const isFirst = delivery.handedOverAt === null;
  if (isFirst) {
    const state = delivery.service === 'confidential' ? ('opened' as const) : delivery.state;
    await updateDelivery(tx, of.messageId, {
      state,
      handed_over_at: now,
      handed_over_to: holder.delegate?.linkMessageId ?? null,
      handed_over_with: holder.channel,
    });
    await queueReceipts(tx, delivery, 'opened', now, holder.delegate);
  }
  await record(tx, [
    {
      ...about(delivery, now),
      ...(delivery.documentIds.includes(of.documentId) ? { documentId: of.documentId } : {}),
      type: isFirst ? 'content.handed_over' : 'content.downloaded',
      actor: 'person',
      data: {
        sha256: part.sha256,
        bytes: part.bytes,
        level: codeLevel(holder.channel),
        ...by.data,
        etsi: etsi(isFirst ? 'ContentHandover' : 'ContentAccessTracking'),
      },
      personal: { network: of.network, ...by.personal },
    },
  ]);
  return { ok: true, delivery };
}

/** Who has shown the code here, and how it had come: the recipient, or a delegate of this very delivery who was not taken back. Null: nobody. */
async function holderOf(
  tx: DecideTx,
  of: { readonly messageId: string; readonly linkMessageId?: string; readonly session: string },
  now: Date,
): Promise<{ readonly delegate: Delegate | null; readonly channel: CodeChannel } | null> {
  const linkMessageId = of.linkMessageId ?? of.messageId;
  const channel = await verifiedBy(tx, linkMessageId, of.session, now);
  if (!channel) return null;
  if (linkMessageId === of.messageId) return { delegate: null, channel };
  const delegate = await selectDelegate(tx, linkMessageId);
  return delegate && delegate.messageId === of.messageId && !delegate.endedAt ? { delegate, channel } : null;
}

/** A receipt of the same fact for both sides, and for the delegate who acted. */
export function queueReceipts(
  tx: DecideTx,
  delivery: Delivery,
  kind: string,
  at: Date,
  delegate: Delegate | null = null,
): Promise<void> {
  const row = { message_id: delivery.messageId, company_id: delivery.companyId, kind, at };
  return queueMails(tx, [
    { ...row, side: 'sender' },
    { ...row, side: 'recipient' },
    ...(delegate ? [{ ...row, side: 'delegate' as const }] : []),
  ]);
}

export function about(
  delivery: Delivery,
  at: Date,
): Pick<Fact, 'companyId' | 'dispatchId' | 'messageId' | 'documentId' | 'at'> {
  const { companyId, dispatchId, messageId, documentIds } = delivery;
  return { companyId, dispatchId, messageId, documentId: documentIds[0] ?? null, at };
}
