import type { Tx } from '#stores/database';
import type { OutboxTables } from './outbox-tables.ts';

/** A process that works for the installation; it says every few seconds that it is alive. */
export interface WorkerSign {
  readonly id: string;
  readonly roles: readonly string[];
  readonly startedAt: Date;
  readonly seenAt: Date;
}

export async function noteWorker(
  tx: Tx<OutboxTables>,
  worker: { id: string; roles: readonly string[] },
  now: Date,
): Promise<void> {
  await tx
    .insertInto('workers')
    .values({ id: worker.id, roles: [...worker.roles], started_at: now, seen_at: now })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen_at: now }))
    .execute();
}

export async function forgetWorkers(
  tx: Tx<OutboxTables>,
  gone: { id: string } | { before: Date },
): Promise<void> {
  const rows = tx.deleteFrom('workers');
  await ('id' in gone ? rows.where('id', '=', gone.id) : rows.where('seen_at', '<', gone.before)).execute();
}

export async function listWorkers(tx: Tx<OutboxTables>): Promise<WorkerSign[]> {
  const rows = await tx.selectFrom('workers').selectAll().orderBy('started_at').execute();
  return rows.map((row) => ({
    id: row.id,
    roles: row.roles,
    startedAt: row.started_at,
    seenAt: row.seen_at,
  }));
}
