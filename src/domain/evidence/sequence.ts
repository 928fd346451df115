import { asWorker, type Database, notify } from '#stores/database';
import type { EvidenceTables } from './event-table.ts';
import { appendToLog } from './log-table.ts';

/** The channel on which the sequencer says that the log has grown. */
export const logGrew = 'envoi_log';

const batch = 2000; // about 60 ms here; larger batches would hold the head row longer than a reader likes to wait

/**
 * Gives all committed events their place in the log and returns how many got one. Several processes may call it at once:
 * they take turns. Readers that must see what was committed just now call it before they read.
 */
export async function sequence(database: Database<EvidenceTables>): Promise<number> {
  let total = 0;
  for (;;) {
    const placed = await asWorker(database, async (tx) => {
      const count = await appendToLog(tx, batch);
      if (count > 0) await notify(tx, logGrew, '');
      return count;
    });
    total += placed;
    if (placed < batch) return total;
  }
}
