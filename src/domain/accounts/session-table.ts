import { type Generated, type Insertable, sql } from 'kysely';
import type { Language } from '#base/language';
import type { Tx } from '#stores/database';
import { type AccountTables, toUser } from './account-table.ts';
import type { OperatorTables } from './operator-table.ts';
import type { Role, Session } from './user.ts';

export interface SessionTables {
  sessions: {
    id: Generated<string>;
    token_hash: Buffer;
    user_id: string;
    company_id: string;
    csrf_token: string;
    /** The browser as it named itself, and the network that it came from, at sign-in. */
    agent: string | null;
    network: string | null;
    created_at: Date;
    last_seen_at: Date;
    expires_at: Date;
    by_single_sign_on: Generated<boolean>;
  };
  known_browsers: { user_id: string; mark_hash: Buffer; first_seen_at: Date };
}

type SessionTx = Tx<SessionTables>;

export async function insertSession(
  tx: SessionTx,
  row: Insertable<SessionTables['sessions']>,
): Promise<void> {
  await tx.insertInto('sessions').values(row).execute();
}

/**
 * The live session of that cookie with its user and role, and when it was last seen; null when there is none, or its company now lets this
 * person in by single sign-on only.
 */
export async function selectSession(
  tx: Tx<SessionTables & AccountTables & OperatorTables>,
  tokenHash: Buffer,
  now: Date,
  idleSince: Date,
): Promise<(Session & { lastSeenAt: Date }) | null> {
  const row = await tx
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .innerJoin('members', (join) =>
      join
        .onRef('members.user_id', '=', 'sessions.user_id')
        .onRef('members.company_id', '=', 'sessions.company_id'),
    )
    .select([
      'sessions.id as session_id',
      'sessions.company_id',
      'sessions.csrf_token',
      'sessions.last_seen_at',
      'sessions.by_single_sign_on',
    ])
    .innerJoin('companies', 'companies.id', 'sessions.company_id')
    .leftJoin('operators', 'operators.user_id', 'sessions.user_id')
    .select(['members.role', 'operators.since as operator_since'])
    .select(['users.id', 'users.email', 'users.first_name', 'users.last_name', 'users.language'])
    .where('sessions.token_hash', '=', tokenHash)
    .where('sessions.expires_at', '>', now)
    .where('sessions.last_seen_at', '>', idleSince)
    .where(isStillLetIn)
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.session_id,
    user: toUser(
      row as { id: string; email: string; first_name: string; last_name: string; language: Language },
    ),
    companyId: row.company_id,
    role: row.role as Role,
    // What a company's own identity service says of a person opens nothing beyond that company.
    isOperator: row.operator_since !== null && !row.by_single_sign_on,
    bySingleSignOn: row.by_single_sign_on,
    csrfToken: row.csrf_token,
    lastSeenAt: row.last_seen_at,
  };
}

/** Opened by single sign-on, or of a company that lets this person in otherwise too. */
const isStillLetIn = sql<boolean>`(sessions.by_single_sign_on or members.role = 'owner' or not companies.single_sign_on_only)`;

export async function touchSession(tx: SessionTx, tokenHash: Buffer, now: Date): Promise<void> {
  await tx.updateTable('sessions').set({ last_seen_at: now }).where('token_hash', '=', tokenHash).execute();
}

export async function deleteSession(tx: SessionTx, tokenHash: Buffer): Promise<void> {
  await tx.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute();
}

export async function deleteSessionsOf(tx: SessionTx, userId: string): Promise<void> {
  await tx.deleteFrom('sessions').where('user_id', '=', userId).execute();
}

/** Ends a user's sessions for one company. */
export async function deleteSessionsAt(tx: SessionTx, userId: string, companyId: string): Promise<void> {
  await tx.deleteFrom('sessions').where('user_id', '=', userId).where('company_id', '=', companyId).execute();
}

/** Ends the sessions that a company's single sign-on has opened. */
export async function deleteSingleSignOnSessions(tx: SessionTx, companyId: string): Promise<void> {
  await tx
    .deleteFrom('sessions')
    .where('company_id', '=', companyId)
    .where('by_single_sign_on', '=', true)
    .execute();
}

/** Ends all sessions of everybody. */
export async function deleteAllSessions(tx: SessionTx): Promise<void> {
  await tx.deleteFrom('sessions').execute();
}

/** A user's sessions that still last, the one used last first. */
export function selectSessionsOf(tx: SessionTx, userId: string, now: Date, idleSince: Date) {
  return tx
    .selectFrom('sessions')
    .select(['id', 'company_id', 'agent', 'network', 'created_at', 'last_seen_at'])
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .where('last_seen_at', '>', idleSince)
    .orderBy('last_seen_at', 'desc')
    .execute();
}

/** Ends one session of a user; false when there is none of that id. */
export async function deleteSessionOf(tx: SessionTx, userId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Ends all sessions of a user but one. */
export async function deleteSessionsBut(tx: SessionTx, userId: string, id: string): Promise<void> {
  await tx.deleteFrom('sessions').where('user_id', '=', userId).where('id', '!=', id).execute();
}

/** Remembers a browser of a user; true when it was not known. */
export async function insertBrowser(
  tx: SessionTx,
  row: Insertable<SessionTables['known_browsers']>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('known_browsers')
    .values(row)
    .onConflict((conflict) => conflict.columns(['user_id', 'mark_hash']).doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function countBrowsers(tx: SessionTx, userId: string): Promise<number> {
  const row = await tx
    .selectFrom('known_browsers')
    .select((all) => all.fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  return row.count;
}
