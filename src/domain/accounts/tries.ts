import { after, minute } from '#base/time';
import { asWorker, type Database } from '#stores/database';
import { type AccessTables, countFailures, insertFailures } from './access-table.ts';
import type { AccountTables } from './account-table.ts';

const window = 15 * minute;

/** Counts a try under a name; false when there were `most` of them within the last 15 minutes already. */
export function mayTry(
  accounts: Database<AccessTables & AccountTables>,
  name: string,
  most: number,
  now: Date,
): Promise<boolean> {
  return asWorker(accounts, async (tx) => {
    const since = after(now, -window);
    const tries = await countFailures(tx, name, since);
    await insertFailures(tx, [name], now, since);
    return tries < most;
  });
}
