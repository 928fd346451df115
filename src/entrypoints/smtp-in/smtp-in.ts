import type { AddressInfo } from 'node:net';
import {
  SMTPServer,
  type SMTPServerAddress,
  type SMTPServerDataStream,
  type SMTPServerSession,
} from 'smtp-server';
import { second } from '#base/time';
import {
  type Destination,
  findComplained,
  findDestination,
  findSelfTest,
  isHousePath,
  keepMail,
  type ReturnsNeeds,
  type SelfTest,
  takeHouseReport,
  takeSelfTest,
} from '#domain/returns';
import { splitHeaders } from '#mail/mime';
import { StorageFull } from '#stores/files';
import { type Budget, collect } from './collect.ts';
import { limits } from './limits.ts';
import { Refused, refusals } from './reply.ts';

export interface SmtpInNeeds extends ReturnsNeeds {
  readonly port: number;
  /** null: every address of this machine. */
  readonly host: string | null;
  /** The name that it greets with. */
  readonly name: string;
  /** Domains at which abuse@, postmaster@ and fbl@ take complaints. */
  readonly ownDomains: readonly string[];
  readonly tls: { readonly cert: string; readonly key: string };
}

export interface SmtpIn {
  readonly port: number;
  /** Lets running conversations finish, for five seconds at most. */
  close(): Promise<void>;
}

/**
 * Starts the SMTP server for what comes back. It takes mail for return paths, reply addresses and complaints only, and passes
 * nothing on; whom it does not know it refuses in the conversation. A mail is acknowledged when it is stored for good.
 */
export async function startSmtpIn(needs: SmtpInNeeds): Promise<SmtpIn> {
  const desk = makeDesk(needs);
  const server = new SMTPServer({
    name: needs.name,
    banner: 'reports and replies',
    key: needs.tls.key,
    cert: needs.tls.cert,
    disabledCommands: ['AUTH'],
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    size: limits.bytes,
    maxClients: limits.clients,
    maxRecipients: limits.recipients,
    socketTimeout: limits.idleMs,
    closeTimeout: 5 * second,
    ...desk,
  });
  // Connections that break, and handshakes that fail, are the daily bread of a public port.
  server.on('error', (error) => needs.log.debug({ err: error }, 'a conversation broke off'));
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    const listening = (): void => {
      server.server.removeListener('error', reject);
      resolve();
    };
    if (needs.host === null) server.listen(needs.port, listening);
    else server.listen(needs.port, needs.host, listening);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** What one conversation has asked for, by its session. */
interface Talk {
  readonly destinations: Map<string, Destination | SelfTest | 'complaint' | 'house'>;
  refusals: number;
}

type Done = (error?: Error | null) => void;

/** The answers to the commands. */
function makeDesk(needs: SmtpInNeeds) {
  const talks = new WeakMap<SMTPServerSession, Talk>();
  const clients = new Map<string, number>();
  const budget: Budget = { used: 0 };
  const talkOf = (session: SMTPServerSession): Talk => {
    const talk = talks.get(session) ?? { destinations: new Map(), refusals: 0 };
    talks.set(session, talk);
    return talk;
  };
  return {
    onConnect: (session: SMTPServerSession, done: Done) => {
      const count = (clients.get(session.remoteAddress) ?? 0) + 1;
      clients.set(session.remoteAddress, count);
      done(count > limits.clientsOfOneAddress ? refusals.tooManyClients() : null);
    },
    onClose: (session: SMTPServerSession) => {
      const count = (clients.get(session.remoteAddress) ?? 1) - 1;
      if (count > 0) clients.set(session.remoteAddress, count);
      else clients.delete(session.remoteAddress);
    },
    onMailFrom: (_address: SMTPServerAddress, session: SMTPServerSession, done: Done) => {
      talkOf(session).destinations.clear();
      done();
    },
    onRcptTo: (address: SMTPServerAddress, session: SMTPServerSession, done: Done) =>
      answer(needs, done, () => addRecipient(needs, talkOf(session), address.address)),
    onData: (stream: SMTPServerDataStream, session: SMTPServerSession, done: Done) =>
      answer(needs, done, () =>
        collect(stream, budget, (bytes) => keep(needs, session, talkOf(session), bytes)),
      ),
  };
}

/** Turns what a deed throws into the words that the other server hears; what is our fault is temporary for him. */
function answer(needs: SmtpInNeeds, done: Done, deed: () => Promise<void>): void {
  deed().then(
    () => done(),
    (error: unknown) => {
      if (error instanceof Refused) return done(error);
      needs.log.error({ err: error }, 'a mail that came back could not be stored');
      done(error instanceof StorageFull ? refusals.full() : refusals.broken());
    },
  );
}

async function addRecipient(needs: SmtpInNeeds, talk: Talk, address: string): Promise<void> {
  const destination =
    (await findDestination(needs, address)) ??
    (await findSelfTest(needs, address)) ??
    (isHousePath(needs, address) ? 'house' : isForComplaints(needs, address) ? 'complaint' : null);
  if (destination) {
    talk.destinations.set(address.toLowerCase(), destination);
    return;
  }
  talk.refusals += 1;
  if (talk.refusals > limits.refusals) throw refusals.tooManyRefusals();
  throw /^[bhrt][0-9a-z]{30,40}@/i.test(address) ? refusals.unknownAddress() : refusals.noRelay();
}

/** RFC 5321 §4.5.1 and RFC 2142 §4 want these at every domain with a mail server; fbl@ is what feedback loops are given. */
function isForComplaints({ ownDomains }: SmtpInNeeds, address: string): boolean {
  const [local = '', domain = ''] = address.toLowerCase().split('@');
  return ['abuse', 'postmaster', 'fbl'].includes(local) && (domain === '' || ownDomains.includes(domain));
}

async function keep(
  needs: SmtpInNeeds,
  session: SMTPServerSession,
  talk: Talk,
  bytes: Buffer,
): Promise<void> {
  const { headers } = splitHeaders(bytes);
  if (headers.filter(({ name }) => /^received$/i.test(name)).length > limits.hops) throw refusals.looping();
  const from = session.envelope.mailFrom;
  const origin = {
    senderId: null,
    envelopeFrom: from === false ? '' : from.address.slice(0, 400),
    clientIp: session.remoteAddress,
    clientName: String(session.hostNameAppearsAs || '').slice(0, 255) || null,
  };
  for (const [address, found] of talk.destinations) {
    if (found === 'house') {
      await takeHouseReport(needs, address, bytes);
      continue;
    }
    if (found !== 'complaint' && 'way' in found) {
      await takeSelfTest(needs, found, { bytes, envelopeFrom: origin.envelopeFrom });
      continue;
    }
    const destination = found === 'complaint' ? await findComplained(needs, bytes) : found;
    if (!destination) throw refusals.notOurs();
    await keepMail(needs, { ...destination, ...origin, bytes });
  }
}
