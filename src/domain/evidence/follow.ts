import { asWorker, type Database, type Tx } from '#stores/database';
import type { RecordedEvent } from './event.ts';
import { type EvidenceTables, selectEvents } from './event-table.ts';
import { lockCursor, moveCursor } from './log-table.ts';

/**
 * Hands the next events after the named cursor to `handle`, in the transaction that moves the cursor, so that each event
 * takes effect exactly once. Returns how many were handled; while another process is at it, it returns 0 or, when `busy` says
 * so, waits and goes on from there.
 */
export function follow<Tables extends EvidenceTables>(
  database: Database<Tables>,
  name: string,
  limit: number,
  handle: (tx: Tx<Tables>, events: readonly RecordedEvent[]) => Promise<void>,
  busy: 'skip' | 'wait' = 'skip',
): Promise<number> {
  return asWorker(database, async (tx) => {
    const own = tx as unknown as Tx<EvidenceTables>; // Tables has at least the tables of evidence
    const after = await lockCursor(own, name, busy);
    if (after === null) return 0;
    const events = await selectEvents(own, { kind: 'after', logIndex: after, limit });
    const last = events.at(-1)?.logIndex;
    if (!last) return 0;
    await handle(tx, events);
    await moveCursor(own, name, last);
    return events.length;
  });
}
