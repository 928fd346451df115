import { type AccountTables, getCompany } from '#domain/accounts';
import type { Fact } from '#domain/evidence';
import type { Tx } from '#stores/database';
import { type ConditionTables, endsMessage, reasonsToStop, type StopReason } from './check-condition.ts';
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
  const stopped = new Map<string, { message: Message; reason: StopReason }>();
  const companyIds = new Set(leased.flatMap((one) => (one.letter?.condition ? [one.message.companyId] : [])));
  for (const companyId of companyIds) {
    const own = leased.filter((one) => one.message.companyId === companyId && one.letter?.condition);
    const reasons = await reasonsOf(tx, companyId, own, now);
    own.forEach(({ message }, n) => {
      const reason = reasons[n];
      if (reason && (endsMessage(reason) || message.overrideReason === null))
        stopped.set(message.id, { message, reason });
    });
  }
  const all = [...stopped.values()];
  await updateMessages(
    tx,
    all.map((one) => changeOf(one, now)),
  );
  return { stopped: new Set(stopped.keys()), facts: all.map((one) => factOf(one, now)) };
}

async function reasonsOf(
  tx: Tx<ConditionTables & AccountTables>,
  companyId: string,
  leased: readonly Leased[],
  now: Date,
): Promise<(StopReason | null)[]> {
  const company = await getCompany(tx, companyId);
  const zone = company?.timeZone ?? 'UTC';
  const asked = leased.flatMap(({ message: { dispatchId }, letter, documentIds }) =>
    letter?.condition ? [{ companyId, dispatchId, documentIds, condition: letter.condition, zone }] : [],
  );
  return reasonsToStop(tx, asked, now);
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
