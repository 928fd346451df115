import { checkStamp } from '#formats/proof';
import type { Tx } from '#stores/database';
import { readCheckpoint } from './checkpoint-note.ts';
import type { EvidenceTables } from './event-table.ts';
import { Broken } from './log-break.ts';
import {
  type Checkpoint,
  selectCheckpointOfHash,
  selectCheckpointsAfter,
  selectStamps,
  selectTile,
} from './log-tree-table.ts';
import { foldHashes, leafHash, makeFrontier, tileWidth } from './merkle.ts';
import type { VerifyRow } from './verify-table.ts';

type VerifyTx = Tx<EvidenceTables>;

/** How much of the tree was checked. */
export interface TreeTally {
  checkpoints: number;
  stamps: number;
}

/** Compares the stored rows of the tree with what the events give. */
export function treeChecks(tx: VerifyTx, treeSize: number) {
  const frontier = makeFrontier();
  const open: Buffer[][] = [];
  const place: number[] = [];
  const compare = async (level: number, hashes: readonly Buffer[]): Promise<void> => {
    const tile = await selectTile(tx, level, place[level] ?? 0);
    if (!tile?.equals(Buffer.concat(hashes)))
      throw new Broken('tree_differs', { logIndex: frontier.size, part: `${level}/${place[level] ?? 0}` });
  };
  const push = async (level: number, hash: Buffer): Promise<void> => {
    open[level] ??= [];
    const row = open[level];
    row.push(hash);
    if (row.length < tileWidth) return;
    await compare(level, row);
    open[level] = [];
    place[level] = (place[level] ?? 0) + 1;
    await push(level + 1, foldHashes(Buffer.concat(row)));
  };
  return {
    root: () => frontier.root(),
    add: async (row: VerifyRow): Promise<void> => {
      const leaf = leafHash(row.raw);
      frontier.add(leaf);
      if (frontier.size <= treeSize) await push(0, leaf);
    },
    end: async (): Promise<void> => {
      if (frontier.size < treeSize) throw new Broken('event_missing', { logIndex: frontier.size + 1 });
      for (const [level, row] of open.entries()) if (row && row.length > 0) await compare(level, row);
    },
  };
}

interface Expected {
  readonly size: number;
  readonly root: Buffer;
}

/** Compares each checkpoint, and the one from outside, with the root at its size. */
export function checkpointChecks(
  tx: VerifyTx,
  verifiers: readonly string[],
  outside: Expected | null,
  tally: TreeTally,
) {
  let ahead: Checkpoint[] | null = null;
  const next = async (size: number): Promise<Checkpoint | undefined> => {
    if (ahead === null || ahead.length === 0) ahead = await selectCheckpointsAfter(tx, size - 1, 100);
    return ahead[0];
  };
  let isDone = false;
  return {
    at: async (size: number, root: () => Buffer): Promise<void> => {
      if (outside?.size === size && !outside.root.equals(root()))
        throw new Broken('outside_differs', { logIndex: size });
      if (isDone) return;
      const checkpoint = await next(size);
      if (!checkpoint) isDone = true;
      if (checkpoint?.size !== size) return;
      ahead?.shift();
      await checkCheckpoint(tx, checkpoint, root(), verifiers, tally);
    },
    end: (size: number): void => {
      if (ahead?.[0] && ahead[0].size > size) throw new Broken('event_missing', { logIndex: size + 1 });
      if (outside && outside.size > size) throw new Broken('log_rolled_back', { logIndex: outside.size });
    },
  };
}

async function checkCheckpoint(
  tx: VerifyTx,
  checkpoint: Checkpoint,
  root: Buffer,
  verifiers: readonly string[],
  tally: TreeTally,
): Promise<void> {
  const { size } = checkpoint;
  const said = readCheckpoint(checkpoint.note, verifiers);
  if (!said) throw new Broken('checkpoint_unsigned', { logIndex: size });
  if (said.size !== size || !said.root.equals(checkpoint.root) || !root.equals(checkpoint.root))
    throw new Broken('checkpoint_differs', { logIndex: size });
  for (const stamp of await selectStamps(tx, size)) {
    const isSound = await checkStamp(stamp.token, Buffer.from(checkpoint.note)).catch(() => null);
    if (!isSound) throw new Broken('stamp_wrong', { logIndex: size, part: stamp.service });
    tally.stamps += 1;
  }
  tally.checkpoints += 1;
}

/** The checkpoint that was kept elsewhere, given as a note or by its hash. */
export async function readOutside(
  tx: VerifyTx,
  outside: string,
  verifiers: readonly string[],
): Promise<Expected> {
  const hash = /^[A-Za-z0-9_-]{43}$/.exec(outside.trim())?.[0];
  if (!hash) {
    const said = readCheckpoint(outside, verifiers);
    if (!said) throw new Broken('outside_unsigned');
    return said;
  }
  const known = await selectCheckpointOfHash(tx, Buffer.from(hash, 'base64url'));
  if (!known) throw new Broken('outside_unknown');
  return known;
}
