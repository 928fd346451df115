import { type EvidenceTables, type Fact, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import { heldFact } from './lease-messages.ts';
import { type Message, toSendAnew } from './message.ts';
import { updateMessages, updateOverride } from './message-table.ts';
import type { OutboxTables } from './outbox-tables.ts';
import { lockToSendAnew, updateSentAnew } from './send-anew-table.ts';

type AnewTx = Tx<OutboxTables & EvidenceTables>;

/**
 * Takes the mails of one dispatch that are to be written anew, because a document of them was settled in the last second. Others of that
 * dispatch that still wait are canceled with them, so that all recipients get the same letter. Empty when there is nothing to do.
 */
export async function takeToSendAnew(tx: AnewTx, companyId: string, now: Date): Promise<Message[]> {
  const messages = await lockToSendAnew(tx, companyId);
  const waiting = messages.filter((message) => message.delivery !== 'canceled');
  await updateMessages(
    tx,
    waiting.map(({ id, dueAt }) => ({
      ...{ id, dueAt },
      delivery: 'canceled',
      detail: toSendAnew,
      settledAt: now,
    })),
  );
  await record(
    tx,
    waiting.map(
      (message): Fact => ({
        ...heldFact(message, toSendAnew, now),
        type: 'message.canceled',
      }),
    ),
  );
  return messages;
}

/** What became of taken mails: others went out in their place, it ends with a reason, or it waits for a person. */
export type AnewEnd =
  | { readonly kind: 'sent'; readonly messages: readonly Message[] }
  | { readonly kind: 'ended'; readonly reason: string }
  | { readonly kind: 'held'; readonly reason: string };

/** Notes what became of them. What a person has released stays released in the mail that took its place. */
export async function endSendAnew(
  tx: AnewTx,
  companyId: string,
  taken: readonly Message[],
  end: AnewEnd,
  now: Date,
): Promise<void> {
  const ids = taken.map((message) => message.id);
  if (end.kind === 'ended') return updateSentAnew(tx, companyId, ids, end.reason);
  if (end.kind === 'held') return hold(tx, taken, end.reason, now);
  await updateSentAnew(tx, companyId, ids);
  for (const message of end.messages) {
    const before = taken.find((one) => one.role === message.role && one.address === message.address);
    if (before?.overrideReason) await updateOverride(tx, message.id, before.overrideReason);
  }
}

async function hold(tx: AnewTx, messages: readonly Message[], reason: string, now: Date): Promise<void> {
  await updateMessages(
    tx,
    messages.map(({ id, dueAt }) => ({
      ...{ id, dueAt },
      delivery: 'held',
      detail: reason,
      settledAt: null,
    })),
  );
  await record(
    tx,
    messages.map((message) => heldFact(message, reason, now)),
  );
}
