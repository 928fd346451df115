import type { LookupFunction } from 'node:net';

/** XOAUTH2 takes an access token as the secret; the others a password. */
export type AuthMethod = 'PLAIN' | 'LOGIN' | 'CRAM-MD5' | 'XOAUTH2';

export interface AuthOptions {
  readonly user: string;
  readonly secret: string;
  /** Allowed methods in order of preference; default PLAIN, LOGIN, CRAM-MD5 (CRAM-MD5 first without TLS). */
  readonly methods?: readonly AuthMethod[];
  /** Send the secret without TLS to a host that is not loopback. Default false: refused as `auth_needs_tls`. */
  readonly allowPlaintext?: boolean;
}

/**
 * `implicit`: TLS from the first byte. `starttls`: STARTTLS or nothing. `opportunistic`: STARTTLS when offered,
 * else plain. `none`: never TLS.
 */
export type Security = 'implicit' | 'starttls' | 'opportunistic' | 'none';

/** Milliseconds to wait for each step. */
export interface Timeouts {
  readonly connect: number;
  readonly greeting: number;
  readonly hello: number;
  readonly tls: number;
  readonly auth: number;
  readonly mail: number;
  readonly rcpt: number;
  readonly data: number;
  /** For each 256 kB of the message, so that a slow line is not mistaken for a dead one. */
  readonly block: number;
  readonly dot: number;
  readonly reset: number;
  readonly quit: number;
}

/** RFC 5321 §4.5.3.2; connect, tls, reset and quit are ours, the RFC is silent on them. */
export const defaultTimeouts: Timeouts = {
  connect: 30_000,
  greeting: 300_000,
  hello: 300_000,
  tls: 60_000,
  auth: 120_000,
  mail: 300_000,
  rcpt: 300_000,
  data: 120_000,
  block: 180_000,
  dot: 600_000,
  reset: 30_000,
  quit: 5_000,
};

/** One line of a conversation, secrets already replaced by `***`. */
export interface TraceEntry {
  readonly from: 'client' | 'server' | 'note';
  readonly text: string;
  readonly atMs: number;
}

export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  /** The name by which we greet: a host name or an address literal such as `[192.0.2.1]`. */
  readonly helloName: string;
  /**
   * Insist on a valid certificate with the right name. Default true, except for `opportunistic` without `auth`,
   * where a bad certificate is recorded and still better than no encryption (RFC 7435).
   */
  readonly verifyCertificate?: boolean;
  /** The name that the certificate must carry; default `host`. */
  readonly serverName?: string;
  /** Certificates (PEM) to trust instead of the built-in list. */
  readonly ca?: string | readonly string[];
  readonly auth?: AuthOptions;
  readonly timeouts?: Partial<Timeouts>;
  /** Source address, for machines that have several. */
  readonly localAddress?: string;
  /** How names become addresses; default the system's resolver. */
  readonly lookup?: LookupFunction;
  /** Asked when a name was not found: does it really not exist (NXDOMAIN)? Default asks the DNS servers. */
  readonly isNameAbsent?: (host: string) => Promise<boolean>;
  /** Called with every line of the conversation (not with message content). */
  readonly trace?: (entry: TraceEntry) => void;
}
