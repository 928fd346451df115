import { sha256 } from '#base/crypto';
import { asWorker, type Database } from '#stores/database';
import type { LogKey } from '#stores/keys';
import { signCheckpoint } from './checkpoint-note.ts';
import type { EvidenceTables } from './event-table.ts';
import { growTree } from './grow-tree.ts';
import {
  type Checkpoint,
  insertCheckpoint,
  lockTree,
  selectNewestCheckpoint,
  tileReader,
} from './log-tree-table.ts';
import { rootOf } from './merkle.ts';
import { sequence } from './sequence.ts';

/**
 * Takes what is committed into log and tree and signs a checkpoint over it, unless the newest covers it already. Returns the newest;
 * null for a log without events.
 */
export async function makeCheckpoint(
  database: Database<EvidenceTables>,
  key: LogKey,
  now: Date,
): Promise<Checkpoint | null> {
  await sequence(database);
  await growTree(database);
  return asWorker(database, async (tx) => {
    const size = await lockTree(tx);
    const newest = await selectNewestCheckpoint(tx);
    if (size === (newest?.size ?? 0)) return newest;
    const root = await rootOf(tileReader(tx), size);
    const note = signCheckpoint(key, size, root);
    const checkpoint = { size, root, note, note_hash: sha256(note), made_at: now };
    await insertCheckpoint(tx, checkpoint);
    return checkpoint;
  });
}
