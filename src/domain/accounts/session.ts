import { equalInConstantTime, randomToken, sha256 } from '#base/crypto';
import { after, day, minute } from '#base/time';
import { asWorker, type Database } from '#stores/database';
import type { AccessTables } from './access-table.ts';
import type { AccountTables } from './account-table.ts';
import {
  countBrowsers,
  deleteSession,
  deleteSessionOf,
  deleteSessionsBut,
  insertBrowser,
  insertSession,
  selectSession,
  selectSessionsOf,
  touchSession,
} from './session-table.ts';
import type { Session } from './user.ts';

type Accounts = Database<AccessTables & AccountTables>;

export const sessionLife = 30 * day;
const sessionIdle = 7 * day;
const longestAgent = 300;

/** The browser that signs in: how it names itself, the network that it comes from, and the mark that we once gave it. */
export interface SignedInFrom {
  readonly agent: string;
  readonly network: string;
  readonly mark: string;
}

export interface OpenedSession {
  /** Goes into the browser's cookie. */
  readonly token: string;
  readonly expiresAt: Date;
  /** The user had signed in before, and never in this browser: worth a mail to him. */
  readonly isNewBrowser: boolean;
}

/** Makes a session for somebody whose proofs were checked (or who was just made), and remembers the browser. */
export async function openSession(
  accounts: Accounts,
  who: { readonly userId: string; readonly companyId: string; readonly bySingleSignOn?: boolean },
  from: SignedInFrom,
  now: Date,
): Promise<OpenedSession> {
  const token = randomToken();
  const expiresAt = after(now, sessionLife);
  const isNewBrowser = await asWorker(accounts, async (tx) => {
    await insertSession(tx, {
      token_hash: sha256(token),
      user_id: who.userId,
      company_id: who.companyId,
      csrf_token: randomToken(),
      agent: from.agent.slice(0, longestAgent),
      network: from.network,
      created_at: now,
      last_seen_at: now,
      expires_at: expiresAt,
      by_single_sign_on: who.bySingleSignOn ?? false,
    });
    const known = await countBrowsers(tx, who.userId);
    const mark = { user_id: who.userId, mark_hash: sha256(from.mark), first_seen_at: now };
    return (await insertBrowser(tx, mark)) && known > 0;
  });
  return { token, expiresAt, isNewBrowser };
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

/** A signed-in browser as its owner sees it in a list. */
export interface OpenSession {
  readonly id: string;
  readonly companyId: string;
  readonly agent: string | null;
  readonly network: string | null;
  readonly since: Date;
  readonly lastSeenAt: Date;
}

/** The sessions of a user that still last, the one used last first. */
export async function listSessions(accounts: Accounts, userId: string, now: Date): Promise<OpenSession[]> {
  const rows = await asWorker(accounts, (tx) => selectSessionsOf(tx, userId, now, after(now, -sessionIdle)));
  return rows.map((row) => ({
    id: row.id,
    companyId: row.company_id,
    agent: row.agent,
    network: row.network,
    since: row.created_at,
    lastSeenAt: row.last_seen_at,
  }));
}

/** Ends one of a user's own sessions; false when he has none of that id. */
export function endSession(accounts: Accounts, userId: string, id: string): Promise<boolean> {
  return asWorker(accounts, (tx) => deleteSessionOf(tx, userId, id));
}

/** Ends all sessions of a user but the one that he sits in. */
export function endOtherSessions(accounts: Accounts, userId: string, id: string): Promise<void> {
  return asWorker(accounts, (tx) => deleteSessionsBut(tx, userId, id));
}

export function signOut(accounts: Accounts, token: string): Promise<void> {
  return asWorker(accounts, (tx) => deleteSession(tx, sha256(token)));
}

/** Tells whether a form's token is the session's. */
export function isCsrfToken(session: Session, token: string): boolean {
  return equalInConstantTime(Buffer.from(session.csrfToken), Buffer.from(token));
}
