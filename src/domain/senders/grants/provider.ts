import type { Security } from '#mail/smtp';
import { smtpGuess } from '../smtp-guess.ts';

/** Mailbox providers to whom one signs in by OAuth 2 (RFC 6749) instead of by a password. */
export type ProviderName = 'google' | 'microsoft';

export interface MailPlace {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
}

/** A provider as this installation uses it: the operator's app there, and where things are. All of it comes from the operator. */
export interface Provider {
  readonly name: ProviderName;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  /** Null: grants cannot be given back there by a program (RFC 7009). */
  readonly revokeUrl: string | null;
  /** Who signs ID tokens; `{tenantid}` stands for the tenant of the account. */
  readonly issuer: string;
  /** What is asked for sending, and besides that for opening the mailbox by IMAP. */
  readonly scopes: { readonly send: readonly string[]; readonly mailbox: readonly string[] };
  readonly smtp: MailPlace;
  readonly imap: MailPlace;
}

export type Providers = Readonly<Partial<Record<ProviderName, Provider>>>;

/** An app as the operator has registered it; `endpoints` are addresses that differ from the usual ones. */
export interface RegisteredApp {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly endpoints: Readonly<Record<string, string>>;
  readonly tenant?: string;
}

/** Google and Microsoft as the operator has set them up; those without an app are left out. */
export function makeProviders(apps: Readonly<Record<ProviderName, RegisteredApp | null>>): Providers {
  return {
    ...(apps.google ? { google: google(apps.google) } : {}),
    ...(apps.microsoft ? { microsoft: microsoft(apps.microsoft) } : {}),
  };
}

/** developers.google.com/identity/protocols/oauth2/web-server; the one scope is for SMTP and IMAP (workspace/gmail/imap/xoauth2-protocol). */
function google({ clientId, clientSecret, endpoints }: RegisteredApp): Provider {
  return {
    name: 'google',
    clientId,
    clientSecret,
    authorizeUrl: endpoints['authorize'] ?? 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: endpoints['token'] ?? 'https://oauth2.googleapis.com/token',
    revokeUrl: endpoints['revoke'] ?? (endpoints['token'] ? null : 'https://oauth2.googleapis.com/revoke'),
    issuer: endpoints['issuer'] ?? 'https://accounts.google.com',
    scopes: { send: [endpoints['scope'] ?? 'https://mail.google.com/'], mailbox: [] },
    smtp: placeOf(endpoints['smtp'] ?? 'smtps://smtp.gmail.com:465'),
    imap: placeOf(endpoints['imap'] ?? 'imaps://imap.gmail.com:993'),
  };
}

/**
 * learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow, and for the scopes
 * learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth.
 * There is no endpoint at which a refresh token could be given back.
 */
function microsoft({ clientId, clientSecret, endpoints, tenant = 'common' }: RegisteredApp): Provider {
  const login = `https://login.microsoftonline.com/${tenant}/oauth2/v2.0`;
  const resource = (endpoints['scope'] ?? 'https://outlook.office.com').replace(/\/+$/, '');
  return {
    name: 'microsoft',
    clientId,
    clientSecret,
    authorizeUrl: endpoints['authorize'] ?? `${login}/authorize`,
    tokenUrl: endpoints['token'] ?? `${login}/token`,
    revokeUrl: endpoints['revoke'] ?? null,
    issuer: endpoints['issuer'] ?? 'https://login.microsoftonline.com/{tenantid}/v2.0',
    scopes: { send: [`${resource}/SMTP.Send`], mailbox: [`${resource}/IMAP.AccessAsUser.All`] },
    smtp: placeOf(endpoints['smtp'] ?? 'smtp://smtp.office365.com:587'),
    imap: placeOf(endpoints['imap'] ?? 'imaps://outlook.office365.com:993'),
  };
}

/**
 * Where an account hands in its mail. Microsoft's private accounts have a server of their own
 * (support.microsoft.com, "POP, IMAP, and SMTP settings for Outlook.com").
 */
export function submissionPlace({ smtp }: Provider, account: string): MailPlace {
  const [guess] = smtpGuess(account);
  return smtp.host === 'smtp.office365.com' && guess?.provider === 'Outlook.com'
    ? { host: guess.host, port: guess.port, security: guess.security }
    : smtp;
}

/** Whether what was granted is enough for opening the mailbox. */
export function mayOpenMailbox(provider: Provider, scopes: string): boolean {
  return holds(scopes, provider.scopes.mailbox);
}

/** Whether all of these are among the granted ones; people can untick single ones at Google. Letter case is not kept by Microsoft. */
export function holds(granted: string, wanted: readonly string[]): boolean {
  const all = new Set(granted.toLowerCase().split(/\s+/));
  return wanted.every((one) => all.has(one.toLowerCase()));
}

const usualPorts: Readonly<Record<string, number>> = {
  'smtp:': 587,
  'smtps:': 465,
  'imap:': 143,
  'imaps:': 993,
};

/** `…s:` is TLS from the first byte, the others STARTTLS or nothing; only on this machine a token may go in the clear. */
function placeOf(text: string): MailPlace {
  const url = new URL(text);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const isHere = host === 'localhost' || host === '::1' || /^127\./.test(host);
  const security = url.protocol.endsWith('s:') ? 'implicit' : isHere ? 'none' : 'starttls';
  return { host, port: Number(url.port) || (usualPorts[url.protocol] ?? 0), security };
}
