import { equalInConstantTime, randomToken, sha256 } from '#base/crypto';
import { newId } from '#base/ids';
import { after, minute } from '#base/time';
import { type Actor, type EvidenceTables, record } from '#domain/evidence';
import { asWorker, type Database, type Tx } from '#stores/database';
import { type AccessTables, countFailures, insertFailures } from './access-table.ts';
import type { AccountTables } from './account-table.ts';
import type { TrackingMode } from './company.ts';
import {
  insertLogin,
  type LoginRow,
  type SubmissionTables,
  selectLogin,
  selectLogins,
  updateLogin,
} from './submission-table.ts';

/** What a program that sends through the submission server gets of Envoi. */
export interface LoginRules {
  /** At most this is recorded about reading. */
  readonly tracking: TrackingMode;
  /** The documents travel with the mail. */
  readonly attach: boolean;
  /** The mail gets the button to the customer's page. */
  readonly link: boolean;
  /** The mail's own text; else the company's template. */
  readonly ownText: boolean;
}

/** What a program signs in with at the submission server, as it may be shown: never the password. */
export interface SubmissionLogin extends LoginRules {
  readonly id: string;
  readonly companyId: string;
  readonly userId: string;
  readonly name: string;
  readonly username: string;
  readonly hint: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

type LoginTx = Tx<SubmissionTables & EvidenceTables>;

/** Makes a login for a program of a user and returns its password once in clear; only the SHA-256 of its 192 random bits stays. */
export async function addSubmissionLogin(
  tx: LoginTx,
  input: { companyId: string; userId: string; name: string; actor: Actor } & LoginRules,
  now: Date,
): Promise<{ readonly login: SubmissionLogin; readonly password: string }> {
  const password = newPassword();
  const id = newId('submissionLogin', now);
  const row: LoginRow = {
    id,
    company_id: input.companyId,
    user_id: input.userId,
    name: input.name,
    username: `envoi-${randomToken(6)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '0')}`,
    secret_hash: sha256(password),
    hint: password.slice(-4),
    tracking: input.tracking,
    attach: input.attach,
    link: input.link,
    own_text: input.ownText,
    created_at: now,
    last_used_at: null,
    revoked_at: null,
  };
  await insertLogin(tx, row);
  const { companyId, actor } = input;
  await record(tx, [
    { type: 'key.created', companyId, at: now, actor, data: { keyId: id, rights: 'submission' } },
  ]);
  return { login: toLogin(row), password };
}

/** Ends a login at once; false when there is none. */
export async function revokeSubmissionLogin(
  tx: LoginTx,
  of: { readonly companyId: string; readonly loginId: string; readonly actor: Actor },
  now: Date,
): Promise<boolean> {
  const { companyId, loginId, actor } = of;
  const done = await updateLogin(tx, companyId, loginId, { revoked_at: now });
  if (done) await record(tx, [{ type: 'key.revoked', companyId, at: now, actor, data: { keyId: loginId } }]);
  return done;
}

export async function listSubmissionLogins(
  tx: Tx<SubmissionTables>,
  companyId: string,
): Promise<SubmissionLogin[]> {
  return (await selectLogins(tx, companyId)).map(toLogin);
}

const window = 15 * minute;
const failuresPerName = 20; // a program with an old password tries again and again, and must not lock out the right one for long
const failuresPerNetwork = 60;

export type LoginCheck =
  | { readonly ok: true; readonly login: SubmissionLogin }
  | { readonly ok: false; readonly reason: 'wrong_name_or_password' | 'too_many_tries' };

/** Checks name and password of a program. Refuses wrong ones, and everything for a while after too many of them. */
export function checkSubmissionLogin(
  database: Database<AccessTables & AccountTables>,
  given: { readonly username: string; readonly password: string; readonly network: string },
  now: Date,
): Promise<LoginCheck> {
  const keys = [`submission:${given.username.slice(0, 100)}`, `submission-network:${given.network}`] as const;
  const since = after(now, -window);
  return asWorker(database, async (tx) => {
    if (
      (await countFailures(tx, keys[0], since)) >= failuresPerName ||
      (await countFailures(tx, keys[1], since)) >= failuresPerNetwork
    )
      return { ok: false, reason: 'too_many_tries' };
    const row = await selectLogin(tx, given.username);
    if (!row || !equalInConstantTime(row.secret_hash, sha256(given.password))) {
      await insertFailures(tx, keys, now, since);
      return { ok: false, reason: 'wrong_name_or_password' };
    }
    if (!row.last_used_at || row.last_used_at < after(now, -minute))
      await updateLogin(tx, row.company_id, row.id, { last_used_at: now });
    return { ok: true, login: toLogin(row) };
  });
}

function toLogin(row: LoginRow): SubmissionLogin {
  return {
    id: row.id,
    companyId: row.company_id,
    userId: row.user_id,
    name: row.name,
    username: row.username,
    hint: row.hint,
    tracking: row.tracking,
    attach: row.attach,
    link: row.link,
    ownText: row.own_text,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  };
}

/** 192 random bits. None begins with a hyphen: programs that are given it on their command line would take it for an option. */
function newPassword(): string {
  const password = randomToken(24);
  return password.startsWith('-') ? newPassword() : password;
}
