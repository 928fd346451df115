import { asWorker, type Database } from '#stores/database';
import type { EvidenceTables } from './event-table.ts';
import { selectRaw } from './log-table.ts';
import { type LogTreeTables, lockTree, selectTile, updateTreeSize, writeTiles } from './log-tree-table.ts';
import { foldHashes, hashBytes, leafHash, tileWidth } from './merkle.ts';

const batch = 5000; // about 50 ms here

/** Takes all events that have their place in the log into the tree and returns its size. Processes take turns. */
export async function growTree(database: Database<EvidenceTables>): Promise<number> {
  for (;;) {
    const { size, grown } = await asWorker(database, async (tx) => {
      const before = await lockTree(tx);
      const leaves = (await selectRaw(tx, before, batch)).map(leafHash);
      if (leaves.length === 0) return { size: before, grown: 0 };
      const edge = await readEdge((level, place) => selectTile(tx, level, place), before);
      await writeTiles(tx, appendLeaves(edge, leaves));
      await updateTreeSize(tx, before + leaves.length);
      return { size: before + leaves.length, grown: leaves.length };
    });
    if (grown < batch) return size;
  }
}

/** The rows at the right edge that have room left, by level. */
type Edge = { place: number; hashes: Buffer[] }[];

async function readEdge(
  read: (level: number, place: number) => Promise<Buffer | null>,
  size: number,
): Promise<Edge> {
  const edge: Edge = [];
  for (let [level, count] = [0, size]; count > 0; level += 1, count = Math.floor(count / tileWidth)) {
    const place = Math.floor(count / tileWidth);
    const tile = count % tileWidth === 0 ? null : await read(level, place);
    edge.push({ place, hashes: tile ? splitHashes(tile) : [] });
  }
  return edge;
}

/** Puts leaves onto the edge; returns every row that was begun, continued or filled. */
function appendLeaves(edge: Edge, leaves: readonly Buffer[]): LogTreeTables['log_tiles'][] {
  const written = new Map<string, LogTreeTables['log_tiles']>();
  const note = (level: number, { place, hashes }: Edge[number]): void => {
    written.set(`${level}/${place}`, { level, place, hashes: Buffer.concat(hashes) });
  };
  const touched = new Set<number>();
  const add = (level: number, hash: Buffer): void => {
    edge[level] ??= { place: 0, hashes: [] };
    const row = edge[level];
    row.hashes.push(hash);
    touched.add(level);
    if (row.hashes.length < tileWidth) return;
    note(level, row);
    edge[level] = { place: row.place + 1, hashes: [] };
    add(level + 1, foldHashes(Buffer.concat(row.hashes)));
  };
  for (const leaf of leaves) add(0, leaf);
  for (const level of touched) {
    const row = edge[level];
    if (row && row.hashes.length > 0) note(level, row);
  }
  return [...written.values()];
}

function splitHashes(tile: Buffer): Buffer[] {
  return Array.from({ length: tile.length / hashBytes }, (_, index) =>
    tile.subarray(index * hashBytes, (index + 1) * hashBytes),
  );
}
