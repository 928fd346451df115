import { type AccountTables, getCompany } from '#domain/accounts';
import type { Fact } from '#domain/evidence';
import type { Tx } from '#stores/database';
import { type ConditionTables, endsMessage, type Stops, stopsOf } from './check-condition.ts';
import type { StopReason } from './condition.ts';
import type { Letter } from './letter-table.ts';
import { type Message, toSendAnew } from './message.ts';
import { type MessageChange, updateMessages } from './message-table.ts';

/** A message with what its condition is about. */
export interface Leased {
  readonly message: Message;
  readonly letter: Letter | undefined;
  readonly documentIds: readonly string[];
}

/** What keeps a message from leaving as it is. */
export interface Stop {
  readonly message: Message;
  readonly reason: StopReason | typeof toSendAnew;
  /** The documents because of which, and why of each. */
  readonly documents: Stops['documents'];
}

/**
 * Looks, in the transaction that records the attempts, whether the conditions of these messages still hold; those whose do not are
 * canceled or held with the reason. A mail of which only some documents are stopped is canceled too, and is to be sent anew without them:
 * the letter stays as it was written. What a person has released is held no more, but nobody who has paid is asked again.
 * Returns the ids of the stopped messages and the facts to record.
 */
export async function stopMessages(
  tx: Tx<ConditionTables & AccountTables>,
  leased: readonly Leased[],
  now: Date,
): Promise<{ readonly stopped: ReadonlySet<string>; readonly facts: readonly Fact[] }> {
  const stops = await stopsNow(tx, leased, now);
  const facts = await settleStops(tx, stops, now);
  return { stopped: new Set(stops.map(({ message }) => message.id)), facts };
}

/** What keeps each of these messages from leaving now; those that nothing keeps are left out. Changes nothing. */
export async function stopsNow(
  tx: Tx<ConditionTables & AccountTables>,
  leased: readonly Leased[],
  now: Date,
): Promise<Stop[]> {
  const stopped: Stop[] = [];
  const companyIds = new Set(leased.flatMap((one) => (one.letter?.condition ? [one.message.companyId] : [])));
  for (const companyId of companyIds) {
    const own = leased.filter((one) => one.message.companyId === companyId && one.letter?.condition);
    const stops = await stopsOfCompany(tx, companyId, own, now);
    stopped.push(...own.flatMap((one, n) => stopOf(one, stops[n]) ?? []));
  }
  return stopped;
}

/** Cancels or holds these messages with their reasons. Returns the facts to record. */
export async function settleStops(
  tx: Tx<ConditionTables>,
  stops: readonly Stop[],
  now: Date,
): Promise<readonly Fact[]> {
  await updateMessages(
    tx,
    stops.map((one) => changeOf(one, now)),
  );
  return stops.map((one) => factOf(one, now));
}

async function stopsOfCompany(
  tx: Tx<ConditionTables & AccountTables>,
  companyId: string,
  leased: readonly Leased[],
  now: Date,
): Promise<Stops[]> {
  const company = await getCompany(tx, companyId);
  const zone = company?.timeZone ?? 'UTC';
  const asked = leased.flatMap(({ message: { dispatchId }, letter, documentIds }) =>
    letter?.condition ? [{ companyId, dispatchId, documentIds, condition: letter.condition, zone }] : [],
  );
  return stopsOf(tx, asked, now);
}

function stopOf({ message, documentIds }: Leased, stops: Stops | undefined): Stop | null {
  const isReleased = message.overrideReason !== null;
  const counts = (reason: StopReason): boolean => !isReleased || endsMessage(reason);
  const documents = new Map([...(stops?.documents ?? [])].filter(([, reason]) => counts(reason)));
  const reasons = [...documents.values()];
  const [first] = reasons;
  if (first && documentIds.every((id) => documents.has(id)))
    // One that a person may release keeps all of them waiting.
    return { message, documents, reason: reasons.find((one) => !endsMessage(one)) ?? first };
  const whole = stops?.whole ?? null;
  if (whole && counts(whole)) return { message, documents: new Map(), reason: whole };
  return first ? { message, documents, reason: toSendAnew } : null;
}

function isEnd(reason: Stop['reason']): boolean {
  return reason === toSendAnew || endsMessage(reason);
}

function changeOf({ message, reason }: Stop, now: Date): MessageChange {
  return {
    id: message.id,
    delivery: isEnd(reason) ? 'canceled' : 'held',
    detail: reason,
    dueAt: message.dueAt,
    settledAt: isEnd(reason) ? now : null,
  };
}

function factOf({ message, reason, documents }: Stop, at: Date): Fact {
  return {
    type: isEnd(reason) ? 'message.canceled' : 'message.held',
    companyId: message.companyId,
    dispatchId: message.dispatchId,
    messageId: message.id,
    documentId: message.documentId,
    at,
    actor: 'system',
    data: {
      reason,
      senderId: message.senderId,
      documents: [...documents].map(([id, why]) => ({ id, reason: why })),
    },
  };
}
