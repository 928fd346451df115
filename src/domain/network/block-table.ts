import { sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { NetworkTables } from './network-tables.ts';

type NetworkTx = Tx<NetworkTables>;

/** A company from which another one receives nothing. */
export interface Block {
  readonly fromId: string;
  readonly fromName: string;
  readonly blockedAt: Date;
}

/** Writes a block; false where it is there already. */
export async function insertBlock(
  tx: NetworkTx,
  block: Block & { readonly companyId: string; readonly by: string },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('network_blocks')
    .values({
      company_id: block.companyId,
      from_id: block.fromId,
      from_name: block.fromName,
      blocked_by: block.by,
      blocked_at: block.blockedAt,
    })
    .onConflict((conflict) => conflict.columns(['company_id', 'from_id']).doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Takes a block away and returns it; null where there was none. */
export async function deleteBlock(tx: NetworkTx, companyId: string, fromId: string): Promise<Block | null> {
  const row = await tx
    .deleteFrom('network_blocks')
    .where('company_id', '=', companyId)
    .where('from_id', '=', fromId)
    .returningAll()
    .executeTakeFirst();
  return row ? { fromId: row.from_id, fromName: row.from_name, blockedAt: row.blocked_at } : null;
}

/** From whom a company receives nothing, the newest first. */
export async function selectBlocks(tx: NetworkTx, companyId: string): Promise<Block[]> {
  const rows = await tx
    .selectFrom('network_blocks')
    .selectAll()
    .where('company_id', '=', companyId)
    .orderBy('blocked_at', 'desc')
    .orderBy('from_id')
    .execute();
  return rows.map((row) => ({ fromId: row.from_id, fromName: row.from_name, blockedAt: row.blocked_at }));
}

/**
 * Those of these companies that receive nothing from this one. The transaction says their ids first: without that, row-level security shows
 * a company its own blocks only (see `doors` in `secure-tables.ts`).
 */
export async function selectBlocking(
  tx: NetworkTx,
  fromId: string,
  companyIds: readonly string[],
): Promise<Set<string>> {
  if (companyIds.length === 0) return new Set();
  const say = (text: string) => sql`select set_config('envoi.network_partners', ${text}, true)`.execute(tx);
  await say(companyIds.join('\n'));
  const rows = await tx
    .selectFrom('network_blocks')
    .select('company_id')
    .where('from_id', '=', fromId)
    .where('company_id', 'in', [...companyIds])
    .execute();
  await say('');
  return new Set(rows.map((row) => row.company_id));
}
