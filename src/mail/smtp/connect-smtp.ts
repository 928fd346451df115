import { isIP, type Socket } from 'node:net';
import { Connection } from './connection.ts';
import type { ConnectResult } from './contract.ts';
import { Conversation, factsWithoutConnection } from './conversation.ts';
import { dial } from './dial.ts';
import { awaitGreeting, goSecret, insistsOnCertificate, sayHello, startTls } from './greet.ts';
import { defaultTimeouts, type SmtpOptions } from './options.ts';
import type { SmtpFailure } from './outcome.ts';
import { broken, type Setback } from './setback.ts';
import { signIn } from './sign-in.ts';

/**
 * Dials a server, greets, begins TLS and signs in as the options say. What goes wrong is a value; only options
 * that cannot be right (a hello name with spaces, no host) are thrown. `now` counts milliseconds.
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
export async function openConversation(options: SmtpOptions, now: () => number): Promise<Opened> {
  checkOptions(options);
  const opened = await openOnce(options, now);
  const mayGoPlain = options.security === 'opportunistic' && !options.auth && !insistsOnCertificate(options);
  if (opened.ok || opened.outcome.step !== 'tls' || !mayGoPlain) return opened;
  // RFC 7435 §3: encryption that does not come about must not stop the mail where nobody asked for it.
  const plain = await openOnce({ ...options, security: 'none' }, now);
  const reason = opened.outcome.error?.message ?? `STARTTLS was answered with ${opened.outcome.reply?.code}`;
  if (plain.ok) plain.talk.tlsGivenUp = reason;
  return plain.ok ? plain : { ...plain, outcome: { ...plain.outcome, tlsGivenUp: reason } };
}

async function openOnce(options: SmtpOptions, now: () => number): Promise<Opened> {
  const begunAt = now();
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const dialed = await dial(options, timeouts.connect);
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

function checkOptions(options: SmtpOptions): void {
  if (!/^[\w.-]+$|^\[[\w.:]+\]$/.test(options.helloName))
    throw new RangeError('helloName is not a host name');
  if (!isIP(options.host) && !/^[\w.-]{1,253}$/.test(options.host))
    throw new RangeError('host is not a host name');
}
