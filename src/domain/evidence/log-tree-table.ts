import { type Selectable, sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { ReadTile } from './merkle.ts';

export interface LogTreeTables {
  log_tiles: { level: number; place: number; hashes: Buffer };
  log_tree: { size: number };
  log_checkpoints: { size: number; root: Buffer; note: string; note_hash: Buffer; made_at: Date };
  /** `stamped_at` is when the token came, by our clock; the time that counts stands in the token. */
  log_stamps: { size: number; service: string; token: Buffer; stamped_at: Date };
}

export type Checkpoint = Selectable<LogTreeTables['log_checkpoints']>;
export type Stamp = Selectable<LogTreeTables['log_stamps']>;

type TreeTx = Tx<LogTreeTables>;

/** Locks the tree until the transaction ends and returns its size. */
export async function lockTree(tx: TreeTx): Promise<number> {
  const row = await tx.selectFrom('log_tree').select('size').forUpdate().executeTakeFirstOrThrow();
  return row.size;
}

/** The size of the tree, without waiting for anybody. */
export async function selectTreeSize(tx: TreeTx): Promise<number> {
  const row = await tx.selectFrom('log_tree').select('size').executeTakeFirstOrThrow();
  return row.size;
}

export async function updateTreeSize(tx: TreeTx, size: number): Promise<void> {
  await tx.updateTable('log_tree').set({ size }).execute();
}

export async function selectTile(tx: TreeTx, level: number, place: number): Promise<Buffer | null> {
  const row = await tx
    .selectFrom('log_tiles')
    .select('hashes')
    .where('level', '=', level)
    .where('place', '=', place)
    .executeTakeFirst();
  return row?.hashes ?? null;
}

/** Several rows of the tree by `level/place`; those that are not there are left out. */
export async function selectTiles(
  tx: TreeTx,
  asked: readonly { readonly level: number; readonly place: number }[],
): Promise<Map<string, Buffer>> {
  const { rows } = await sql<LogTreeTables['log_tiles']>`
    select log_tiles.* from log_tiles join unnest(${asked.map((one) => one.level)}::int[],
      ${asked.map((one) => one.place)}::bigint[]) as asked (level, place) using (level, place)`.execute(tx);
  return new Map(rows.map((row) => [`${row.level}/${row.place}`, row.hashes]));
}

/** Reads rows of the tree, each once. */
export function tileReader(tx: TreeTx): ReadTile {
  const known = new Map<string, Promise<Buffer>>();
  return (level, place) => {
    const key = `${level}/${place}`;
    const tile =
      known.get(key) ??
      selectTile(tx, level, place).then((found) => {
        if (!found) throw new Error('The tree of the log is incomplete.');
        return found;
      });
    known.set(key, tile);
    return tile;
  };
}

export async function writeTiles(tx: TreeTx, tiles: readonly LogTreeTables['log_tiles'][]): Promise<void> {
  await sql`
    insert into log_tiles (level, place, hashes)
    select * from unnest(${tiles.map((tile) => tile.level)}::int[], ${tiles.map((tile) => tile.place)}::bigint[],
      ${tiles.map((tile) => tile.hashes)}::bytea[])
    on conflict (level, place) do update set hashes = excluded.hashes`.execute(tx);
}

export async function insertCheckpoint(tx: TreeTx, checkpoint: Checkpoint): Promise<void> {
  await tx.insertInto('log_checkpoints').values(checkpoint).execute();
}

export async function selectNewestCheckpoint(tx: TreeTx): Promise<Checkpoint | null> {
  const found = await tx
    .selectFrom('log_checkpoints')
    .selectAll()
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  return found ?? null;
}

/** The checkpoint whose note has this SHA-256, as mails carry it. */
export async function selectCheckpointOfHash(tx: TreeTx, hash: Buffer): Promise<Checkpoint | null> {
  const found = await tx
    .selectFrom('log_checkpoints')
    .selectAll()
    .where('note_hash', '=', hash)
    .executeTakeFirst();
  return found ?? null;
}

export async function selectCheckpointsAfter(tx: TreeTx, size: number, limit: number): Promise<Checkpoint[]> {
  return tx
    .selectFrom('log_checkpoints')
    .selectAll()
    .where('size', '>', size)
    .orderBy('size')
    .limit(limit)
    .execute();
}

export async function insertStamp(tx: TreeTx, stamp: Stamp): Promise<void> {
  await tx
    .insertInto('log_stamps')
    .values(stamp)
    .onConflict((conflict) => conflict.columns(['size', 'service']).doNothing())
    .execute();
}

export async function selectStamps(tx: TreeTx, size: number): Promise<Stamp[]> {
  return tx.selectFrom('log_stamps').selectAll().where('size', '=', size).orderBy('service').execute();
}

export async function selectStampsOf(tx: TreeTx, sizes: readonly number[]): Promise<Stamp[]> {
  if (sizes.length === 0) return [];
  return tx
    .selectFrom('log_stamps')
    .selectAll()
    .where('size', 'in', sizes)
    .orderBy('size')
    .orderBy('service')
    .execute();
}
