import type { Capabilities } from './capabilities.ts';
import type { Delivery, SmtpFailure, TlsFacts } from './outcome.ts';
import type { Places } from './places.ts';

/** One message to one recipient. */
export interface Mail {
  /** Envelope sender without angle brackets; empty for the null sender. */
  readonly from: string;
  /** Envelope recipient without angle brackets. */
  readonly to: string;
  /** The message, CRLF line ends, not dot-stuffed; the chunks are written as they are, in one writev. */
  readonly chunks: readonly Buffer[];
  /** Octets of the message; default the sum of the chunks. */
  readonly size?: number;
  /** True when addresses or headers hold UTF-8 (RFC 6531). */
  readonly needsSmtpUtf8?: boolean;
  /** True when the body holds octets above 127 (RFC 6152). */
  readonly needs8bit?: boolean;
  /** Ask for reports, of success too, where the server offers them (RFC 3461 §4.1); they come to `from`. */
  readonly reports?: boolean;
  /** The caller knows that no line begins with a dot: saves looking. */
  readonly noLeadingDots?: boolean;
}

export interface DeliverHooks {
  /**
   * Called when the whole message but its end is with the kernel. Record here, durably, that the dot is about to
   * leave. If it rejects, the dot is not sent and the outcome is temporary (`dot_not_recorded`).
   */
  readonly beforeDot: () => Promise<void>;
}

/** An open conversation, ready for messages. One message at a time. */
export interface SmtpConnection {
  readonly capabilities: Capabilities;
  readonly greeting: string;
  readonly ip: string | null;
  readonly tls: TlsFacts | null;
  /** Messages begun so far. */
  readonly messages: number;
  /** False once the connection was closed, refused service (421) or got out of step. */
  readonly isUsable: boolean;
  /** Hands over one message. Never rejects; what went wrong is a value. */
  deliver(mail: Mail, hooks: DeliverHooks): Promise<Delivery>;
  /** RSET; false when the server did not agree (the connection is then closed). */
  reset(): Promise<boolean>;
  /** Says QUIT, waits briefly for the answer, closes. Never rejects. */
  quit(): Promise<void>;
  /** Closes at once. */
  close(): void;
}

export type ConnectResult =
  | { readonly ok: true; readonly connection: SmtpConnection }
  | { readonly ok: false; readonly outcome: SmtpFailure };

export interface PoolOptions {
  readonly connect: () => Promise<ConnectResult>;
  /** How many connections may be open at once; `Places` are shared with other pools. */
  readonly maxConnections: number | Places;
  /** Default 100; a server's own LIMITS MAILMAX (RFC 9422) lowers it. */
  readonly maxMessagesPerConnection?: number;
  /** Milliseconds after which an unused connection is closed; default 60 000. */
  readonly idleMs?: number;
}

/** Connections to one server, reused. */
export interface SmtpPool {
  /** Waits for a free connection, then delivers. Never rejects. */
  deliver(mail: Mail, hooks: DeliverHooks): Promise<Delivery>;
  /** Lets running deliveries finish, settles waiting ones as temporary (`stopped_here`), closes all. */
  close(): Promise<void>;
  readonly open: number;
  readonly waiting: number;
}
