import type { EvidenceTables } from '#domain/evidence';
import { type Fact, record } from '#domain/evidence';
import { markHandedOver, type TrackingTables } from '#domain/tracking';
import { asWorker, type Tx } from '#stores/database';
import { endAttempts } from './attempt-table.ts';
import { nothingSaid } from './hold-message.ts';
import { extendLeases, type OpenLease, selectLost } from './lease-table.ts';
import { updateMessages } from './message-table.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxTables } from './outbox-tables.ts';

/**
 * The reaper: leases that ran out go back to the queue; those whose dot may have been sent become `unconfirmed`, and count as
 * handed over for whoever opens them. Nothing is ever deleted. Returns how many there were.
 */
export function giveBackLostLeases(outbox: Outbox): Promise<number> {
  const now = outbox.clock();
  return asWorker(outbox.database, async (tx) => giveBack(tx, await selectLost(tx, { now }), now));
}

/** Gives back the leases of messages that this worker has not begun to send, when it stops. */
export function giveBackOwnLeases(outbox: Outbox, messageIds: readonly string[]): Promise<number> {
  const now = outbox.clock();
  return asWorker(outbox.database, async (tx) =>
    giveBack(tx, await selectLost(tx, { worker: outbox.worker, ids: messageIds }), now),
  );
}

/** The heartbeat: lengthens the leases of the messages that this worker is busy with. */
export function keepLeases(outbox: Outbox, messageIds: readonly string[]): Promise<void> {
  const until = new Date(outbox.clock().getTime() + outbox.leaseMs);
  return asWorker(outbox.database, (tx) => extendLeases(tx, outbox.worker, messageIds, until));
}

/** Settles leases that nobody holds any more. */
export async function giveBack(
  tx: Tx<OutboxTables & EvidenceTables & TrackingTables>,
  lost: readonly OpenLease[],
  now: Date,
): Promise<number> {
  if (lost.length === 0) return 0;
  await endAttempts(
    tx,
    lost.flatMap((one) =>
      one.attemptId
        ? [{ ...nothingSaid, id: one.attemptId, outcome: 'lost' as const, problem: 'worker_lost' }]
        : [],
    ),
    now,
  );
  await updateMessages(
    tx,
    lost.map(({ message, dotSent }) => ({
      id: message.id,
      delivery: dotSent ? 'unconfirmed' : 'queued',
      detail: 'worker_lost',
      dueAt: now,
      settledAt: dotSent ? now : null,
    })),
  );
  await markHandedOver(
    tx,
    lost.filter((one) => one.dotSent).map((one) => one.message.id),
    now,
  );
  await record(
    tx,
    lost.map((one) => givenBackFact(one, now)),
  );
  return lost.length;
}

function givenBackFact({ message, dotSent }: OpenLease, at: Date): Fact {
  return {
    type: dotSent ? 'message.unconfirmed' : 'message.requeued',
    companyId: message.companyId,
    dispatchId: message.dispatchId,
    messageId: message.id,
    documentId: message.documentId,
    at,
    actor: 'system',
    data: { attempt: message.attemptCount, problem: 'worker_lost' },
  };
}
