import { sql } from 'kysely';
import type { Tx } from '#stores/database';

export interface PlanUseTables {
  plan_use: { company_id: string; since: Date; messages: number; told: number };
}

/** What a company has used of its month; `told` is of how many per cent its owners were told. */
export interface MonthUse {
  readonly messages: number;
  readonly told: number;
}

type UseTx = Tx<PlanUseTables>;
type Whose = { readonly companyId: string; readonly since: Date };

/** What was counted of the month that began at `since`; null: not counted yet. Changes and locks nothing. */
export async function selectUse(tx: UseTx, { companyId, since }: Whose): Promise<MonthUse | null> {
  const row = await tx
    .selectFrom('plan_use')
    .select(['messages', 'told'])
    .where('company_id', '=', companyId)
    .where('since', '=', since)
    .executeTakeFirst();
  return row ?? null;
}

/** The same, locked until the transaction ends: who comes second counts on from what the first has used. */
export async function lockUse(tx: UseTx, { companyId, since }: Whose): Promise<MonthUse | null> {
  const row = await tx
    .selectFrom('plan_use')
    .select(['messages', 'told', 'since'])
    .where('company_id', '=', companyId)
    .forUpdate()
    .executeTakeFirst();
  return row && row.since.getTime() === since.getTime() ? { messages: row.messages, told: row.told } : null;
}

/** Makes sure that there is a row to lock, before anything is counted. */
export async function insertUse(tx: UseTx, companyId: string): Promise<void> {
  await sql`insert into plan_use (company_id, since, messages) values (${companyId}, 'epoch', 0)
    on conflict do nothing`.execute(tx);
}

export async function updateUse(tx: UseTx, { companyId, since }: Whose, use: MonthUse): Promise<void> {
  await tx
    .updateTable('plan_use')
    .set({ since, messages: use.messages, told: use.told })
    .where('company_id', '=', companyId)
    .execute();
}

/** Gives back what was taken of the month in which `of` lies; nothing where that month is not counted (any more). */
export async function returnUse(tx: UseTx, companyId: string, of: Date, messages: number): Promise<void> {
  await sql`update plan_use set messages = greatest(0, messages - ${messages})
    where company_id = ${companyId} and since <= ${of}`.execute(tx);
}
