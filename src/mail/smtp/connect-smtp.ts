import { isIP, type Socket } from 'node:net';
import { domainToASCII } from 'node:url';
import { Connection } from './connection.ts';
import type { ConnectResult } from './contract.ts';
import { Conversation, factsWithoutConnection } from './conversation.ts';
import { dial } from './dial.ts';
import { awaitGreeting, goSecret, insistsOnCertificate, sayHello, startTls } from './greet.ts';
import { defaultTimeouts, type SmtpOptions } from './options.ts';
import type { SmtpFailure } from './outcome.ts';
import { broken, type Setback, whyInTheClear } from './setback.ts';
import { signIn } from './sign-in.ts';

/**
 * Dials a server, greets, begins TLS and signs in as the options say. What goes wrong is a value; only options
 * that are a bug of the caller (a hello name with spaces, port 70000) are thrown. `now` counts milliseconds.
 */
export async function connectSmtp(
  options: SmtpOptions,
  now: () => number = () => performance.now(),
): Promise<ConnectResult> {
  const opened = await openConversation(options, now);
  if (opened.ok) return { ok: true, connection: new Connection(opened.talk) };
  return { ok: false, outcome: opened.outcome };
}

export type Opened =
  | { readonly ok: true; readonly talk: Conversation }
  | { readonly ok: false; readonly outcome: SmtpFailure; readonly talk: Conversation | null };

/** The same, with everything that was learned on the way. */
export async function openConversation(given: SmtpOptions, now: () => number): Promise<Opened> {
  checkOptions(given);
  // International names are dialed, and looked for in certificates, in their ASCII form (RFC 5890).
  const options = isIP(given.host) ? given : { ...given, host: domainToASCII(given.host) || given.host };
  const opened = await openOnce(options, now);
  const mayGoPlain = options.security === 'opportunistic' && !options.auth && !insistsOnCertificate(options);
  if (opened.ok || opened.outcome.step !== 'tls' || !mayGoPlain) return opened;
  // RFC 7435 §3: encryption that does not come about must not stop the mail where nobody asked for it.
  const plain = await openOnce({ ...options, security: 'none' }, now);
  const tlsGivenUp = whyInTheClear(opened.outcome);
  if (plain.ok) plain.talk.tlsGivenUp = tlsGivenUp;
  return plain.ok ? plain : { ...plain, outcome: { ...plain.outcome, tlsGivenUp } };
}

async function openOnce(options: SmtpOptions, now: () => number): Promise<Opened> {
  const begunAt = now();
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const dialed = isHostName(options.host)
    ? await dial(options, timeouts.connect)
    : ({ ok: false, error: malformedHost, isNameAbsent: true } as const);
  if (!dialed.ok) {
    const setback = broken('connect', dialed.error);
    // A name that does not exist will not exist in five minutes (NXDOMAIN).
    const kind = dialed.isNameAbsent ? 'permanent' : 'temporary';
    const facts = factsWithoutConnection(options, now() - begunAt);
    return { ok: false, outcome: { ...setback, kind, ...facts }, talk: null };
  }
  const talk = new Conversation(options, dialed.socket, now, begunAt);
  talk.pass('connect');
  const setback = await introduce(talk, dialed.socket);
  if (setback === null) return { ok: true, talk };
  talk.wire.close();
  return { ok: false, outcome: { ...setback, ...talk.facts({ totalMs: now() - begunAt }) }, talk };
}

async function introduce(talk: Conversation, socket: Socket): Promise<Setback | null> {
  const { security, auth } = talk.options;
  if (security === 'implicit') {
    talk.wire.release();
    const setback = await goSecret(talk, socket);
    if (setback) return setback;
  }
  const setback = (await awaitGreeting(talk)) ?? (await sayHello(talk));
  if (setback) return setback;
  if (security === 'starttls' || security === 'opportunistic') {
    const refused = await startTls(talk);
    if (refused) return refused;
  }
  return auth ? signIn(talk, auth) : null;
}

const malformedHost = { code: 'ENOTFOUND', message: 'this is not the name of a server' };

function isHostName(host: string): boolean {
  return isIP(host) !== 0 || /^[\w.-]{1,253}$/.test(host);
}

function checkOptions(options: SmtpOptions): void {
  if (!/^[\w.-]+$|^\[[\w.:]+\]$/.test(options.helloName))
    throw new RangeError('helloName is not a host name');
  if (!Number.isInteger(options.port) || options.port < 1 || options.port > 65535)
    throw new RangeError('port is not a port');
}
