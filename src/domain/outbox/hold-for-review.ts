import { after, day } from '#base/time';
import { type EvidenceTables, record } from '#domain/evidence';
import type { TrackingTables } from '#domain/tracking';
import { asWorker, type Database, type Tx } from '#stores/database';
import { giveBack } from './give-back-leases.ts';
import { heldFact } from './lease-messages.ts';
import { lockUnsettled, selectLost } from './lease-table.ts';
import { updateMessages } from './message-table.ts';
import type { OutboxTables } from './outbox-tables.ts';

type Tables = OutboxTables & EvidenceTables & TrackingTables;

/** Longer than any lease lasts. */
const everyLease = 3650 * day;

/**
 * After a restore: everything that was still to leave waits for a person, because it may have left since the backup was made. What was
 * being sent at that moment is settled as if its worker had died. Returns how many messages wait.
 */
export async function holdForReview(database: Database<Tables>, now: Date): Promise<number> {
  const atOnce = (tx: Tx<Tables>) => selectLost(tx, { now: after(now, everyLease) });
  while ((await asWorker(database, async (tx) => giveBack(tx, await atOnce(tx), now))) > 0);
  let held = 0;
  for (;;) {
    const count = await asWorker(database, (tx) => holdSome(tx, now));
    held += count;
    if (count === 0) return held;
  }
}

async function holdSome(tx: Tx<Tables>, now: Date): Promise<number> {
  const messages = await lockUnsettled(tx, 500);
  await updateMessages(
    tx,
    messages.map(({ id, dueAt }) => ({
      id,
      delivery: 'held',
      detail: 'needs_review',
      dueAt,
      settledAt: null,
    })),
  );
  await record(
    tx,
    messages.map((message) => heldFact(message, 'needs_review', now)),
  );
  return messages.length;
}
