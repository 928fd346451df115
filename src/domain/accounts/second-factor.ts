import { randomBytes } from 'node:crypto';
import { generateSecret, generateURI, verifySync } from 'otplib';
import { openSecret, sealSecret, sha256, verifyPassword } from '#base/crypto';
import { after, minute } from '#base/time';
import type { EvidenceTables } from '#domain/evidence';
import { asWorker, type Database } from '#stores/database';
import { type AccessTables, countFailures, deleteFailures, insertFailures } from './access-table.ts';
import { type AccountTables, selectUserByEmail } from './account-table.ts';
import {
  deleteFactor,
  type FactorRow,
  type FactorTables,
  lockFactor,
  replaceCodes,
  updateFactor,
  upsertFactor,
  useCode,
} from './factor-table.ts';
import { deleteSessionsOf } from './session-table.ts';
import { tellCompanies } from './tell-companies.ts';

type Tables = AccountTables & AccessTables & EvidenceTables;

/** What second factors need: the database, and the installation's key, with which their secrets are sealed. */
export interface FactorDeps {
  readonly database: Database<Tables>;
  readonly key: Uint8Array;
}

const window = 15 * minute;
const mostFailures = 5;
const toleranceSeconds = 30; // one step to either side, for clocks that differ (RFC 6238 §5.2)
const codes = 10;

export type FactorCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'wrong_code' | 'too_many_tries' };

/** Tells whether a user has a confirmed second factor. */
export async function hasSecondFactor(database: Database<Tables>, userId: string): Promise<boolean> {
  const row = await asWorker(database, (tx) => lockFactor(tx, userId));
  return row?.confirmed_at != null;
}

/**
 * Begins a second factor (TOTP, RFC 6238) and returns what the app on the phone needs; it asks for nothing before it is confirmed. Null when there
 * is a confirmed one already.
 */
export function beginSecondFactor(
  { database, key }: FactorDeps,
  user: { readonly id: string; readonly email: string },
  now: Date,
): Promise<{ readonly secret: string; readonly uri: string } | null> {
  const secret = generateSecret();
  return asWorker(database, async (tx) => {
    if ((await lockFactor(tx, user.id))?.confirmed_at) return null;
    await upsertFactor(tx, {
      user_id: user.id,
      secret: sealSecret(key, purposeOf(user.id), secret),
      confirmed_at: null,
      last_epoch: 0,
      created_at: now,
    });
    return { secret, uri: generateURI({ issuer: 'Envoi', label: user.email, secret }) };
  });
}

/** Confirms a begun second factor by its first code and returns ten recovery codes, once. Refuses a wrong code. */
export function confirmSecondFactor(
  deps: FactorDeps,
  input: { readonly userId: string; readonly code: string },
  now: Date,
): Promise<{ readonly ok: true; readonly recoveryCodes: readonly string[] } | { readonly ok: false }> {
  return asWorker(deps.database, async (tx) => {
    const row = await lockFactor(tx, input.userId);
    if (!row || row.confirmed_at) return { ok: false };
    const epoch = epochOf(deps.key, row, input.code, now);
    if (epoch === null) return { ok: false };
    const recoveryCodes = Array.from({ length: codes }, newRecoveryCode);
    await replaceCodes(
      tx,
      input.userId,
      recoveryCodes.map((code) => sha256(plain(code))),
    );
    await updateFactor(tx, input.userId, { confirmed_at: now, last_epoch: epoch });
    await tellCompanies(tx, input.userId, 'account.second_factor_added', now);
    return { ok: true, recoveryCodes };
  });
}

/** Checks the second step of a sign-in: a code of the app, which works once, or a recovery code. Refuses everything after five wrong ones in 15 minutes. */
export function checkSecondFactor(
  deps: FactorDeps,
  input: { readonly userId: string; readonly code: string },
  now: Date,
): Promise<FactorCheck> {
  const name = `factor:${input.userId}`;
  const since = after(now, -window);
  return asWorker(deps.database, async (tx) => {
    if ((await countFailures(tx, name, since)) >= mostFailures)
      return { ok: false, reason: 'too_many_tries' };
    const row = await lockFactor(tx, input.userId);
    const epoch = row ? epochOf(deps.key, row, input.code, now) : null;
    if (epoch !== null) await updateFactor(tx, input.userId, { last_epoch: epoch });
    const isGood = epoch !== null || (await useCode(tx, input.userId, sha256(plain(input.code)), now));
    if (isGood) await deleteFailures(tx, name);
    else await insertFailures(tx, [name], now, since);
    return isGood ? { ok: true } : { ok: false, reason: 'wrong_code' };
  });
}

/** Takes the second factor away. Refuses a wrong password: an open browser is not enough. */
export async function removeSecondFactor(
  { database }: FactorDeps,
  input: { readonly email: string; readonly password: string },
  now: Date,
): Promise<
  { readonly ok: true } | { readonly ok: false; readonly reason: 'wrong_password' | 'too_many_tries' }
> {
  const name = `password:${input.email.toLowerCase()}`;
  const since = after(now, -window);
  const { user, failures } = await asWorker(database, async (tx) => ({
    user: await selectUserByEmail(tx, input.email),
    failures: await countFailures(tx, name, since),
  }));
  if (failures >= mostFailures) return { ok: false, reason: 'too_many_tries' };
  if (!user || !(await verifyPassword(input.password, user.password_hash))) {
    await asWorker(database, (tx) => insertFailures(tx, [name], now, since));
    return { ok: false, reason: 'wrong_password' };
  }
  await asWorker(database, async (tx) => {
    await deleteFactor(tx, user.id);
    await tellCompanies(tx, user.id, 'account.second_factor_removed', now);
  });
  return { ok: true };
}

/**
 * Takes the second factor of somebody away who has lost telephone and recovery codes, and ends all sessions of that user: for who runs the installation. False
 * when nobody signs in by that address.
 */
export function dropSecondFactor(
  database: Database<Tables & FactorTables>,
  email: string,
  now: Date,
): Promise<boolean> {
  return asWorker(database, async (tx) => {
    const user = await selectUserByEmail(tx, email);
    if (!user) return false;
    await deleteFactor(tx, user.id);
    await deleteSessionsOf(tx, user.id);
    await tellCompanies(tx, user.id, 'account.second_factor_removed', now, 'system');
    return true;
  });
}

/** The time step of a code of the app, or null when it is wrong, too old or was used. */
function epochOf(key: Uint8Array, row: FactorRow, code: string, now: Date): number | null {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const secret = openSecret(key, purposeOf(row.user_id), row.secret);
  const epoch = Math.floor(now.getTime() / 1000);
  const result = verifySync({ secret, token, epoch, epochTolerance: toleranceSeconds });
  if (!result.valid || !('epoch' in result)) return null;
  return result.epoch > row.last_epoch ? result.epoch : null;
}

/** 80 random bits in four groups that can be written down. */
function newRecoveryCode(): string {
  return (randomBytes(10).toString('hex').match(/.{5}/g) ?? []).join('-');
}

function plain(code: string): string {
  return code.toLowerCase().replace(/[^0-9a-f]/g, '');
}

function purposeOf(userId: string): string {
  return `second-factor:${userId}`;
}
