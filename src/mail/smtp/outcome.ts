import type { SmtpProblem } from './problem.ts';
import type { Reply } from './reply.ts';

/** Where in the conversation something happened; `body` is before the final dot, `dot` is after it. */
export type Step =
  | 'connect'
  | 'greeting'
  | 'hello'
  | 'tls'
  | 'auth'
  | 'mail'
  | 'rcpt'
  | 'data'
  | 'body'
  | 'dot';

/** What was seen of the encryption; recorded with every attempt, whether or not it was insisted on. */
export interface TlsFacts {
  readonly protocol: string | null;
  readonly cipher: string | null;
  /** Chain and name are both good. */
  readonly authorized: boolean;
  /** Node's or OpenSSL's word for what is not good, for example `CERT_HAS_EXPIRED`; null when authorized. */
  readonly authorizationError: string | null;
  /** DNS names and addresses in the certificate, else its common name. */
  readonly names: readonly string[];
  readonly fingerprint256: string | null;
  /** RFC 3339, null where the certificate does not say. */
  readonly validTo: string | null;
}

/** Why mail went on in the clear although the server offers encryption: it took STARTTLS back, or TLS did not come about. */
export interface TlsGivenUp {
  readonly why: 'refused' | 'failed';
  /** The server's answer, or what the TLS library said. */
  readonly said: string;
}

/** Milliseconds; null for what did not take place in this attempt (a reused connection was not dialed). */
export interface Durations {
  readonly connectMs: number | null;
  readonly tlsMs: number | null;
  readonly authMs: number | null;
  /** From MAIL until the server asked for the message. */
  readonly envelopeMs: number | null;
  readonly bodyMs: number | null;
  /** From the final dot to its answer. */
  readonly answerMs: number | null;
  readonly totalMs: number;
}

/** With whom was spoken and how. */
export interface ConversationFacts {
  readonly host: string;
  readonly port: number;
  readonly ip: string | null;
  readonly tls: TlsFacts | null;
  /** Of an opportunistic connection; null: encrypted, or the server offers no encryption. */
  readonly tlsGivenUp: TlsGivenUp | null;
  /** 1 for the first message of a connection; 0 when no message was begun. */
  readonly nthOnConnection: number;
  readonly durations: Durations;
}

/** A failure that is not an answer: a socket, TLS or DNS error, a time-out, or a rule of ours. */
export interface SmtpError {
  /** `ECONNREFUSED`, `timeout`, `closed`, `CERT_HAS_EXPIRED` … */
  readonly code: string;
  readonly message: string;
}

interface Refusal extends ConversationFacts {
  readonly step: Step;
  readonly problem: SmtpProblem;
  /** What the server answered; null when the failure is not an answer. */
  readonly reply: Reply | null;
  /** What broke; null when the failure is an answer. */
  readonly error: SmtpError | null;
}

/** Not delivered; may work later. Nothing of this attempt can still arrive. */
export interface TemporaryFailure extends Refusal {
  readonly kind: 'temporary';
}

/** Not delivered, and repeating it unchanged is pointless. On step `auth` it is the sender that needs repair. */
export interface PermanentFailure extends Refusal {
  readonly kind: 'permanent';
}

/** The server answered 2xx after the final dot. */
export interface Accepted extends ConversationFacts {
  readonly kind: 'accepted';
  readonly step: 'dot';
  readonly reply: Reply;
}

/** The final dot was given to the socket and no valid answer came: it may or may not have been taken. */
export interface UnknownAfterDot extends Refusal {
  readonly kind: 'unknown_after_dot';
  readonly error: SmtpError;
}

/** Why a connection could not be had; never about a message, so nothing can have been sent. */
export type SmtpFailure = TemporaryFailure | PermanentFailure;

/** What became of one message to one recipient. */
export type Delivery = Accepted | TemporaryFailure | PermanentFailure | UnknownAfterDot;
