import { sha256 } from '#base/crypto';
import { checkStamp } from '#formats/proof';
import { asWorker, type Database } from '#stores/database';
import type { EvidenceTables } from './event-table.ts';
import { insertStamp, selectNewestCheckpoint, selectStamps } from './log-tree-table.ts';

/** A service that vouches for the time: its address, and how it is asked about a SHA-256. Throws when it does not answer. */
export interface StampService {
  readonly url: string;
  readonly ask: (digest: Uint8Array) => Promise<Uint8Array>;
}

/**
 * Has the newest checkpoint stamped by every service that has not done so. One stamp covers everything before it, so older
 * checkpoints are not asked for again. A token that does not hold for the checkpoint is not kept. Returns what went wrong, by the address of the service; the others have answered.
 */
export async function stampCheckpoint(
  database: Database<EvidenceTables>,
  services: readonly StampService[],
  now: () => Date,
): Promise<ReadonlyMap<string, unknown>> {
  const failures = new Map<string, unknown>();
  const open = await asWorker(database, async (tx) => {
    const newest = await selectNewestCheckpoint(tx);
    return newest ? { newest, done: await selectStamps(tx, newest.size) } : null;
  });
  if (!open) return failures;
  const { newest, done } = open;
  for (const { url, ask } of services) {
    if (done.some((stamp) => stamp.service === url)) continue;
    try {
      const token = Buffer.from(await ask(sha256(newest.note)));
      await checkStamp(token, Buffer.from(newest.note));
      const stamp = { size: newest.size, service: url, token, stamped_at: now() };
      await asWorker(database, (tx) => insertStamp(tx, stamp));
    } catch (error) {
      failures.set(url, error);
    }
  }
  return failures;
}
