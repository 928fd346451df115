import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { openSecret } from '#base/crypto';
import type { SmtpOptions } from '#mail/smtp';
import type { Tx } from '#stores/database';
import { addressAllowed, type HostPolicy, hostAllowed } from './host.ts';
import type { SenderDeps } from './new-sender.ts';
import { type Refused, type SmtpSender, type SmtpSettings, secretPurpose } from './sender.ts';
import { type SenderTables, selectSender, toSender } from './sender-table.ts';

/** What dialing needs besides the sender: our own name, and what an installation or laboratory sets for all. */
export interface SmtpDeps extends SenderDeps {
  /** The name by which we greet mail servers. */
  readonly helloName: string;
  readonly smtp?: Pick<SmtpOptions, 'ca' | 'timeouts' | 'lookup' | 'localAddress'>;
}

export type SmtpAccess =
  | { readonly ok: true; readonly sender: SmtpSender; readonly options: SmtpOptions }
  | Refused<'not_found' | 'host_not_allowed' | 'secret_unreadable'>;

/**
 * Opens a sender's password and returns how to dial its server. The result holds the secret: it goes to `#mail/smtp` and
 * nowhere else. Refuses a host that the policy no longer allows and a password sealed under another key.
 */
export async function openSmtpAccess(
  tx: Tx<SenderTables>,
  deps: SmtpDeps,
  ref: { readonly companyId: string; readonly senderId: string },
): Promise<SmtpAccess> {
  const row = await selectSender(tx, ref.companyId, ref.senderId);
  const sender = row && !row.deleted_at ? toSender(row) : null;
  if (!row || sender?.method !== 'smtp') return { ok: false, reason: 'not_found' };
  if (!hostAllowed(sender.settings.host, deps.hostPolicy)) return { ok: false, reason: 'host_not_allowed' };
  const secret = readSecret(deps.key, row.id, row.secret);
  if (secret === null) return { ok: false, reason: 'secret_unreadable' };
  return { ok: true, sender, options: smtpOptions(deps, sender.settings, secret) };
}

/** The options for `#mail/smtp`; `password` is ignored where there is no user. */
export function smtpOptions(deps: SmtpDeps, settings: SmtpSettings, password: string): SmtpOptions {
  const { host, port, security, user, verifyCertificate } = settings;
  return {
    ...deps.smtp,
    host,
    port,
    security,
    verifyCertificate,
    helloName: deps.helloName,
    lookup: guardedLookup(deps.hostPolicy, deps.smtp?.lookup),
    // `none` was chosen by a person who was told; `opportunistic` must not turn into it by somebody on the way.
    ...(user === null ? {} : { auth: { user, secret: password, allowPlaintext: security === 'none' } }),
  };
}

/** The error code with which `guardedLookup` refuses. */
export const hostNotAllowed = 'host_not_allowed';

/** Resolves names and leaves out the addresses that the policy forbids; the error says so when none is left. */
export function guardedLookup(
  policy: HostPolicy,
  lookup: LookupFunction = systemLookup as LookupFunction,
): LookupFunction {
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0);
      const all = Array.isArray(found) ? found : [{ address: found, family: found.includes(':') ? 6 : 4 }];
      const allowed = all.filter(({ address }) => addressAllowed(address, policy));
      const first = allowed[0];
      if (!first) return callback(Object.assign(new Error(hostNotAllowed), { code: hostNotAllowed }), '', 0);
      if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

function readSecret(key: Uint8Array, senderId: string, sealed: Buffer | null): string | null {
  if (!sealed) return '';
  try {
    return openSecret(key, secretPurpose(senderId), sealed);
  } catch {
    return null;
  }
}
