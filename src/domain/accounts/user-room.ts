import type { Tx } from '#stores/database';
import { type AccountTables, selectCompany } from './account-table.ts';
import { type PeopleTables, selectMembers, selectOpenInvitations } from './people-table.ts';
import { insertUse, lockUse } from './plan-use-table.ts';

type RoomTx = Tx<AccountTables & PeopleTables>;

/** How many people a company has, with those whose invitation can still be used: each address counts once. */
export async function countPeople(tx: RoomTx, companyId: string, now: Date): Promise<number> {
  const members = await selectMembers(tx, companyId);
  const invited = (await selectOpenInvitations(tx, companyId, now)).filter((one) => one.purpose === 'join');
  return new Set([...members, ...invited].map(({ email }) => email.toLowerCase())).size;
}

/** Tells whether the plan has room for one more. Where it limits, whoever asks next waits for the end of this transaction. */
export async function hasRoom(tx: RoomTx, companyId: string, now: Date): Promise<boolean> {
  const most = (await selectCompany(tx, companyId))?.limits.users;
  if (most === undefined) return true;
  await insertUse(tx, companyId);
  await lockUse(tx, { companyId, since: now });
  return (await countPeople(tx, companyId, now)) < most;
}
