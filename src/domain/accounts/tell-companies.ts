import { type EvidenceTables, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import type { AccountTables } from './account-table.ts';
import { selectMemberships } from './membership-table.ts';

/** Writes what a person changed about his own account into the log of each company that he belongs to. */
export async function tellCompanies(
  tx: Tx<AccountTables & EvidenceTables>,
  userId: string,
  type: `account.${string}`,
  at: Date,
): Promise<void> {
  const companies = await selectMemberships(tx, userId);
  await record(
    tx,
    companies.map(({ companyId }) => ({ type, companyId, at, actor: 'user' as const, data: { userId } })),
  );
}
