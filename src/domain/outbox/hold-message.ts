import { record } from '#domain/evidence';
import { asWorker } from '#stores/database';
import { endAttempts } from './attempt-table.ts';
import { heldFact, type LeasedMessage } from './lease-messages.ts';
import type { HoldReason } from './message.ts';
import { lockMessages, updateMessages } from './message-table.ts';
import type { Outbox } from './outbox.ts';

/** Lets a leased message wait for a person, with the reason; its attempt ends without having dialed. */
export async function holdMessage(outbox: Outbox, leased: LeasedMessage, reason: HoldReason): Promise<void> {
  const now = outbox.clock();
  await asWorker(outbox.database, async (tx) => {
    const message = (await lockMessages(tx, [leased.message.id])).get(leased.message.id);
    if (message?.delivery !== 'sending' || message.fence !== leased.message.fence) return;
    await endAttempts(tx, [{ ...nothingSaid, id: leased.attemptId, outcome: 'lost', problem: reason }], now);
    await updateMessages(tx, [
      { id: message.id, delivery: 'held', detail: reason, dueAt: message.dueAt, settledAt: null },
    ]);
    await record(tx, [heldFact(message, reason, now)]);
  });
}

/** An attempt in which no server was spoken with. */
export const nothingSaid = {
  problem: null,
  step: null,
  code: null,
  enhanced: null,
  reply: null,
  host: null,
  ip: null,
  tls: null,
  tlsGivenUp: null,
  dns: null,
} as const;
