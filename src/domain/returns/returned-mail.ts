/**
 * How a mail came back: to the return path of a message, to its reply address, to an address for complaints, or into a
 * mailbox that a sender's owner lets us read.
 */
export type Via = 'return_path' | 'reply_address' | 'complaint_address' | 'mailbox';

/** How its message was found; the first is the surest. */
export type MatchedBy = 'verp' | 'header' | 'message_id' | 'recipient';

/** A mail that came back, before it is kept. */
export interface Arrival {
  readonly companyId: string;
  /** The message that the address names; null where it has to be found. */
  readonly messageId: string | null;
  readonly via: Via;
  /** Whose mailbox it was found in. */
  readonly senderId: string | null;
  /** '' is the null return path of reports (RFC 5321 §4.5.5). */
  readonly envelopeFrom: string;
  readonly clientIp: string | null;
  readonly clientName: string | null;
  readonly bytes: Buffer;
}

/** A kept mail that waits to be read. */
export interface ReturnedMail extends Omit<Arrival, 'bytes'> {
  readonly id: string;
  readonly sha256: string;
  readonly receivedAt: Date;
  readonly tries: number;
}
