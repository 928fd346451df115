import { sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { RegisteredTables } from './delivery-table.ts';

type RegisteredTx = Tx<RegisteredTables>;

/** Lets one transaction at a time count this key, over all processes. */
export async function lockAsks(tx: RegisteredTx, key: Buffer): Promise<void> {
  await sql`select pg_advisory_xact_lock(${key.readBigInt64BE(0).toString()}::bigint)`.execute(tx);
}

export async function countAsks(tx: RegisteredTx, key: Buffer, since: Date): Promise<number> {
  const row = await tx
    .selectFrom('portal_asks')
    .select((all) => all.fn.countAll<number>().as('count'))
    .where('key', '=', key)
    .where('at', '>', since)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Notes one more, and forgets all from before `since`. */
export async function insertAsk(tx: RegisteredTx, key: Buffer, at: Date, since: Date): Promise<void> {
  await tx.deleteFrom('portal_asks').where('at', '<', since).execute();
  await tx.insertInto('portal_asks').values({ key, at }).execute();
}
