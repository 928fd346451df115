import { Hono } from 'hono';
import { minute } from '#base/time';
import { listWorkers, oldestDueMs } from '#domain/outbox';
import { asWorker, isMigrated } from '#stores/database';
import type { Installation } from './installation.ts';
import { makeMetrics } from './metrics.ts';

/** What is wrong with the installation just now, as stable words; empty when nothing is. */
export type Trouble =
  | 'database_unreachable'
  | 'not_migrated'
  | 'disk_full'
  | 'worker_stopped'
  | 'queue_stuck';

const leastFreeBytes = 200 * 2 ** 20; // below 200 MiB the database may stop for want of room
const stuckAfter = 10 * minute; // every due message is tried within seconds; ten minutes late means that nobody tries
const silentAfter = minute; // a worker says every ten seconds that it is alive

/** Looks at database, disk, workers and queue. */
export async function findTroubles(
  installation: Pick<Installation, 'database' | 'files' | 'clock'>,
): Promise<Trouble[]> {
  const { database, files, clock } = installation;
  const now = clock();
  try {
    if (!(await isMigrated(database))) return ['not_migrated'];
    const { workers, oldest } = await asWorker(database, async (tx) => ({
      workers: await listWorkers(tx),
      oldest: await oldestDueMs(tx, now),
    }));
    const free = await files.freeBytes();
    const alive = workers.some(
      (worker) => worker.roles.includes('worker') && now.getTime() - worker.seenAt.getTime() < silentAfter,
    );
    return [
      ...(free !== null && free < leastFreeBytes ? (['disk_full'] as const) : []),
      ...(alive ? [] : (['worker_stopped'] as const)),
      ...((oldest ?? 0) > stuckAfter ? (['queue_stuck'] as const) : []),
    ];
  } catch {
    return ['database_unreachable'];
  }
}

/** `/healthz`: the process is up. `/readyz`: it can work, or what is wrong. `/metrics`: figures for Prometheus. */
export function makeHealth(installation: Installation): Hono {
  const app = new Hono();
  const metrics = makeMetrics(installation);
  app.get('/healthz', (c) => c.json({ status: 'up' }));
  app.get('/readyz', async (c) => {
    const troubles = await findTroubles(installation);
    return c.json(
      { status: troubles.length === 0 ? 'ready' : 'not_ready', troubles },
      troubles.length === 0 ? 200 : 503,
    );
  });
  app.get('/metrics', async (c) =>
    c.text(await metrics.metrics(), 200, { 'content-type': metrics.contentType }),
  );
  return app;
}
