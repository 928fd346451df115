import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { after, minute } from '#base/time';
import type { EvidenceTables } from '#domain/evidence';
import { asWorker, type Database } from '#stores/database';
import type { AccessTables } from './access-table.ts';
import type { AccountTables } from './account-table.ts';
import { selectMemberships } from './membership-table.ts';
import {
  deletePasskey,
  insertChallenge,
  insertPasskey,
  lockPasskey,
  type PasskeyRow,
  selectPasskeys,
  takeChallenge,
  updatePasskey,
} from './passkey-table.ts';
import { tellCompanies } from './tell-companies.ts';

/** Loaded when a key is first asked for: reading it in takes a third of a start. */
const webAuthn = () => import('@simplewebauthn/server');

type Tables = AccountTables & AccessTables & EvidenceTables;
type Accounts = Database<Tables>;

const answerTime = 5 * minute; // W3C Web Authentication Level 3 §15.1 recommends 300,000 ms
const longestName = 60;
const mostKeys = 20;

/** The address that keys are bound to: its host, and scheme with host and port (W3C Web Authentication §5.1.2, §13.4.9). */
export interface PasskeySite {
  readonly host: string;
  readonly origin: string;
}

/** A person's key, as it may be shown. */
export interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** The site that a public address stands for; null where browsers give no keys: plain http on a network, or a bare number. */
export function passkeySite(publicUrl: string): PasskeySite | null {
  const { protocol, hostname, origin } = new URL(publicUrl);
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
  if (protocol !== 'https:' && !isLocal) return null;
  return /^[\d.]+$|^\[/.test(hostname) ? null : { host: hostname, origin };
}

export async function listPasskeys(accounts: Accounts, userId: string): Promise<Passkey[]> {
  return (await asWorker(accounts, (tx) => selectPasskeys(tx, userId))).map(toPasskey);
}

/** The question that makes a new key on a person's device; the answer goes to `addPasskey` within five minutes. */
export async function askNewPasskey(
  accounts: Accounts,
  site: PasskeySite,
  user: { readonly id: string; readonly email: string; readonly name: string },
  now: Date,
): Promise<object> {
  const known = await asWorker(accounts, (tx) => selectPasskeys(tx, user.id));
  const options = await (await webAuthn()).generateRegistrationOptions({
    rpName: 'Envoi',
    rpID: site.host,
    userID: Buffer.from(user.id),
    userName: user.email,
    userDisplayName: user.name,
    attestationType: 'none',
    excludeCredentials: known.map(({ id }) => ({ id })),
    // The device asks for a finger, a face or its number: the key is a second proof by itself, and needs no address typed.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    timeout: answerTime,
  });
  const row = { challenge: options.challenge, user_id: user.id, expires_at: after(now, answerTime) };
  await asWorker(accounts, (tx) => insertChallenge(tx, row, now));
  return options;
}

export type PasskeyAdded =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'key_refused' | 'too_many_keys' };

/** Keeps a new key of a person. Refuses an answer to another question, from another site, or without the person's proof to the device. */
export async function addPasskey(
  accounts: Accounts,
  site: PasskeySite,
  input: { readonly userId: string; readonly name: string; readonly answer: unknown },
  now: Date,
): Promise<PasskeyAdded> {
  const answer = input.answer as RegistrationResponseJSON;
  const challenge = challengeOf(answer);
  const asked = { challenge, userId: input.userId };
  if (!(await asWorker(accounts, (tx) => takeChallenge(tx, asked, now))))
    return { ok: false, reason: 'key_refused' };
  const verified = await (await webAuthn())
    .verifyRegistrationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.host,
    })
    .catch(() => null); // the library throws on whatever does not fit
  if (!verified?.verified) return { ok: false, reason: 'key_refused' };
  const { credential } = verified.registrationInfo;
  return asWorker(accounts, async (tx) => {
    if ((await selectPasskeys(tx, input.userId)).length >= mostKeys)
      return { ok: false, reason: 'too_many_keys' };
    const isNew = await insertPasskey(tx, {
      id: credential.id,
      user_id: input.userId,
      name: input.name.trim().slice(0, longestName),
      public_key: Buffer.from(credential.publicKey),
      sign_count: credential.counter,
      transports: credential.transports ?? [],
      created_at: now,
      last_used_at: null,
    });
    if (!isNew) return { ok: false, reason: 'key_refused' };
    await tellCompanies(tx, input.userId, 'account.passkey_added', now);
    return { ok: true };
  });
}

