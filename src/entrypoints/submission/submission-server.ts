import { createServer, type Server, type Socket } from 'node:net';
import ipaddr from 'ipaddr.js';
import {
  SMTPServer,
  type SMTPServerAuthentication,
  type SMTPServerOptions,
  type SMTPServerSession,
} from 'smtp-server';
import { checkSubmissionLogin, type SubmissionLogin } from '#domain/accounts';
import { allowedFrom } from '#domain/intake';
import { addressKey, parseAddress } from '#mail/address';
import { handleMail } from './handle-mail.ts';
import { fromRefused, type Reply } from './replies.ts';
import type { SubmissionNeeds } from './submission-needs.ts';

export interface SubmissionServer {
  /** With STARTTLS. */
  readonly port: number;
  /** With TLS from the first byte. */
  readonly tlsPort: number;
  /** Lets mails that are being handed over finish, but not for ever. */
  close(): Promise<void>;
}

const mostRecipients = 50;
const mostConnections = 100;
const patienceMs = 5000;

/**
 * Starts the server that other programs use as their outgoing mail server (RFC 6409): AUTH over TLS, or in clear from this machine; nothing
 * is taken without it, so it relays for nobody. Both ports may be 0: then they are any free ones. Throws, and listens nowhere, when one is taken.
 */
export async function startSubmission(
  needs: SubmissionNeeds,
  at: { readonly host: string; readonly port: number; readonly tlsPort: number },
): Promise<SubmissionServer> {
  const common = optionsOf(needs);
  const guarded = new SMTPServer({ ...common, allowInsecureAuth: false });
  // Who reads the loopback of this machine reads its memory too.
  const local = new SMTPServer({ ...common, allowInsecureAuth: true });
  const secure = new SMTPServer({ ...common, secure: true });
  for (const server of [guarded, local, secure])
    server.on('error', (error) => needs.log.debug({ err: error }, 'a submission connection broke'));
  const door = createServer((socket) =>
    (isLoopback(socket) ? local : guarded).server.emit('connection', socket),
  );
  await listening(door, at.port, at.host);
  try {
    await listening(secure.server, at.tlsPort, at.host);
  } catch (error) {
    door.close(); // half a server would be taken for a whole one, and keeps the process from ending
    throw error;
  }
  return {
    port: portOf(door),
    tlsPort: portOf(secure.server),
    close: async () => {
      const ended = new Promise<void>((resolve) => door.close(() => resolve()));
      await Promise.all([guarded, local, secure].map(closed));
      await ended;
    },
  };
}

function optionsOf(needs: SubmissionNeeds): SMTPServerOptions {
  return {
    name: needs.name,
    banner: 'Envoi submission',
    ...needs.tls,
    minVersion: 'TLSv1.2', // RFC 8997
    size: needs.maxBytes,
    authMethods: ['PLAIN', 'LOGIN'],
    disableReverseLookup: true,
    logger: false,
    maxClients: mostConnections,
    closeTimeout: patienceMs,
    socketTimeout: 5 * 60_000, // RFC 5321 §4.5.3.2
    onAuth: (auth, session, callback) => {
      answer(callback, async () => {
        const login = await signIn(needs, auth, session);
        if ('code' in login) throw smtpError(login);
        return { user: login };
      });
    },
    onMailFrom: (address, session, callback) => {
      answer(callback, () => checkFrom(needs, loginOf(session), address.address));
    },
    onRcptTo: (address, session, callback) => {
      answer(callback, async () => {
        if (!parseAddress(address.address).ok)
          throw smtpError({ code: 553, text: '5.1.3 This is no e-mail address.' });
        if (session.envelope.rcptTo.length >= mostRecipients)
          throw smtpError({ code: 452, text: `4.5.3 At most ${mostRecipients} recipients for one mail.` });
      });
    },
    onData: (stream, session, callback) => {
      const recipients = session.envelope.rcptTo.map((one) => one.address);
      void handleMail(needs, loginOf(session), recipients, stream).then((handled) =>
        handled.ok ? callback(null, handled.text) : callback(smtpError(handled.reply)),
      );
    },
  };
}

async function signIn(
  needs: SubmissionNeeds,
  auth: SMTPServerAuthentication,
  session: SMTPServerSession,
): Promise<SubmissionLogin | Reply> {
  const [username, password] = [auth.username ?? '', auth.password ?? ''];
  const network = session.remoteAddress;
  const checked = await checkSubmissionLogin(needs.database, { username, password, network }, needs.clock());
  if (checked.ok) return checked.login;
  return checked.reason === 'too_many_tries'
    ? { code: 454, text: '4.7.0 Too many wrong tries. Wait 15 minutes, then try again.' }
    : { code: 535, text: '5.7.8 Name or password is wrong. Both stand in the settings of Envoi.' };
}

/** An early answer for a sender who may not send; the header is looked at when it comes. */
async function checkFrom(needs: SubmissionNeeds, login: SubmissionLogin, address: string): Promise<void> {
  if (address === '') return;
  const allowed = await allowedFrom(needs, login);
  if (!allowed.some((one) => addressKey(one) === addressKey(address))) throw smtpError(fromRefused(allowed));
}

function loginOf(session: SMTPServerSession): SubmissionLogin {
  const login = session.user as unknown as SubmissionLogin | undefined;
  if (!login) throw new Error('A command came through without a login.');
  return login;
}

function answer<Result>(
  callback: (error?: Error | null, result?: Result) => void,
  work: () => Promise<Result>,
): void {
  work().then(
    (result) => callback(null, result),
    (error: Error) => callback(error),
  );
}

function smtpError({ code, text }: Reply): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

function isLoopback({ remoteAddress = '' }: Socket): boolean {
  return ipaddr.isValid(remoteAddress) && ipaddr.process(remoteAddress).range() === 'loopback';
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

function closed(server: SMTPServer): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
