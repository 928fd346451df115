import { createHash } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import type { TestCertificate } from './certificate.ts';
import { type AuthExchange, beginAuth } from './check-auth.ts';
import { addressIn, type ReceivedMail, unstuff } from './received-mail.ts';

export interface SinkOptions {
  readonly port?: number;
  /** Default `127.0.0.1`; `::` takes IPv6 and IPv4. */
  readonly host?: string;
  readonly tls?: TestCertificate & { readonly mode: 'implicit' | 'starttls' };
  /** User names and their secrets; given, AUTH is offered and demanded. */
  readonly users?: Readonly<Record<string, string>>;
  /** What to keep of each mail: nothing but the count (fastest), a SHA-256 of its bytes, or all. Default `all`. */
  readonly keep?: 'count' | 'hash' | 'all';
  readonly pipelining?: boolean;
  readonly maxSize?: number;
  /** More EHLO keywords. */
  readonly extensions?: readonly string[];
}

export interface Sink {
  readonly port: number;
  readonly count: number;
  readonly connections: number;
  /** How many were open at once, at most. */
  readonly mostAtOnce: number;
  readonly mails: readonly ReceivedMail[];
  /** Hexadecimal, in order of arrival. */
  readonly hashes: readonly string[];
  close(): Promise<void>;
}

/** A server that takes every mail, as fast as a bare socket can. */
export async function startSink(options: SinkOptions = {}): Promise<Sink> {
  const state: State = {
    options,
    count: 0,
    connections: 0,
    mostAtOnce: 0,
    mails: [],
    hashes: [],
    context: null,
  };
  if (options.tls) state.context = createSecureContext(options.tls);
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    state.connections += 1;
    sockets.add(socket);
    state.mostAtOnce = Math.max(state.mostAtOnce, sockets.size);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    new Session(state, socket, options.tls?.mode === 'implicit');
  });
  await new Promise<void>((resolve) =>
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve),
  );
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    get count() {
      return state.count;
    },
    get connections() {
      return state.connections;
    },
    get mostAtOnce() {
      return state.mostAtOnce;
    },
    mails: state.mails,
    hashes: state.hashes,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

interface State {
  readonly options: SinkOptions;
  count: number;
  connections: number;
  mostAtOnce: number;
  readonly mails: ReceivedMail[];
  readonly hashes: string[];
  context: SecureContext | null;
}

const dotLine = Buffer.from('\r\n.\r\n');

class Session {
  readonly #state: State;
  #socket: Socket;
  #secure = false;
  #rest = '';
  #body: Buffer[] | null = null;
  /** The last octets of the body so far; the end may be split over pieces. */
  #tail: Buffer = dotLine.subarray(0, 2);
  #auth: AuthExchange | null = null;
  #user: string | null = null;
  #from = '';
  #to: string[] = [];