/** Takes a key away; false when the person has none of that id. */
export function removePasskey(accounts: Accounts, userId: string, id: string, now: Date): Promise<boolean> {
  return asWorker(accounts, async (tx) => {
    const done = await deletePasskey(tx, userId, id);
    if (done) await tellCompanies(tx, userId, 'account.passkey_removed', now);
    return done;
  });
}

/** The question that any key of this site may answer; the answer goes to `signInByPasskey` within five minutes. */
export async function askPasskey(accounts: Accounts, site: PasskeySite, now: Date): Promise<object> {
  const options = await (await webAuthn()).generateAuthenticationOptions({
    rpID: site.host,
    userVerification: 'required',
    timeout: answerTime,
  });
  const row = { challenge: options.challenge, user_id: null, expires_at: after(now, answerTime) };
  await asWorker(accounts, (tx) => insertChallenge(tx, row, now));
  return options;
}

export type PasskeySignIn =
  | { readonly ok: true; readonly userId: string; readonly companyId: string }
  | { readonly ok: false; readonly reason: 'single_sign_on_needed'; readonly companyId: string }
  | { readonly ok: false; readonly reason: 'key_refused' };

/** Checks a key's answer: it stands for password and second step together. `openSession` then makes the session. */
export async function signInByPasskey(
  accounts: Accounts,
  site: PasskeySite,
  given: unknown,
  now: Date,
): Promise<PasskeySignIn> {
  const answer = given as AuthenticationResponseJSON;
  const challenge = challengeOf(answer);
  const id = typeof answer?.id === 'string' ? answer.id : '';
  return asWorker(accounts, async (tx) => {
    const isAsked = await takeChallenge(tx, { challenge, userId: null }, now);
    const key = isAsked ? await lockPasskey(tx, id) : undefined;
    const signCount = key ? await countSigned(answer, challenge, site, key) : null;
    const all = key ? await selectMemberships(tx, key.user_id) : [];
    const company = all.find((one) => !one.needsSingleSignOn) ?? all[0];
    if (!key || signCount === null || !company) return { ok: false, reason: 'key_refused' };
    await updatePasskey(tx, key.id, { sign_count: signCount, last_used_at: now });
    const { companyId } = company;
    if (company.needsSingleSignOn) return { ok: false, reason: 'single_sign_on_needed', companyId };
    return { ok: true, userId: key.user_id, companyId };
  });
}

/** The counter of a good answer; null when its signature, question, site, proof or counter does not fit. */
async function countSigned(
  response: AuthenticationResponseJSON,
  expectedChallenge: string,
  site: PasskeySite,
  key: PasskeyRow,
): Promise<number | null> {
  const verified = await (await webAuthn())
    .verifyAuthenticationResponse({
      response,
      expectedChallenge,
      expectedOrigin: site.origin,
      expectedRPID: site.host,
      credential: { id: key.id, publicKey: new Uint8Array(key.public_key), counter: Number(key.sign_count) },
      requireUserVerification: true,
    })
    .catch(() => null);
  return verified?.verified ? verified.authenticationInfo.newCounter : null;
}

/** The question that an answer says it answers; the library then checks that the signature covers it. */
function challengeOf(answer: { readonly response?: { readonly clientDataJSON?: string } } | null): string {
  try {
    const text = Buffer.from(answer?.response?.clientDataJSON ?? '', 'base64url').toString();
    const { challenge } = JSON.parse(text) as { challenge?: unknown };
    return typeof challenge === 'string' ? challenge : '';
  } catch {
    return '';
  }
}

function toPasskey({ id, name, created_at, last_used_at }: PasskeyRow): Passkey {
  return { id, name, createdAt: created_at, lastUsedAt: last_used_at };
}
