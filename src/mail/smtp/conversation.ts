import type { Socket } from 'node:net';
import { bareCapabilities, type Capabilities } from './capabilities.ts';
import { defaultTimeouts, type SmtpOptions, type Timeouts } from './options.ts';
import type { ConversationFacts, Durations, Step, TlsFacts, TlsGivenUp } from './outcome.ts';
import type { Setback } from './setback.ts';
import { type Heard, Wire } from './wire.ts';

/** What one connection knows: the wire, what was agreed on it, and how long things took. */
export class Conversation {
  readonly options: SmtpOptions;
  readonly timeouts: Timeouts;
  readonly now: () => number;
  wire: Wire;
  ip: string | null = null;
  tls: TlsFacts | null = null;
  tlsGivenUp: TlsGivenUp | null = null;
  greeting = '';
  capabilities: Capabilities = bareCapabilities({ code: 250, enhanced: null, lines: [] });
  /** Messages begun. */
  messages = 0;
  /** A transaction may be open on the server: the next one must begin with RSET. */
  needsReset = false;
  /** Milliseconds per step, in the order in which they were passed. */
  readonly passed: { readonly step: Step; readonly ms: number }[] = [];
  #mark: number;
  #opening: Partial<Durations> = {};

  constructor(options: SmtpOptions, socket: Socket, now: () => number, begunAt: number) {
    this.options = options;
    this.timeouts = { ...defaultTimeouts, ...options.timeouts };
    this.now = now;
    this.#mark = begunAt;
    this.ip = socket.remoteAddress ?? null;
    this.wire = this.#wireFor(socket);
  }

  get isLoopback(): boolean {
    return /^(::ffff:)?127\.|^::1$/.test(this.ip ?? '');
  }

  /** Notes that a step is done; returns its milliseconds. */
  pass(step: Step): number {
    const ms = this.now() - this.#mark;
    this.#mark += ms;
    this.passed.push({ step, ms });
    if (step === 'connect') this.#opening = { ...this.#opening, connectMs: ms };
    if (step === 'tls') this.#opening = { ...this.#opening, tlsMs: ms };
    if (step === 'auth') this.#opening = { ...this.#opening, authMs: ms };
    return ms;
  }

  /** Says a line and waits for its answer. */
  ask(line: string, timeoutMs: number, shown?: string): Promise<Heard> {
    this.wire.say(`${line}\r\n`, shown);
    return this.wire.hear(timeoutMs);
  }

  /** Goes on over another socket, after TLS was begun. */
  continueOver(socket: Socket, tls: TlsFacts): void {
    this.tls = tls;
    this.wire = this.#wireFor(socket);
  }

  /** The facts of an outcome. The durations of the opening belong to the first message only. */
  facts(own: Partial<Durations> & { readonly totalMs: number }): ConversationFacts {
    const opening = this.messages <= 1 ? this.#opening : {};
    const none = {
      connectMs: null,
      tlsMs: null,
      authMs: null,
      envelopeMs: null,
      bodyMs: null,
      answerMs: null,
    };
    return {
      host: this.options.host,
      port: this.options.port,
      ip: this.ip,
      tls: this.tls,
      tlsGivenUp: this.tlsGivenUp,
      nthOnConnection: this.messages,
      durations: { ...none, ...opening, ...own },
    };
  }

  #wireFor(socket: Socket): Wire {
    const { trace, auth } = this.options;
    if (!trace) return new Wire(socket, null);
    const secrets = auth ? [auth.secret, Buffer.from(auth.secret).toString('base64')] : [];
    // A server may echo what it was told. Short secrets are left: cutting them out of other words would show them.
    const cut = secrets.filter((secret) => secret.length >= 6);
    return new Wire(socket, (from, text) => {
      const isEcho = from === 'server' && !this.passed.some(({ step }) => step === 'auth');
      const shown = isEcho ? cut.reduce((rest, secret) => rest.replaceAll(secret, '***'), text) : text;
      trace({ from, text: shown, atMs: this.now() });
    });
  }
}

/** Did the server answer with one of the wanted codes? */
export function isAnswer(heard: Heard, ...wanted: readonly number[]): boolean {
  return heard.kind === 'reply' && wanted.includes(heard.reply.code);
}

/** An outcome without a connection. */
export function factsWithoutConnection(
  options: Pick<SmtpOptions, 'host' | 'port'>,
  totalMs: number,
): ConversationFacts {
  const none = { tlsMs: null, authMs: null, envelopeMs: null, bodyMs: null, answerMs: null };
  return {
    host: options.host,
    port: options.port,
    ip: null,
    tls: null,
    tlsGivenUp: null,
    nthOnConnection: 0,
    durations: { connectMs: totalMs, ...none, totalMs },
  };
}

export type Progress = Promise<Setback | null>;
