import { newId } from '#base/ids';
import { after } from '#base/time';
import { type SuppressionTables, suppressionsOf } from '#domain/customers';
import { type EvidenceTables, type Fact, newestCheckpoint, record } from '#domain/evidence';
import { maySend, type Sender, type SenderTables, sendersByIds } from '#domain/senders';
import { type Link, linksOf, type TrackingTables } from '#domain/tracking';
import { addressKey } from '#mail/address';
import { asWorker, type Tx } from '#stores/database';
import { insertAttempts } from './attempt-table.ts';
import { leaseDue } from './lease-table.ts';
import { type Letter, selectLetters } from './letter-table.ts';
import { type ArchivedMail, selectMails } from './mail-table.ts';
import { type HoldReason, isAside, type Message } from './message.ts';
import { updateMessages } from './message-table.ts';
import { misdirectedBefore } from './misdirected.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxTables } from './outbox-tables.ts';
import { stopMessages } from './stop-messages.ts';

type LeaseTx = Tx<OutboxTables & SenderTables & TrackingTables & EvidenceTables & SuppressionTables>;

/** A message in a worker's hands, with everything that is needed to send it. */
export interface LeasedMessage {
  readonly message: Message;
  readonly attemptId: string;
  readonly letter: Letter;
  readonly sender: Sender;
  readonly link: Link;
  /** The mail of an earlier attempt: the same bytes go out again. */
  readonly archived: ArchivedMail | null;
  /** SHA-256 of the newest signed checkpoint of the log: the mail takes it to where we cannot change it. */
  readonly checkpoint: Buffer | null;
}

/**
 * Takes up to `limit` due messages and records an attempt for each, in one transaction and before anything is dialed.
 * Messages with a reason to wait for a person are held instead.
 */
export async function leaseMessages(
  outbox: Outbox,
  limit: number,
  busySenders: readonly string[],
): Promise<LeasedMessage[]> {
  const now = outbox.clock();
  const until = after(now, outbox.leaseMs);
  return asWorker(outbox.database, async (tx) => {
    const messages = await leaseDue(tx, { worker: outbox.worker, limit, now, until, busySenders });
    if (messages.length === 0) return [];
    const material = await readMaterial(tx, messages);
    const { stopped, facts } = await stopMessages(
      tx,
      messages.map((message) => ({
        message,
        letter: material.letters.get(message.letterId),
        documentIds: material.links.get(message.id)?.documentIds ?? [message.documentId],
      })),
      now,
    );
    const going = messages.filter((message) => !stopped.has(message.id));
    const { leased, held } = sort(going, material, now);
    await insertAttempts(
      tx,
      leased.map((one) => attemptRow(one, outbox.worker, now)),
    );
    await updateMessages(
      tx,
      held.map(({ message, reason }) => ({
        id: message.id,
        delivery: 'held',
        detail: reason,
        dueAt: message.dueAt,
        settledAt: null,
      })),
    );
    await record(tx, [...facts, ...held.map(({ message, reason }) => heldFact(message, reason, now))]);
    return leased;
  });
}

interface Material {
  readonly senders: ReadonlyMap<string, Sender>;
  readonly letters: ReadonlyMap<string, Letter>;
  readonly links: ReadonlyMap<string, Link>;
  readonly mails: ReadonlyMap<string, ArchivedMail>;
  readonly checkpoint: Buffer | null;
  /** Ids of the messages whose address may not be mailed. */
  readonly suppressed: ReadonlySet<string>;
  /** Ids of the messages whose mailbox is said not to be meant. */
  readonly misdirected: ReadonlySet<string>;
}

