import { type Actor, type EvidenceTables, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import type { AccountTables } from './account-table.ts';
import { selectMemberships } from './membership-table.ts';

/** Writes what changed about a person's account into the log of each company that he belongs to; who changed it is usually he himself. */
export async function tellCompanies(
  tx: Tx<AccountTables & EvidenceTables>,
  userId: string,
  type: `account.${string}`,
  at: Date,
  actor: Actor = 'user',
): Promise<void> {
  const companies = await selectMemberships(tx, userId);
  await record(
    tx,
    companies.map(({ companyId }) => ({ type, companyId, at, actor, data: { userId } })),
  );
}
