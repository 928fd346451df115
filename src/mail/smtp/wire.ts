import type { Socket } from 'node:net';
import type { TraceEntry } from './options.ts';
import type { SmtpError } from './outcome.ts';
import { makeReplyReader } from './read-replies.ts';
import type { Reply } from './reply.ts';

/** The next thing that comes from the other side. */
export type Heard =
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'failure'; readonly error: SmtpError };

/** Never more replies than a group of RSET, MAIL, RCPT and DATA can have. */
const maxUnreadReplies = 8;

/** A socket on which one side says lines and blocks, and the other answers with replies. */
export class Wire {
  readonly #socket: Socket;
  readonly #trace: ((from: TraceEntry['from'], text: string) => void) | null;
  readonly #reader = makeReplyReader();
  readonly #unread: Reply[] = [];
  #failure: SmtpError | null = null;
  #listener: (() => void) | null = null;

  constructor(socket: Socket, trace: ((from: TraceEntry['from'], text: string) => void) | null) {
    this.#socket = socket;
    this.#trace = trace;
    socket.on('data', this.#receive);
    socket.on('end', this.#onEnd);
    socket.on('close', this.#onEnd);
    socket.on('error', this.#onError);
  }

  get isDead(): boolean {
    return this.#failure !== null;
  }

  /** A reply that nobody asked for yet, or the failure; null while all is quiet. Takes it. */
  interruption(): Heard | null {
    const reply = this.#unread.shift();
    if (reply) return { kind: 'reply', reply };
    return this.#failure ? { kind: 'failure', error: this.#failure } : null;
  }

  /** Writes text (with its CRLF). `shown` is what the trace shows instead. */
  say(text: string, shown = text): void {
    if (this.#failure) return;
    if (this.#trace) for (const line of shown.trimEnd().split('\r\n')) this.#trace('client', line);
    this.#socket.write(text);
  }

  /** The next reply, or why none came within `timeoutMs` (which counts for the whole reply). */
  hear(timeoutMs: number): Promise<Heard> {
    return this.#await(timeoutMs, 'no answer within', () => this.interruption());
  }

  /**
   * Writes chunks as one block. Returns null once the kernel has all of it, else what came in between: a reply
   * before its time or a failure.
   */
  write(chunks: readonly Buffer[], timeoutMs: number): Promise<Heard | null> {
    let isWritten = chunks.length === 0;
    const done = this.#await(timeoutMs, 'the message was not taken within', () => {
      return this.interruption() ?? (isWritten ? 'written' : null);
    });
    this.#socket.cork();
    chunks.forEach((chunk, index) => {
      if (index < chunks.length - 1) this.#socket.write(chunk);
      else
        this.#socket.write(chunk, (error) => {
          isWritten = !error;
          this.#listener?.();
        });
    });
    this.#socket.uncork();
    return done.then((heard) => (heard === 'written' ? null : heard));
  }

  /** Gives the socket up for TLS; null when the other side has already said more than it may (RFC 3207 §6). */
  release(): Socket | null {
    const socket = this.#socket;
    if (this.#failure || this.#unread.length > 0 || this.#reader.isMidway) return null;
    socket.off('data', this.#receive).off('end', this.#onEnd).off('close', this.#onEnd);
    this.#failure = { code: 'released', message: 'the connection was handed to TLS' };
    return socket;
  }

  close(): void {
    this.#fail({ code: 'closed', message: 'the connection was closed here' });
  }

  #await<T extends object | string>(ms: number, complaint: string, look: () => T | null): Promise<T | Heard> {
    const now = look();
    if (now) return Promise.resolve(now);
    return new Promise((resolve) => {
      const finish = (found: T | Heard): void => {
        clearTimeout(timer);
        this.#listener = null;
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.#listener = null;
        this.#fail({ code: 'timeout', message: `${complaint} ${Math.round(ms / 1000)} s` });
        finish({ kind: 'failure', error: this.#failure as SmtpError });
      }, ms);
      this.#listener = () => {
        const found = look();
        if (found) finish(found);
      };
    });
  }

  readonly #receive = (bytes: Buffer): void => {
    const { replies, garbage } = this.#reader.push(bytes);
    for (const reply of replies) {
      this.#unread.push(reply);
      this.#traceReply(reply);
    }
    if (garbage !== null) this.#fail({ code: 'garbage', message: `the server sent ${garbage}` });
    else if (this.#unread.length > maxUnreadReplies)
      this.#fail({ code: 'garbage', message: 'the server sent replies that nobody asked for' });
    else this.#listener?.();
  };

  readonly #onEnd = (): void => {
    const midway = this.#reader.isMidway ? ' in the middle of an answer' : '';
    this.#fail({ code: 'closed', message: `the server closed the connection${midway}` });
  };

  readonly #onError = (error: NodeJS.ErrnoException): void => {
    this.#fail({ code: error.code ?? error.name, message: error.message });
  };

  #fail(error: SmtpError): void {
    if (this.#failure) return;
    this.#failure = error;
    this.#trace?.('note', error.message);
    this.#socket.destroy();
    this.#listener?.();
  }

  #traceReply(reply: Reply): void {
    const last = reply.lines.length - 1;
    reply.lines.forEach((line, index) => {
      this.#trace?.('server', `${reply.code}${index < last ? '-' : ' '}${line}`);
    });
  }
}
