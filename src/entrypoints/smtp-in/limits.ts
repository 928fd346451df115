import { minute } from '#base/time';

/** What strangers may ask of the SMTP server for reports and replies. */
export const limits = {
  /** A report may return a whole mail: 25 MiB of files, encoded, and what servers put around them. */
  bytes: 38 * 2 ** 20,
  /** Bodies in memory at once, over all conversations; beyond it others are asked to come again. */
  bytesInAll: 160 * 2 ** 20,
  clients: 100,
  clientsOfOneAddress: 20,
  recipients: 20,
  /** Refused addresses and commands in one conversation: more is somebody who tries addresses out. */
  refusals: 20,
  /** RFC 5321 §4.5.3.2.7 asks for five minutes. */
  idleMs: 5 * minute,
  /** A mail that has passed so many servers goes in a circle (RFC 5321 §6.3 asks for at least 100). */
  hops: 100,
} as const;