  constructor(state: State, socket: Socket, implicit: boolean) {
    this.#state = state;
    this.#socket = socket;
    if (implicit) this.#goSecret();
    else socket.on('data', this.#receive);
    this.#socket.write('220 sink.invalid ESMTP\r\n');
  }

  readonly #receive = (bytes: Buffer): void => {
    if (this.#body) this.#takeBody(bytes);
    else this.#takeLines(bytes);
  };

  #takeLines(bytes: Buffer): void {
    const text = this.#rest + bytes.toString('latin1');
    let out = '';
    let start = 0;
    for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n', start)) {
      const reply = this.#answer(text.slice(start, end));
      start = end + 2;
      out += reply === '' ? '' : `${reply}\r\n`;
      if (this.#body) break;
    }
    this.#rest = '';
    if (out !== '') this.#socket.write(out);
    if (this.#body && start < text.length) this.#takeBody(Buffer.from(text.slice(start), 'latin1'));
    else if (!this.#body) this.#rest = text.slice(start);
  }

  #answer(line: string): string {
    if (this.#auth) return this.#goOnWithAuth(line);
    const verb = line.slice(0, 4).toUpperCase();
    const isStranger = this.#state.options.users !== undefined && this.#user === null;
    if (verb === 'EHLO' || verb === 'HELO') return this.#hello(verb);
    if (verb === 'AUTH') return this.#goOnWithAuth(line);
    if (verb === 'MAIL' && isStranger) return '530 5.7.0 Authentication required';
    if (verb === 'MAIL') {
      this.#from = addressIn(line);
      this.#to = [];
      return '250 2.1.0 Ok';
    }
    if (verb === 'RCPT') {
      this.#to.push(addressIn(line));
      return '250 2.1.5 Ok';
    }
    if (verb === 'DATA') {
      this.#body = [];
      this.#tail = dotLine.subarray(0, 2);
      return '354 Go on';
    }
    if (verb === 'STAR') return this.#startTls();
    if (verb !== 'QUIT') return '250 2.0.0 Ok';
    this.#socket.end('221 2.0.0 Bye\r\n');
    return '';
  }

  #hello(verb: string): string {
    const { options } = this.#state;
    const offersTls = options.tls?.mode === 'starttls' && !this.#secure;
    const words = [
      'sink.invalid',
      options.pipelining === false ? '' : 'PIPELINING',
      '8BITMIME',
      'SMTPUTF8',
      'ENHANCEDSTATUSCODES',
      `SIZE ${options.maxSize ?? 0}`,
      offersTls ? 'STARTTLS' : '',
      options.users ? 'AUTH PLAIN LOGIN CRAM-MD5 XOAUTH2' : '',
      ...(options.extensions ?? []),
    ].filter((word) => word !== '');
    if (verb === 'HELO') return '250 sink.invalid';
    return words.map((word, at) => `250${at < words.length - 1 ? '-' : ' '}${word}`).join('\r\n');
  }

  #goOnWithAuth(line: string): string {
    this.#auth ??= beginAuth(this.#state.options.users ?? {});
    const { reply, user, done } = this.#auth.next(line);
    if (done) this.#auth = null;
    this.#user = user;
    return reply;
  }

  #startTls(): string {
    this.#socket.write('220 2.0.0 Ready\r\n');
    this.#socket.off('data', this.#receive);
    this.#goSecret();
    return '';
  }

  #goSecret(): void {
    this.#secure = true;
    this.#socket = new TLSSocket(this.#socket, {
      isServer: true,
      ...(this.#state.context ? { secureContext: this.#state.context } : {}),
    });
    this.#socket.on('error', () => this.#socket.destroy());
    this.#socket.on('data', this.#receive);
  }

  #takeBody(bytes: Buffer): void {
    const body = this.#body ?? [];
    const seam = Buffer.concat([this.#tail, bytes.subarray(0, 4)]);
    const atSeam = seam.indexOf(dotLine);
    // Where the line of the dot begins, counted from the beginning of these bytes.
    const found = atSeam >= 0 ? atSeam - this.#tail.length : bytes.indexOf(dotLine);
    if (atSeam < 0 && found < 0) {
      body.push(bytes);
      this.#tail = Buffer.concat([this.#tail, bytes.subarray(-4)]).subarray(-4);
      return;
    }
    const end = found + dotLine.length;
    if (this.#state.options.keep !== 'count') this.#keep(Buffer.concat([...body, bytes.subarray(0, end)]));
    this.#state.count += 1;
    this.#body = null;
    this.#socket.write('250 2.0.0 Ok: taken\r\n');
    if (end < bytes.length) this.#takeLines(bytes.subarray(end));
  }

  #keep(whole: Buffer): void {
    const bytes = unstuff(whole.subarray(0, whole.length - 3));
    if (this.#state.options.keep === 'hash')
      this.#state.hashes.push(createHash('sha256').update(bytes).digest('hex'));
    else
      this.#state.mails.push({
        from: this.#from,
        to: this.#to,
        bytes,
        secure: this.#secure,
        user: this.#user,
      });
  }
}
