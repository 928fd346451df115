import { hashPassword, verifyPassword } from '#base/crypto';
import type { Language } from '#base/language';
import { after, minute } from '#base/time';
import { type Actor, type EvidenceTables, record } from '#domain/evidence';
import { asWorker, type Database, type Tx } from '#stores/database';
import { type AccessTables, countFailures, insertFailures } from './access-table.ts';
import { type AccountTables, selectUserByEmail, updateCompany, updateUser } from './account-table.ts';
import { type CompanyChange, companyProblems, type FieldProblem } from './company.ts';
import { deleteSessionsOf } from './session-table.ts';
import { tellCompanies } from './tell-companies.ts';
import { shortestPassword } from './user.ts';

/** Changes a company's facts and defaults. Refuses with the fields that are wrong. */
export async function changeCompany(
  tx: Tx<AccountTables & EvidenceTables>,
  companyId: string,
  change: CompanyChange,
  now: Date,
): Promise<{ ok: true } | { ok: false; problems: readonly FieldProblem[] }> {
  const problems = companyProblems(change);
  if (problems.length > 0) return { ok: false, problems };
  await updateCompany(tx, companyId, change);
  await record(tx, [
    {
      type: 'company.changed',
      companyId,
      at: now,
      actor: 'user',
      data: { fields: Object.keys(change).sort() },
    },
  ]);
  return { ok: true };
}

/** Changes the name or language of a user. */
export function changeUser(
  tx: Tx<AccountTables>,
  userId: string,
  change: { firstName?: string; lastName?: string; language?: Language },
): Promise<void> {
  return updateUser(tx, userId, change);
}

/** Sets a new password without asking for the present one (command line) and ends all sessions of that user. */
export async function resetPassword(
  database: Database<AccessTables & AccountTables & EvidenceTables>,
  input: { email: string; password: string; actor?: Actor },
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: 'unknown_user' | 'password_too_short' }> {
  if (input.password.length < shortestPassword) return { ok: false, reason: 'password_too_short' };
  const passwordHash = await hashPassword(input.password);
  return asWorker(database, async (tx) => {
    const user = await selectUserByEmail(tx, input.email);
    if (!user) return { ok: false, reason: 'unknown_user' };
    await updateUser(tx, user.id, { passwordHash });
    await deleteSessionsOf(tx, user.id);
    await tellCompanies(tx, user.id, 'account.password_reset', now, input.actor);
    return { ok: true };
  });
}

const window = 15 * minute;
const mostWrongPasswords = 5;

/**
 * Sets a user's own new password after checking the present one, and ends all sessions of that user: the caller opens a new one. Refuses a
 * wrong present password, too many of them within 15 minutes, and a short new one.
 */
export async function changePassword(
  database: Database<AccessTables & AccountTables & EvidenceTables>,
  input: { email: string; current: string; password: string },
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: 'wrong_password' | 'too_many_tries' | 'password_too_short' }> {
  if (input.password.length < shortestPassword) return { ok: false, reason: 'password_too_short' };
  const key = `password:${input.email.toLowerCase()}`;
  const since = after(now, -window);
  const { user, failures } = await asWorker(database, async (tx) => ({
    user: await selectUserByEmail(tx, input.email),
    failures: await countFailures(tx, key, since),
  }));
  if (failures >= mostWrongPasswords) return { ok: false, reason: 'too_many_tries' };
  if (!user || !(await verifyPassword(input.current, user.password_hash))) {
    await asWorker(database, (tx) => insertFailures(tx, [key], now, since));
    return { ok: false, reason: 'wrong_password' };
  }
  const set = await resetPassword(database, input, now);
  return set.ok ? set : { ok: false, reason: 'wrong_password' };
}
