import { sha256 } from '#base/crypto';
import { hour } from '#base/time';
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
  covered: number;
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
  checkHash(checkpoint);
  if (said.size !== size || !said.root.equals(checkpoint.root) || !root.equals(checkpoint.root))
    throw new Broken('checkpoint_differs', { logIndex: size });
  for (const stamp of stamps) {
    const isSound = await checkStamp(stamp.token, Buffer.from(checkpoint.note)).catch(() => null);
    if (!isSound) throw new Broken('stamp_wrong', { logIndex: size, part: stamp.service });
    tally.stamps += 1;
  }
  tally.checkpoints += 1;
  tally.covered = size;
}

/** Checkpoints are found by this column: one under the hash of another would stand in for it. */
function checkHash({ size, note, note_hash }: Checkpoint): void {
  if (!sha256(note).equals(note_hash)) throw new Broken('checkpoint_hash_differs', { logIndex: size });
}

/** A checkpoint is made every half minute: for so long the log cannot have grown without one while a worker ran. */
const mostUncoveredMs = hour;

/**
 * Finds that the newest checkpoints are gone: events lie uncovered though the log went on for long after them. Told by the times of the events
 * alone, so that a log at rest, whose last events nobody has signed, is none such; one that tells of the past counts as young as those before it.
 */
export function tailChecks() {
  let newest = 0;
  let open: { readonly at: number; readonly logIndex: number | null } | null = null;
  return {
    add: ({ at, log_index: logIndex }: Pick<VerifyRow, 'at' | 'log_index'>): void => {
      newest = Math.max(newest, at.getTime());
      open ??= { at: newest, logIndex };
    },
    /** A checkpoint covers everything up to here. */
    covered: (): void => {
      open = null;
    },
    end: (): void => {
      if (open && newest - open.at > mostUncoveredMs)
        throw new Broken('checkpoint_missing', { logIndex: open.logIndex });
    },
  };
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
  checkHash(known);
  const said = readCheckpoint(known.note, verifiers);
  if (!said) throw new Broken('checkpoint_unsigned', { logIndex: known.size });
  return said;
}
