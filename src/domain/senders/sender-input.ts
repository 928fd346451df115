import { checkAddress, controlCharacter, normaliseAddress } from '#mail/address';
import type { Security } from '#mail/smtp';
import { type HostPolicy, hostAllowed, normaliseHost } from './host.ts';
import type { Refused, SenderRefusal, SmtpSettings } from './sender.ts';

/** What a person or program says about an SMTP server; checked by `readSettings`. */
export interface SmtpSettingsInput {
  readonly host: string;
  /** Default after the security: 465, 587, or 25 without TLS. */
  readonly port?: number;
  readonly security: Security;
  readonly user?: string | null;
  /** Default true. */
  readonly verifyCertificate?: boolean;
  /** Default 3; 1 to 20. */
  readonly maxConnections?: number;
}

export type Read<Value> = { readonly ok: true; readonly value: Value } | Refused<SenderRefusal>;

// RFC 8314 §3.3 (465), RFC 6409 §3.1 (587).
const defaultPorts: Readonly<Record<Security, number>> = {
  implicit: 465,
  starttls: 587,
  opportunistic: 587,
  none: 25,
};
const longestUser = 320; // an address of 64 + 1 + 255 octets is the longest name in use (RFC 5321 §4.5.3.1)
const longestPassword = 1024; // app passwords have 16 characters, API keys as passwords some hundred
const mostConnections = 20; // mailbox providers refuse more than 3 to 20 at a time

/** Settings with defaults filled in and the host in its normal form, or why they are refused. */
export function readSettings(input: SmtpSettingsInput, policy: HostPolicy): Read<SmtpSettings> {
  const host = normaliseHost(input.host);
  if (host === null) return refuse('host_invalid');
  if (!hostAllowed(host, policy)) return refuse('host_not_allowed');
  const port = input.port ?? defaultPorts[input.security];
  if (!isWholeBetween(port, 1, 65_535)) return refuse('port_invalid');
  const user = input.user?.trim() || null;
  if (user !== null && (user.length > longestUser || controlCharacter.test(user)))
    return refuse('user_invalid');
  const maxConnections = input.maxConnections ?? 3;
  if (!isWholeBetween(maxConnections, 1, mostConnections)) return refuse('max_connections_invalid');
  const verifyCertificate = input.verifyCertificate ?? true;
  return {
    ok: true,
    value: { host, port, security: input.security, user, verifyCertificate, maxConnections },
  };
}

/** A password as it will be sealed; line ends and other control characters cannot be sent by any method. */
export function readPassword(typed: string): Read<string> {
  if (typed === '') return refuse('password_missing');
  if (typed.length > longestPassword || controlCharacter.test(typed)) return refuse('password_invalid');
  return { ok: true, value: typed };
}

/** An address in its normal form. */
export function readAddress(typed: string, reason: SenderRefusal): Read<string> {
  const checked = checkAddress(typed.trim());
  return checked.ok ? { ok: true, value: normaliseAddress(typed.trim()) } : refuse(reason);
}

/** A display name of one line, 200 characters at most; may be empty. */
export function readName(typed: string): Read<string> {
  const name = typed.trim();
  return name.length > 200 || controlCharacter.test(name)
    ? refuse('name_invalid')
    : { ok: true, value: name };
}

/**
 * A kept password goes on only to the server and account that it was typed for; otherwise somebody who may change
 * settings, but does not know the password, could have it sent to a server of his own.
 */
export function passwordMayStay(before: SmtpSettings, after: SmtpSettings): boolean {
  return before.host === after.host && before.user === after.user;
}

function refuse(reason: SenderRefusal): Refused<SenderRefusal> {
  return { ok: false, reason };
}

function isWholeBetween(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
