import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  foldHashes,
  inclusionPath,
  leafHash,
  makeFrontier,
  nodeHash,
  type ReadTile,
  rootOf,
  tileWidth,
} from './merkle.ts';

const leaves = Array.from({ length: 1500 }, (_, index) => leafHash(Buffer.from(`event ${index}`)));

/** The definition, word for word (RFC 6962 §2.1). */
function definedRoot(of: readonly Buffer[]): Buffer {
  if (of.length === 1) return of[0] ?? Buffer.alloc(0);
  const k = 2 ** Math.ceil(Math.log2(of.length) - 1);
  return nodeHash(definedRoot(of.slice(0, k)), definedRoot(of.slice(k)));
}

const readTile: ReadTile = async (level, place) => {
  const row = level === 0 ? leaves : wholeTiles();
  return Buffer.concat(row.slice(place * tileWidth, (place + 1) * tileWidth));
};

function wholeTiles(): Buffer[] {
  return Array.from({ length: Math.floor(leaves.length / tileWidth) }, (_, place) =>
    foldHashes(Buffer.concat(leaves.slice(place * tileWidth, (place + 1) * tileWidth))),
  );
}

/** RFC 9162 §2.1.3.2 */
function follow(index: number, size: number, path: readonly Buffer[]): Buffer {
  let [fn, sn, hash] = [index, size - 1, leaves[index] ?? Buffer.alloc(0)];
  for (const step of path) {
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(step, hash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1];
    } else hash = nodeHash(hash, step);
    [fn, sn] = [fn >> 1, sn >> 1];
  }
  return hash;
}

test('the root is the one that RFC 6962 defines, from rows of hashes and while growing', async () => {
  const frontier = makeFrontier();
  for (const [index, leaf] of leaves.slice(0, 600).entries()) {
    frontier.add(leaf);
    if (index % 37 !== 0 && index < 590) continue;
    const defined = definedRoot(leaves.slice(0, index + 1));
    assert.deepEqual(frontier.root(), defined);
    assert.deepEqual(await rootOf(readTile, index + 1), defined);
  }
});

test('the path of every event in every tree leads to its root', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: leaves.length }), fc.nat(), async (size, chance) => {
      const index = chance % size;
      const path = await inclusionPath(readTile, index, size);
      assert.deepEqual(follow(index, size, path), await rootOf(readTile, size));
    }),
  );
  await assert.rejects(inclusionPath(readTile, 5, 5), RangeError);
});
