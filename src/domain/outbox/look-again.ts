import type { AccountTables } from '#domain/accounts';
import { type EvidenceTables, type Fact, type FollowedEvent, follow, record } from '#domain/evidence';
import { wasConfirmedSince } from '#domain/payments';
import { linksOf, type TrackingTables } from '#domain/tracking';
import { type Database, notify, type Tx } from '#stores/database';
import { type ConditionTables, endsMessage } from './check-condition.ts';
import type { StopReason } from './condition.ts';
import { heldFact } from './lease-messages.ts';
import { selectLetters } from './letter-table.ts';
import { type Message, toSendAnew } from './message.ts';
import { lockMessages, updateMessages } from './message-table.ts';
import { messagesDue } from './queue-messages.ts';
import { type Leased, type Stop, settleStops, stopsNow } from './stop-messages.ts';
import { selectHeldFor } from './waiting-table.ts';

type AgainTables = ConditionTables & AccountTables & EvidenceTables & TrackingTables;

const batch = 1000;

/** For what a message is held because of its condition. */
const reasons: readonly StopReason[] = [
  'disputed',
  'payment_declared',
  'payment_seen',
  'credit_note',
  'first_failed',
  'bank_file_old',
];

/**
 * Looks again at messages that wait because of what is known about their documents, when something became known: what is paid or settled by
 * now ends with that reason; what waited for a line of the bank goes on its way once that line was put aside. Follows the log; returns how
 * many events there were. While another process is at it: 0, unless `busy` says to wait.
 */
export function followHeld(
  database: Database<AgainTables>,
  clock: () => Date,
  busy: 'skip' | 'wait' = 'skip',
): Promise<number> {
  return follow(database, { name: 'held messages', limit: batch, busy }, async (tx, events) => {
    const companyIds = new Set(events.filter(isNews).map((event) => event.companyId));
    for (const companyId of companyIds) await lookAgain(tx, companyId, clock());
  });
}

/** What may have changed whether a document is asked for; a message that was held while that was decided is looked at too. */
function isNews({ type, data }: FollowedEvent): boolean {
  if (type === 'message.held') return reasons.some((one) => one === data['reason']);
  return /^(payment|document|decision)\./.test(type);
}

async function lookAgain(tx: Tx<AgainTables>, companyId: string, now: Date): Promise<void> {
  const ids = await selectHeldFor(tx, companyId, reasons);
  const held = [...(await lockMessages(tx, ids)).values()].filter(isHeld);
  if (held.length === 0) return;
  const looked = await withMaterial(tx, held);
  const stops = await stopsNow(tx, looked, now);
  const byId = new Map(stops.map((stop) => [stop.message.id, stop]));
  const settled = stops.filter(isSettledBy);
  const free = looked.filter(({ message }) => isOfBank(message) && !byId.has(message.id));
  const anew: Stop[] = [];
  const going: Message[] = [];
  // A part was paid: its letter asks for too much, and is written anew.
  for (const { message, documentIds } of free)
    if (await wasConfirmedSince(tx, companyId, documentIds, message.createdAt))
      anew.push({ message, reason: toSendAnew, documents: new Map() });
    else going.push(message);
  const facts = await settleStops(tx, [...settled, ...anew], now);
  await updateMessages(
    tx,
    going.map(({ id }) => ({ id, delivery: 'queued', detail: null, dueAt: now, settledAt: null })),
  );
  await record(tx, [...facts, ...going.map((message) => releasedFact(message, now))]);
  if (going.length > 0) await notify(tx, messagesDue, '');
}

async function withMaterial(tx: Tx<AgainTables>, held: readonly Message[]): Promise<Leased[]> {
  const letters = await selectLetters(tx, [...new Set(held.map((message) => message.letterId))]);
  const links = await linksOf(
    tx,
    held.map((message) => message.id),
  );
  const letterOf = new Map(letters.map((letter) => [letter.id, letter]));
  const linkOf = new Map(links.map((link) => [link.messageId, link]));
  return held.map((message) => ({
    message,
    letter: letterOf.get(message.letterId),
    documentIds: linkOf.get(message.id)?.documentIds ?? [message.documentId],
  }));
}

function isHeld({ delivery, detail }: Message): boolean {
  return delivery === 'held' && reasons.some((one) => one === detail);
}

function isOfBank({ detail }: Pick<Message, 'detail'>): boolean {
  return detail === 'payment_seen';
}

/** What it waits for a person with stays his; only what ends the matter, or takes the place of a line of the bank, changes that. */
function isSettledBy({ message, reason }: Stop): boolean {
  if (isOfBank(message)) return reason !== 'payment_seen';
  return reason !== toSendAnew && endsMessage(reason);
}

function releasedFact(message: Message, at: Date): Fact {
  return { ...heldFact(message, 'payment_put_aside', at), type: 'message.released' };
}
