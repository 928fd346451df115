import { equalInConstantTime, hashPassword, randomToken, sha256, verifyPassword } from '#base/crypto';
import { after, day, minute } from '#base/time';
import { asWorker, type Database } from '#stores/database';
import {
  type AccessTables,
  countFailures,
  deleteFailures,
  deleteSession,
  insertFailures,
  insertSession,
  selectSession,
  touchSession,
} from './access-table.ts';
import { type AccountTables, selectMemberships, selectUserByEmail } from './account-table.ts';
import { lockFactor } from './factor-table.ts';
import type { Session } from './user.ts';

type Accounts = Database<AccessTables & AccountTables>;

const window = 15 * minute;
const failuresPerAddress = 5;
const failuresPerNetwork = 20;
export const sessionLife = 30 * day;
const sessionIdle = 7 * day;

export type SignIn =
  | {
      readonly ok: true;
      readonly token: string;
      readonly userId: string;
      readonly companyId: string;
      readonly expiresAt: Date;
    }
  /** The password fits, and the second step is still to come: `checkSecondFactor`, then `openSession`. */
  | {
      readonly ok: false;
      readonly reason: 'code_needed';
      readonly userId: string;
      readonly companyId: string;
    }
  | { readonly ok: false; readonly reason: 'wrong_address_or_password' | 'too_many_tries' };

/**
 * Signs a person in: checks the password and makes a session, whose token goes into the browser's cookie. Refuses wrong
 * credentials and, after too many of them from one address or network, everything for the rest of the window.
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
  const company = found.memberships[0];
  if (!fits || !found.user || !company) {
    await asWorker(accounts, (tx) => insertFailures(tx, keys, now, after(now, -window)));
    return { ok: false, reason: 'wrong_address_or_password' };
  }
  const userId = found.user.id;
  const factor = await asWorker(accounts, async (tx) => {
    await deleteFailures(tx, keys[0]!);
    return lockFactor(tx, userId);
  });
  if (factor?.confirmed_at) return { ok: false, reason: 'code_needed', userId, companyId: company.companyId };
  return {
    ok: true,
    userId,
    companyId: company.companyId,
    ...(await openSession(accounts, userId, company.companyId, now)),
  };
}

const hashOfNobody = hashPassword(randomToken());

/** Makes a session without a password check (after set-up, or a change of company) and returns its token. */
export async function openSession(accounts: Accounts, userId: string, companyId: string, now: Date) {
  const token = randomToken();
  const expiresAt = after(now, sessionLife);
  await asWorker(accounts, (tx) =>
    insertSession(tx, {
      token_hash: sha256(token),
      user_id: userId,
      company_id: companyId,
      csrf_token: randomToken(),
      created_at: now,
      last_seen_at: now,
      expires_at: expiresAt,
    }),
  );
  return { token, expiresAt };
}

/** The session that a cookie's token stands for, or null. Notes its use at most once a minute. */
export function readSession(accounts: Accounts, token: string, now: Date): Promise<Session | null> {
  const tokenHash = sha256(token);
  return asWorker(accounts, async (tx) => {
    const session = await selectSession(tx, tokenHash, now, after(now, -sessionIdle));
    if (session && session.lastSeenAt < after(now, -minute)) await touchSession(tx, tokenHash, now);
    return session;
  });
}

/** Tells whether a token's session still lasts, without counting as its use. */
export function isSessionOpen(accounts: Accounts, token: string, now: Date): Promise<boolean> {
  return asWorker(
    accounts,
    async (tx) => (await selectSession(tx, sha256(token), now, after(now, -sessionIdle))) !== null,
  );
}

export function signOut(accounts: Accounts, token: string): Promise<void> {
  return asWorker(accounts, (tx) => deleteSession(tx, sha256(token)));
}

/** Tells whether a form's token is the session's. */
export function isCsrfToken(session: Session, token: string): boolean {
  return equalInConstantTime(Buffer.from(session.csrfToken), Buffer.from(token));
}
