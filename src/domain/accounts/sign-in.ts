import { hashPassword, randomToken, verifyPassword } from '#base/crypto';
import { after, minute } from '#base/time';
import { asWorker, type Database } from '#stores/database';
import { type AccessTables, countFailures, deleteFailures, insertFailures } from './access-table.ts';
import { type AccountTables, selectUserByEmail } from './account-table.ts';
import { lockFactor } from './factor-table.ts';
import { selectMemberships } from './membership-table.ts';

type Accounts = Database<AccessTables & AccountTables>;

const window = 15 * minute;
const failuresPerAddress = 5;
const failuresPerNetwork = 20;

export type SignIn =
  | { readonly ok: true; readonly userId: string; readonly companyId: string }
  /** The password fits, and the second step is still to come: `checkSecondFactor`, then `openSession`. */
  | {
      readonly ok: false;
      readonly reason: 'code_needed';
      readonly userId: string;
      readonly companyId: string;
    }
  /** The password fits, and this company, the only one of the person, lets him in by its single sign-on only. */
  | { readonly ok: false; readonly reason: 'single_sign_on_needed'; readonly companyId: string }
  | { readonly ok: false; readonly reason: 'wrong_address_or_password' | 'too_many_tries' };

/**
 * Checks a person's password; `openSession` then makes the session. Refuses wrong credentials and, after too many of them from one
 * address or network, everything for the rest of the window.
 */
export async function signIn(
  accounts: Accounts,
  input: { email: string; password: string; network: string },
  now: Date,
): Promise<SignIn> {
  const keys = [`address:${input.email.toLowerCase()}`, `network:${input.network}`];
  const found = await asWorker(accounts, async (tx) => {
    const since = after(now, -window);
    const tooMany =
      (await countFailures(tx, keys[0]!, since)) >= failuresPerAddress ||
      (await countFailures(tx, keys[1]!, since)) >= failuresPerNetwork;
    if (tooMany) return 'too_many_tries' as const;
    const user = await selectUserByEmail(tx, input.email);
    return { user, memberships: user ? await selectMemberships(tx, user.id) : [] };
  });
  if (found === 'too_many_tries') return { ok: false, reason: found };
  // An unknown address costs the same hash, so that the time does not tell who has an account.
  const fits = await verifyPassword(input.password, found.user?.password_hash ?? (await hashOfNobody));
  const company = found.memberships.find((one) => !one.needsSingleSignOn) ?? found.memberships[0];
  if (!fits || !found.user || !company) {
    await asWorker(accounts, (tx) => insertFailures(tx, keys, now, after(now, -window)));
    return { ok: false, reason: 'wrong_address_or_password' };
  }
  const userId = found.user.id;
  const factor = await asWorker(accounts, async (tx) => {
    await deleteFailures(tx, keys[0]!);
    return lockFactor(tx, userId);
  });
  if (company.needsSingleSignOn)
    return { ok: false, reason: 'single_sign_on_needed', companyId: company.companyId };
  if (factor?.confirmed_at) return { ok: false, reason: 'code_needed', userId, companyId: company.companyId };
  return { ok: true, userId, companyId: company.companyId };
}

const hashOfNobody = hashPassword(randomToken());
