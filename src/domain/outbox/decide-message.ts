import { type EvidenceTables, type Fact, record } from '#domain/evidence';
import { linksOf, type TrackingTables } from '#domain/tracking';
import { notify, type Tx } from '#stores/database';
import type { DeliveryState, Message } from './message.ts';
import {
  lockMessages,
  type MessageChange,
  type MessageKey,
  selectHeld,
  selectMessages,
  updateMessages,
  updateOverride,
} from './message-table.ts';
import { clearMisdirected } from './misdirected.ts';
import type { OutboxTables } from './outbox-tables.ts';
import { messagesDue } from './queue-messages.ts';

type DecisionTx = Tx<OutboxTables & EvidenceTables>;
type ReleaseTx = Tx<OutboxTables & EvidenceTables & TrackingTables>;

/** Who decides: a signed-in user, a program with a key, or what follows from an earlier decision by itself (`system`). */
export interface Decider {
  readonly actor: 'user' | 'program' | 'system';
  readonly id: string;
}

export type Decided =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly reason: DecisionRefusal };
export type DecisionRefusal = 'not_found' | 'not_held' | 'not_unconfirmed' | 'reason_missing';

/** Lets a held message go out now, with the reason that a person gives. */
export async function releaseMessage(
  tx: ReleaseTx,
  input: { companyId: string; messageId: string; reason: string; by: Decider },
  now: Date,
): Promise<Decided> {
  const message = await lockOne(tx, input.companyId, input.messageId);
  if (!message) return { ok: false, reason: 'not_found' };
  if (message.delivery !== 'held') return { ok: false, reason: 'not_held' };
  if (input.reason.trim() === '') return { ok: false, reason: 'reason_missing' };
  await updateOverride(tx, message.id, input.reason.trim());
  if (message.detail === 'misdirected') await saysMeant(tx, message);
  return decide(
    tx,
    message,
    {
      delivery: 'queued',
      detail: null,
      type: 'message.released',
      by: input.by,
      personal: { reason: input.reason.trim() },
    },
    now,
  );
}

/** Who lets it go to a mailbox that was said not to be meant has said that it is. */
async function saysMeant(tx: ReleaseTx, { id, companyId, address, documentId }: Message): Promise<void> {
  const [link] = await linksOf(tx, [id]);
  await clearMisdirected(tx, companyId, { address, documentIds: link?.documentIds ?? [documentId] });
}

/** Settles an unconfirmed message as a person decides: it has arrived (`delivered`), or it is sent `again`. */
export async function settleMessage(
  tx: DecisionTx,
  input: { companyId: string; messageId: string; as: 'delivered' | 'again'; by: Decider },
  now: Date,
): Promise<Decided> {
  const message = await lockOne(tx, input.companyId, input.messageId);
  if (!message) return { ok: false, reason: 'not_found' };
  if (message.delivery !== 'unconfirmed') return { ok: false, reason: 'not_unconfirmed' };
  // A person's word is not their server's: the message counts as handed off, not as accepted.
  const delivery = input.as === 'again' ? 'queued' : 'handed_off';
  return decide(
    tx,
    message,
    { delivery, detail: 'settled_by_person', type: 'message.settled', by: input.by, data: { as: input.as } },
    now,
  );
}

/** Takes back what has not left yet. Returns the messages that were canceled; those under way or gone stay as they are. */
export async function cancelMessages(
  tx: DecisionTx,
  companyId: string,
  which: MessageKey,
  by: Decider,
  now: Date,
): Promise<Message[]> {
  const found = await selectMessages(tx, companyId, which);
  const locked = [
    ...(
      await lockMessages(
        tx,
        found.map((message) => message.id),
      )
    ).values(),
  ];
  const canceled = locked.filter((message) =>
    ['scheduled', 'queued', 'deferred', 'held'].includes(message.delivery),
  );
  await updateMessages(
    tx,
    canceled.map((message) => changed(message, 'canceled', null, now)),
  );
  await record(
    tx,
    canceled.map((message) => fact(message, 'message.canceled', by, now)),
  );
  return canceled.map((message) => ({ ...message, delivery: 'canceled' }));
}

/**
 * Puts everything back into the queue that a sender's trouble held back, now that it is repaired: by a person, or seen by the `system`. Returns
 * how many.
 */
export async function releaseForSender(
  tx: DecisionTx,
  companyId: string,
  senderId: string,
  now: Date,
  actor: 'user' | 'system' = 'user',
): Promise<number> {
  const ids = await selectHeld(tx, companyId, senderId, 'sender_broken');
  const messages = [...(await lockMessages(tx, ids)).values()].filter(
    (message) => message.delivery === 'held',
  );
  await updateMessages(
    tx,
    messages.map((message) => changed(message, 'queued', null, now)),
  );
  await record(
    tx,
    messages.map((message) => fact(message, 'message.released', { actor, id: 'sender_repaired' }, now)),
  );
  await notify(tx, messagesDue, '');
  return messages.length;
}

async function lockOne(tx: DecisionTx, companyId: string, id: string): Promise<Message | null> {
  const message = (await lockMessages(tx, [id])).get(id);
  return message?.companyId === companyId ? message : null;
}

async function decide(
  tx: DecisionTx,
  message: Message,
  decision: {
    delivery: DeliveryState;
    detail: string | null;
    type: Fact['type'];
    by: Decider;
    data?: Fact['data'];
    personal?: Fact['personal'];
  },
  now: Date,
): Promise<Decided> {
  await updateMessages(tx, [changed(message, decision.delivery, decision.detail, now)]);
  await record(tx, [
    { ...fact(message, decision.type, decision.by, now, decision.data), personal: decision.personal },
  ]);
  await notify(tx, messagesDue, '');
  return {
    ok: true,
    message: { ...message, delivery: decision.delivery, detail: decision.detail, dueAt: now },
  };
}

function changed(message: Message, delivery: DeliveryState, detail: string | null, now: Date): MessageChange {
  const isDue = delivery === 'queued';
  // When it was due stays what it was for what has left: lists and figures put it under that day.
  return {
    id: message.id,
    delivery,
    detail,
    dueAt: isDue ? now : message.dueAt,
    settledAt: isDue ? null : now,
  };
}

function fact(message: Message, type: Fact['type'], by: Decider, at: Date, data: Fact['data'] = {}): Fact {
  return {
    type,
    companyId: message.companyId,
    dispatchId: message.dispatchId,
    messageId: message.id,
    documentId: message.documentId,
    at,
    actor: by.actor,
    data: { ...data, by: by.id },
  };
}
