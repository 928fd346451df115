import { day } from '#base/time';
import type { Fact } from '#domain/evidence';
import { type EvidenceTables, record } from '#domain/evidence';
import { canceledAmong, cancelMessages, type Message, type OutboxTables } from '#domain/outbox';
import type { Tx } from '#stores/database';
import { about, type DecisionRefusal, queueReceipts } from './decide-delivery.ts';
import { type Delivery, etsi } from './delivery.ts';
import { lockDelivery, type RegisteredTables, updateDelivery } from './delivery-table.ts';
import { queueMails } from './mail-queue-table.ts';
import { lockWaiting, selectNoticesPutOff } from './waiting-table.ts';

export type WithdrawTx = Tx<RegisteredTables & EvidenceTables & OutboxTables>;

/** `canceled`: the notices that had not left and leave no more. */
export type Withdrawn =
  | { readonly ok: true; readonly canceled: readonly Message[] }
  | { readonly ok: false; readonly reason: DecisionRefusal };

/** Who takes back, and why where it follows from something else: the link was closed, or the address was wrong. */
export interface Withdrawal {
  readonly actor: 'user' | 'program';
  readonly by: string;
  readonly reason: 'links_closed' | 'address_corrected' | null;
}

/**
 * The sender takes back what was not handed over; a notice that has not left leaves no more. Refuses a delivery of another company, and one
 * that has come to its end.
 */
export async function withdrawDelivery(
  tx: WithdrawTx,
  of: { readonly companyId: string; readonly messageId: string; readonly by: string },
  now: Date,
): Promise<Withdrawn> {
  const delivery = await lockDelivery(tx, of.messageId);
  if (delivery?.companyId !== of.companyId) return { ok: false, reason: 'not_found' };
  if (delivery.state !== 'waiting') return { ok: false, reason: 'decided_before' };
  const how = { actor: 'user' as const, by: of.by, reason: null };
  return { ok: true, canceled: await endWithdrawn(tx, delivery, how, now) };
}

/**
 * Ends those of these messages' deliveries that still wait, in the transaction that closes their links: nobody can open their page any more,
 * and silence would prove nothing. Returns the notices that had not left and leave no more.
 */
export async function withdrawClosed(
  tx: WithdrawTx,
  messageIds: readonly string[],
  how: Withdrawal,
  now: Date,
): Promise<Message[]> {
  const canceled: Message[] = [];
  for (const delivery of await lockWaiting(tx, { kind: 'among', messageIds }, null))
    canceled.push(...(await endWithdrawn(tx, delivery, how, now)));
  return canceled;
}

/** Who never heard of it, as its notice did not leave, is told nothing of its end either. */
async function endWithdrawn(
  tx: WithdrawTx,
  delivery: Delivery,
  { actor, by, reason }: Withdrawal,
  now: Date,
): Promise<Message[]> {
  const { companyId, messageId } = delivery;
  await updateDelivery(tx, messageId, { state: 'withdrawn', decided_at: now });
  const canceled = await cancelMessages(tx, companyId, { ids: [messageId] }, { actor, id: by }, now);
  const isUnheard = (await canceledAmong(tx, [messageId])).has(messageId);
  if (isUnheard) await queueMails(tx, [receiptOf(delivery, now)]);
  else await queueReceipts(tx, delivery, 'withdrawn', now);
  const data = { by, ...(reason ? { reason } : {}), isNoticeCanceled: isUnheard };
  await record(tx, [withdrawnFact(delivery, actor, data, now)]);
  return canceled;
}

/** Longer than a server is tried for any mail (72 hours). */
const longestTry = 7 * day;

/**
 * Takes back the notices that were on their way when their deliveries were taken back, and were put off by the server: nothing is announced any
 * more. Returns how many.
 */
export async function cancelNoticesPutOff(tx: WithdrawTx, now: Date): Promise<number> {
  const found = await selectNoticesPutOff(tx, new Date(now.getTime() - longestTry), 50);
  for (const { companyId, messageId } of found)
    await cancelMessages(tx, companyId, { ids: [messageId] }, { actor: 'system', id: 'withdrawn' }, now);
  return found.length;
}

function receiptOf({ messageId, companyId }: Delivery, at: Date) {
  return { message_id: messageId, company_id: companyId, kind: 'withdrawn', side: 'sender' as const, at };
}

/** The event of a delivery that was taken back. */
export function withdrawnFact(delivery: Delivery, actor: Fact['actor'], data: Fact['data'], at: Date): Fact {
  return {
    ...about(delivery, at),
    type: 'content.withdrawn',
    actor,
    data: { ...data, etsi: etsi('ContentConsignmentFailure') },
  };
}
