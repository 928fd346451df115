import { type AccountTables, getCompany } from '#domain/accounts';
import type { Fact } from '#domain/evidence';
import type { Tx } from '#stores/database';
import { type ConditionTables, endsMessage, reasonToStop, type StopReason } from './check-condition.ts';
import type { Letter } from './letter-table.ts';
import type { Message } from './message.ts';
import { type MessageChange, updateMessages } from './message-table.ts';

interface Leased {
  readonly message: Message;
  readonly letter: Letter | undefined;
  readonly documentIds: readonly string[];
}

/**
 * Looks, in the transaction that records the attempts, whether the conditions of these messages still hold; those whose do not are
 * canceled or held with the reason. What a person has released is held no more, but nobody who has paid is asked again.
 * Returns the ids of the stopped messages and the facts to record.
 */
export async function stopMessages(
  tx: Tx<ConditionTables & AccountTables>,
  leased: readonly Leased[],
  now: Date,
): Promise<{ readonly stopped: ReadonlySet<string>; readonly facts: readonly Fact[] }> {
  const reasons = new Map<string, StopReason | null>();
  const stopped = new Map<string, { message: Message; reason: StopReason }>();
  for (const { message, letter, documentIds } of leased) {
    if (!letter?.condition) continue;
    if (!reasons.has(message.dispatchId)) {
      const company = await getCompany(tx, message.companyId);
      const { companyId, dispatchId } = message;
      const { condition } = letter;
      const zone = company?.timeZone ?? 'UTC';
      const which = { companyId, dispatchId, documentIds, condition, zone };
      reasons.set(dispatchId, await reasonToStop(tx, which, now));
    }
    const reason = reasons.get(message.dispatchId) ?? null;
    if (reason && (endsMessage(reason) || message.overrideReason === null))
      stopped.set(message.id, { message, reason });
  }
  const all = [...stopped.values()];
  await updateMessages(
    tx,
    all.map((one) => changeOf(one, now)),
  );
  return { stopped: new Set(stopped.keys()), facts: all.map((one) => factOf(one, now)) };
}

function changeOf({ message, reason }: { message: Message; reason: StopReason }, now: Date): MessageChange {
  const isEnd = endsMessage(reason);
  return {
    id: message.id,
    delivery: isEnd ? 'canceled' : 'held',
    detail: reason,
    dueAt: message.dueAt,
    settledAt: isEnd ? now : null,
  };
}

function factOf({ message, reason }: { message: Message; reason: StopReason }, at: Date): Fact {
  return {
    type: endsMessage(reason) ? 'message.canceled' : 'message.held',
    companyId: message.companyId,
    dispatchId: message.dispatchId,
    messageId: message.id,
    documentId: message.documentId,
    at,
    actor: 'system',
    data: { reason, senderId: message.senderId },
  };
}
