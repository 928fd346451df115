import { sha256 } from '#base/crypto';

/** Hashes of one row of the tree: 256 at most, 32 bytes each, one after the other. */
export const tileWidth = 256;
export const hashBytes = 32;

/** The hash of an event in the tree (RFC 6962 §2.1): the prefix keeps leaves and inner nodes apart. */
export function leafHash(raw: Uint8Array): Buffer {
  return sha256(Buffer.concat([leafPrefix, raw]));
}

/** The hash of an inner node (RFC 6962 §2.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(Buffer.concat([nodePrefix, left, right]));
}

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** Of a tree without leaves: SHA-256 of nothing (RFC 6962 §2.1). */
export const emptyRoot = sha256('');

/** Gives the row of hashes at a level (0: leaves, 1: subtrees of 256 leaves …) and place; throws when it is missing. */
export type ReadTile = (level: number, place: number) => Promise<Buffer>;

/** The root of the tree of the first `size` events. */
export function rootOf(readTile: ReadTile, size: number): Promise<Buffer> {
  return size === 0 ? Promise.resolve(emptyRoot) : rangeHash(readTile, 0, size);
}

/**
 * The hashes that lead from the event at `index` (counted from 0) to the root of the tree of `size` events, from below
 * (RFC 6962 §2.1.1). Throws on an index outside of the tree.
 */
export async function inclusionPath(readTile: ReadTile, index: number, size: number): Promise<Buffer[]> {
  if (index < 0 || index >= size) throw new RangeError('This event is not in this tree.');
  const path: Buffer[] = [];
  for (let [from, to] = [0, size]; to - from > 1; ) {
    const middle = from + leftSize(to - from);
    if (index < middle) {
      path.unshift(await rangeHash(readTile, middle, to));
      to = middle;
    } else {
      path.unshift(await rangeHash(readTile, from, middle));
      from = middle;
    }
  }
  return path;
}

/** The hash of the events from `from` up to `to`, where `from` is a multiple of the power of two that holds the rest. */
async function rangeHash(readTile: ReadTile, from: number, to: number): Promise<Buffer> {
  const size = to - from;
  if (isPowerOfTwo(size)) return subtreeHash(readTile, Math.log2(size), from / size);
  const middle = from + leftSize(size);
  return nodeHash(await rangeHash(readTile, from, middle), await rangeHash(readTile, middle, to));
}

/** The hash of the whole subtree of 2^height events at `place`: stored, or folded from a part of one row. */
async function subtreeHash(readTile: ReadTile, height: number, place: number): Promise<Buffer> {
  const level = Math.floor(height / 8);
  const count = 2 ** (height % 8);
  const first = place * count;
  const tile = await readTile(level, Math.floor(first / tileWidth));
  const start = (first % tileWidth) * hashBytes;
  return foldHashes(tile.subarray(start, start + count * hashBytes));
}

/** The root of as many hashes as a power of two says. Throws when the row is too short. */
export function foldHashes(hashes: Buffer): Buffer {
  const count = hashes.length / hashBytes;
  if (!isPowerOfTwo(count)) throw new Error('The tree of the log is incomplete.');
  if (count === 1) return hashes;
  const half = hashes.length / 2;
  return nodeHash(foldHashes(hashes.subarray(0, half)), foldHashes(hashes.subarray(half)));
}

/** The largest power of two that is smaller (RFC 6962 §2.1). */
function leftSize(size: number): number {
  return 2 ** Math.ceil(Math.log2(size) - 1);
}

function isPowerOfTwo(count: number): boolean {
  return Number.isInteger(Math.log2(count));
}

/** A tree that is only added to and asked for its root: as many hashes in memory as the size has binary digits. */
export interface Frontier {
  size: number;
  add(leaf: Buffer): void;
  root(): Buffer;
}

/** `onRow` is told each hash that belongs into a row of the tree as soon as it is known: leaves at level 0, roots of 256 of them at level 1 … */
export function makeFrontier(onRow: (level: number, hash: Buffer) => void = () => undefined): Frontier {
  /** Roots of whole subtrees from left to right, with their heights. */
  const whole: { height: number; hash: Buffer }[] = [];
  return {
    size: 0,
    add(leaf) {
      let [height, hash] = [0, leaf];
      this.size += 1;
      onRow(0, leaf);
      for (let last = whole.at(-1); last?.height === height; last = whole.at(-1)) {
        whole.pop();
        hash = nodeHash(last.hash, hash);
        height += 1;
        if (height % 8 === 0) onRow(height / 8, hash);
      }
      whole.push({ height, hash });
    },
    root: () =>
      whole.length === 0
        ? emptyRoot
        : whole.map((one) => one.hash).reduceRight((right, left) => nodeHash(left, right)),
  };
}
