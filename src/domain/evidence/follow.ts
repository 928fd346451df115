import { asWorker, type Database, type Tx } from '#stores/database';
import type { RecordedEvent } from './event.ts';
import { type EvidenceTables, lockCursor, moveCursor, selectEvents } from './event-table.ts';

/**
 * Hands the next events after the named cursor to `handle`, in the transaction that moves the cursor, so that each event
 * takes effect exactly once. Returns how many were handled; 0 also while another process is at it.
 */
export function follow<Tables extends EvidenceTables>(
  database: Database<Tables>,
  name: string,
  limit: number,
  handle: (tx: Tx<Tables>, events: readonly RecordedEvent[]) => Promise<void>,
): Promise<number> {
  return asWorker(database, async (tx) => {
    const own = tx as unknown as Tx<EvidenceTables>; // Tables has at least the tables of evidence
    const after = await lockCursor(own, name);
    if (after === null) return 0;
    const events = await selectEvents(own, { kind: 'after', logIndex: after, limit });
    const last = events.at(-1)?.logIndex;
    if (!last) return 0;
    await handle(tx, events);
    await moveCursor(own, name, last);
    return events.length;
  });
}
