import { checkStamp } from '#formats/proof';
import type { Tx } from '#stores/database';
import { readCheckpoint } from './checkpoint-note.ts';
import type { EvidenceTables } from './event-table.ts';
import { Broken } from './log-break.ts';
import {
  type Checkpoint,
  type Stamp,
  selectCheckpointOfHash,
  selectCheckpointsAfter,
  selectStampsOf,
  selectTiles,
} from './log-tree-table.ts';
import { leafHash, makeFrontier, tileWidth } from './merkle.ts';
import type { VerifyRow } from './verify-table.ts';

type VerifyTx = Tx<EvidenceTables>;

/** How much of the tree was checked. */
export interface TreeTally {
  checkpoints: number;
  stamps: number;
}

/** Compares the stored rows of the tree with what the events give. */
export function treeChecks(tx: VerifyTx, treeSize: number) {
  const open: Buffer[][] = [];
  const place: number[] = [];
  const due: DueTile[] = [];
  const note = (level: number): void => {
    const hashes = Buffer.concat(open[level] ?? []);
    due.push({ level, place: place[level] ?? 0, hashes, size: frontier.size });
  };
  const frontier = makeFrontier((level, hash) => {
    open[level] ??= [];
    open[level].push(hash);
    if (open[level].length < tileWidth) return;
    if (frontier.size <= treeSize) note(level);
    open[level] = [];
    place[level] = (place[level] ?? 0) + 1;
  });
  return {
    /** Of the events so far; what the stored rows say is compared first. */
    root: async (): Promise<Buffer> => {
      await compareTiles(tx, due.splice(0));
      return frontier.root();
    },
    add: (row: VerifyRow): void => {
      frontier.add(leafHash(row.raw));
      // The rows at the right edge are not full.
      if (frontier.size === treeSize)
        for (const [level, row] of open.entries()) if (row && row.length > 0) note(level);
    },
    /** Compares what has come together since the last time. */
    compare: () => compareTiles(tx, due.splice(0)),
    end: (): void => {
      if (frontier.size < treeSize) throw new Broken('event_missing', { logIndex: frontier.size + 1 });
    },
  };
}

/** A row of the tree as the events give it, known with the event at `size`. */
interface DueTile {
  readonly level: number;
  readonly place: number;
  readonly hashes: Buffer;
  readonly size: number;
}

async function compareTiles(tx: VerifyTx, due: readonly DueTile[]): Promise<void> {
  if (due.length === 0) return;
  const stored = await selectTiles(tx, due);
  for (const { level, place, hashes, size } of due)
    if (!stored.get(`${level}/${place}`)?.equals(hashes))
      throw new Broken('tree_differs', { logIndex: size, part: `${level}/${place}` });
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
  let ahead: Checkpoint[] = [];
  let stamps: readonly Stamp[] = [];
  let isRead = false;
  const readOn = async (size: number): Promise<void> => {
    ahead = await selectCheckpointsAfter(tx, size - 1, checkpointsAtOnce);
    stamps = await selectStampsOf(
      tx,
      ahead.map((one) => one.size),
    );
    isRead = ahead.length < checkpointsAtOnce;
  };
  return {
    at: async (size: number, root: () => Promise<Buffer>): Promise<void> => {
      if (outside?.size === size && !outside.root.equals(await root()))
        throw new Broken('outside_differs', { logIndex: size });
      if (ahead.length === 0 && !isRead) await readOn(size);
      const [checkpoint] = ahead;
      if (checkpoint?.size !== size) return;
      ahead.shift();
      const own = stamps.filter((stamp) => stamp.size === size);
      await checkCheckpoint({ checkpoint, stamps: own }, await root(), verifiers, tally);
    },
    end: (size: number): void => {
      if (ahead[0] && ahead[0].size > size) throw new Broken('event_missing', { logIndex: size + 1 });
      if (outside && outside.size > size) throw new Broken('log_rolled_back', { logIndex: outside.size });
    },
  };
}

const checkpointsAtOnce = 100;

async function checkCheckpoint(
  { checkpoint, stamps }: { readonly checkpoint: Checkpoint; readonly stamps: readonly Stamp[] },
  root: Buffer,
  verifiers: readonly string[],
  tally: TreeTally,
): Promise<void> {
  const { size } = checkpoint;
  const said = readCheckpoint(checkpoint.note, verifiers);
  if (!said) throw new Broken('checkpoint_unsigned', { logIndex: size });
  if (said.size !== size || !said.root.equals(checkpoint.root) || !root.equals(checkpoint.root))
    throw new Broken('checkpoint_differs', { logIndex: size });
  for (const stamp of stamps) {
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