async function readMaterial(tx: LeaseTx, messages: readonly Message[]): Promise<Material> {
  const ids = messages.map((message) => message.id);
  const senders = await sendersByIds(tx, [...new Set(messages.map((message) => message.senderId))]);
  const letters = await selectLetters(tx, [...new Set(messages.map((message) => message.letterId))]);
  const links = new Map((await linksOf(tx, ids)).map((link) => [link.messageId, link]));
  return {
    senders: new Map(senders.map((sender) => [sender.id, sender])),
    letters: new Map(letters.map((letter) => [letter.id, letter])),
    links,
    mails: new Map((await selectMails(tx, ids)).map((mail) => [mail.message_id, mail])),
    checkpoint: (await newestCheckpoint(tx))?.note_hash ?? null,
    suppressed: await suppressedOf(tx, messages),
    misdirected: await misdirectedOf(tx, messages, links),
  };
}

/** A person's word (`overrideReason`) goes before the list. */
async function suppressedOf(tx: LeaseTx, messages: readonly Message[]): Promise<Set<string>> {
  const asked = messages.filter((message) => message.overrideReason === null);
  const found = new Set<string>();
  for (const companyId of new Set(asked.map((message) => message.companyId))) {
    const own = asked.filter((message) => message.companyId === companyId);
    const listed = await suppressionsOf(
      tx,
      companyId,
      own.map((message) => message.address),
    );
    for (const message of own) if (listed.has(addressKey(message.address))) found.add(message.id);
  }
  return found;
}

/** Nobody writes about a document again to the mailbox of somebody who said that he is not meant, before a person has looked. */
async function misdirectedOf(
  tx: LeaseTx,
  messages: readonly Message[],
  links: ReadonlyMap<string, Link>,
): Promise<Set<string>> {
  const asked = messages.filter((message) => message.overrideReason === null && !isAside(message));
  const found = new Set<string>();
  for (const companyId of new Set(asked.map((message) => message.companyId))) {
    const own = asked.filter((message) => message.companyId === companyId);
    const mails = own.map(({ id, address, documentId }) => ({
      address,
      documentIds: links.get(id)?.documentIds ?? [documentId],
    }));
    const before = await misdirectedBefore(tx, companyId, mails);
    for (const [n, message] of own.entries()) if (before[n]?.length) found.add(message.id);
  }
  return found;
}

function sort(messages: readonly Message[], material: Material, now: Date) {
  const leased: LeasedMessage[] = [];
  const held: { message: Message; reason: HoldReason }[] = [];
  for (const message of messages) {
    const sender = material.senders.get(message.senderId);
    const letter = material.letters.get(message.letterId);
    const link = material.links.get(message.id);
    const reason = reasonToHold(sender) ?? reasonOfMailbox(message, material);
    if (reason || !sender || !letter || !link) held.push({ message, reason: reason ?? 'cannot_compose' });
    else
      leased.push({
        message,
        attemptId: newId('attempt', now),
        letter,
        sender,
        link,
        archived: material.mails.get(message.id) ?? null,
        checkpoint: material.checkpoint,
      });
  }
  return { leased, held };
}

function reasonOfMailbox({ id }: Message, { suppressed, misdirected }: Material): HoldReason | null {
  if (suppressed.has(id)) return 'suppressed';
  return misdirected.has(id) ? 'misdirected' : null;
}

/** What keeps a sender's messages back until a person has done something. */
function reasonToHold(sender: Sender | undefined): HoldReason | null {
  if (!sender || sender.deletedAt) return 'sender_deleted';
  return maySend(sender) ? null : 'sender_broken';
}

export function heldFact(message: Message, reason: string, at: Date): Fact {
  return {
    type: 'message.held',
    companyId: message.companyId,
    dispatchId: message.dispatchId,
    messageId: message.id,
    documentId: message.documentId,
    at,
    actor: 'system',
    data: { reason, senderId: message.senderId },
  };
}

function attemptRow({ message, attemptId }: LeasedMessage, worker: string, now: Date) {
  return {
    id: attemptId,
    company_id: message.companyId,
    message_id: message.id,
    number: message.attemptCount,
    fence: message.fence,
    worker,
    started_at: now,
  };
}
