import { asWorker, type Database, type Tx } from '#stores/database';
import type { EvidenceTables } from './event-table.ts';
import { lockCursor, moveCursor } from './log-table.ts';
import { type FollowedEvent, selectFollowed } from './read-events-table.ts';

export interface Following {
  /** Whose cursor it is. */
  readonly name: string;
  /** Events in one transaction. */
  readonly limit: number;
  /** What to do while another process is at it; usually `skip`. */
  readonly busy?: 'skip' | 'wait';
  /** Whether `data` is to have the personal fields too. */
  readonly personal?: boolean;
}

/**
 * Hands the next events after the named cursor to `handle`, in the transaction that moves the cursor, so that each event
 * takes effect exactly once. Returns how many were handled; while another process is at it, it returns 0 or, when `busy` says
 * so, waits and goes on from there.
 */
export function follow<Tables extends EvidenceTables>(
  database: Database<Tables>,
  { name, limit, busy = 'skip', personal = false }: Following,
  handle: (tx: Tx<Tables>, events: readonly FollowedEvent[]) => Promise<void>,
): Promise<number> {
  return asWorker(database, async (tx) => {
    const own = tx as unknown as Tx<EvidenceTables>; // Tables has at least the tables of evidence
    const after = await lockCursor(own, name, busy);
    if (after === null) return 0;
    const events = await selectFollowed(own, { after, limit, personal });
    const last = events.at(-1)?.logIndex;
    if (!last) return 0;
    await handle(tx, events);
    await moveCursor(own, name, last);
    return events.length;
  });
}
