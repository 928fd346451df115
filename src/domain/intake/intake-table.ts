import { sql } from 'kysely';
import { after, day } from '#base/time';
import type { Tx } from '#stores/database';

const keptFor = 400 * day; // the file of last year's invoice, dropped again by mistake, is still known

export interface IntakeTables {
  intakes: { company_id: string; key: Buffer; dispatch_id: string | null; created_at: Date };
  watch_settings: {
    company_id: string;
    user_id: string;
    send: 'never' | 'named' | 'always';
    changed_at: Date;
  };
}

type IntakeTx = Tx<IntakeTables>;

/**
 * Claims a thing that came in, in the transaction that does its work: true, or what became of it when it was claimed before. Whoever comes
 * second waits for the first one's end.
 */
export async function claimIntake(
  tx: IntakeTx,
  row: { readonly company_id: string; readonly key: Buffer; readonly created_at: Date },
): Promise<true | { readonly dispatchId: string | null }> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('intakes')
    .values({ ...row, dispatch_id: null })
    .onConflict((conflict) => conflict.columns(['company_id', 'key']).doNothing())
    .executeTakeFirst();
  if ((numInsertedOrUpdatedRows ?? 0n) > 0n) return true;
  const known = await tx
    .selectFrom('intakes')
    .select('dispatch_id')
    .where('company_id', '=', row.company_id)
    .where('key', '=', row.key)
    .executeTakeFirstOrThrow();
  return { dispatchId: known.dispatch_id };
}

export async function finishIntake(
  tx: IntakeTx,
  companyId: string,
  key: Buffer,
  dispatchId: string | null,
): Promise<void> {
  await tx
    .updateTable('intakes')
    .set({ dispatch_id: dispatchId })
    .where('company_id', '=', companyId)
    .where('key', '=', key)
    .execute();
}

/** Forgets what came in more than 400 days ago, of all companies that `tx` may see. */
export async function forgetIntakes(tx: IntakeTx, now: Date): Promise<void> {
  await sql`delete from intakes where created_at < ${after(now, -keptFor)}`.execute(tx);
}

export async function selectWatch(
  tx: IntakeTx,
  companyId: string,
): Promise<{ readonly send: 'never' | 'named' | 'always'; readonly userId: string } | null> {
  const row = await tx
    .selectFrom('watch_settings')
    .selectAll()
    .where('company_id', '=', companyId)
    .executeTakeFirst();
  return row ? { send: row.send, userId: row.user_id } : null;
}

export async function upsertWatch(
  tx: IntakeTx,
  row: { company_id: string; user_id: string; send: 'never' | 'named' | 'always'; changed_at: Date },
): Promise<void> {
  const { company_id: _company, ...change } = row;
  await tx
    .insertInto('watch_settings')
    .values(row)
    .onConflict((conflict) => conflict.column('company_id').doUpdateSet(change))
    .execute();
}
