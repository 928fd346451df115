import { newId } from '#base/ids';
import type { EvidenceTables, Fact } from '#domain/evidence';
import { notify, type Tx } from '#stores/database';
import { insertLetters, type Letter } from './letter-table.ts';
import type { Message, Role } from './message.ts';
import { insertMessages } from './message-table.ts';
import type { OutboxTables } from './outbox-tables.ts';

/** The channel on which workers hear that something may be due. */
export const messagesDue = 'envoi_due';

export interface Recipient {
  readonly role: Role;
  readonly name: string;
  readonly address: string;
}

export interface Queueing {
  readonly letter: Letter;
  readonly documentId: string;
  readonly senderId: string;
  readonly recipients: readonly Recipient[];
  /** When the mails may leave; later than `now` for a scheduled send or an undo delay. */
  readonly dueAt: Date;
  /** Domain of the Message-IDs. */
  readonly mailDomain: string;
}

export interface Queued {
  readonly messages: Message[];
  readonly facts: Fact[];
}

/**
 * Makes one message per recipient and puts it into the queue. Returns the messages and the facts to be recorded about them,
 * so that the caller writes them together with its own.
 */
export async function queueMessages(
  tx: Tx<OutboxTables & EvidenceTables>,
  queueing: Queueing,
  now: Date,
): Promise<Queued> {
  const [queued] = await queueMany(tx, [queueing], now);
  return queued ?? { messages: [], facts: [] };
}

/** The same for many letters, in their order and in as many statements as for one. */
export async function queueMany(
  tx: Tx<OutboxTables & EvidenceTables>,
  queueings: readonly Queueing[],
  now: Date,
): Promise<Queued[]> {
  if (queueings.length === 0) return [];
  const queued = queueings.map((queueing) =>
    queueing.recipients.map((recipient, position) => newMessage(queueing, recipient, position, now)),
  );
  await insertLetters(
    tx,
    queueings.map((one) => one.letter),
  );
  await insertMessages(tx, queued.flat());
  await notify(tx, messagesDue, '');
  return queued.map((messages) => ({
    messages,
    facts: messages.map((message) => queuedFact(message, now)),
  }));
}

function newMessage(queueing: Queueing, recipient: Recipient, position: number, now: Date): Message {
  const id = newId('message', now);
  return {
    id,
    companyId: queueing.letter.companyId,
    dispatchId: queueing.letter.dispatchId,
    letterId: queueing.letter.id,
    documentId: queueing.documentId,
    senderId: queueing.senderId,
    role: recipient.role,
    position,
    name: recipient.name,
    address: recipient.address,
    delivery: queueing.dueAt > now ? 'scheduled' : 'queued',
    detail: null,
    dueAt: queueing.dueAt,
    attemptCount: 0,
    firstTriedAt: null,
    fence: 0,
    internetId: `${id.toLowerCase()}@${queueing.mailDomain}`,
    overrideReason: null,
    replacedBy: null,
    settledAt: null,
    createdAt: now,
  };
}

function queuedFact(message: Message, at: Date): Fact {
  return {
    type: 'message.queued',
    companyId: message.companyId,
    dispatchId: message.dispatchId,
    messageId: message.id,
    documentId: message.documentId,
    at,
    actor: 'system',
    data: { role: message.role, dueAt: message.dueAt.toISOString() },
    personal: { recipient: message.address },
  };
}
