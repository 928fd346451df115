import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { TestCertificate } from './certificate.ts';
import type { ReceivedMail } from './received-mail.ts';

export interface PoliteOptions {
  readonly tls?: TestCertificate & { readonly mode: 'implicit' | 'starttls' };
  readonly users?: Readonly<Record<string, string>>;
  /** Takes access tokens instead of passwords (XOAUTH2), as Google and Microsoft do. */
  readonly tokens?: (user: string, token: string) => boolean;
  readonly maxSize?: number;
}

export interface PoliteServer {
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
  /** Hangs up on all clients. */
  kick(): void;
  close(): Promise<void>;
}

/** A well-behaved server of somebody else's making (smtp-server). Listens on 127.0.0.1. */
export async function startPolite(options: PoliteOptions = {}): Promise<PoliteServer> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({ ...settings(options), ...handlers(options, mails) });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    mails,
    kick: () => {
      for (const connection of server.connections) (connection as { close(): void }).close();
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function settings({ tls, users, tokens, maxSize }: PoliteOptions): SMTPServerOptions {
  return {
    ...(tls ? { key: tls.key, cert: tls.cert, secure: tls.mode === 'implicit' } : {}),
    hideSTARTTLS: tls === undefined,
    authMethods: tokens ? ['XOAUTH2'] : ['PLAIN', 'LOGIN', 'CRAM-MD5'],
    authOptional: users === undefined && tokens === undefined,
    disabledCommands: users || tokens ? [] : ['AUTH'],
    disableReverseLookup: true,
    closeTimeout: 100,
    ...(maxSize === undefined ? {} : { size: maxSize }),
  };
}

function handlers({ users = {}, tokens, maxSize }: PoliteOptions, mails: ReceivedMail[]): SMTPServerOptions {
  return {
    onAuth: (auth, _session, done) => {
      if (tokens) {
        const isGood = tokens(auth.username ?? '', auth.accessToken ?? '');
        const data = { status: '400', schemes: 'Bearer', scope: 'https://mail.google.com/' };
        return isGood ? done(null, { user: auth.username }) : done(null, { data } as never);
      }
      const secret = users[auth.username ?? ''];
      const isRight =
        secret !== undefined &&
        (auth.method === 'CRAM-MD5' ? auth.validatePassword(secret) : auth.password === secret);
      if (isRight) done(null, { user: auth.username });
      else done(Object.assign(new Error('Authentication credentials invalid'), { responseCode: 535 }));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const bytes = Buffer.concat(chunks);
        if (maxSize !== undefined && bytes.length > maxSize)
          return done(Object.assign(new Error('Message too big'), { responseCode: 552 }));
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom ? mailFrom.address : '';
        const to = rcptTo.map((recipient) => recipient.address);
        mails.push({ from, to, bytes, secure: session.secure, user: session.user ?? null });
        done();
      });
    },
  };
}
