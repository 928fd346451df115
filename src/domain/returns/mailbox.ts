import type { GrantProblem } from '#domain/senders';
import type { ImapAccess, ImapProblem } from '#mail/imap';

/** A mailbox that a sender's owner lets us read for what comes back. The password is sealed and never read back. */
export interface Mailbox {
  readonly senderId: string;
  readonly companyId: string;
  readonly host: string;
  readonly port: number;
  readonly security: ImapAccess['security'];
  /** Null: the user for sending. */
  readonly user: string | null;
  readonly hasPassword: boolean;
  readonly verifyCertificate: boolean;
  /** A copy of what is sent is filed in its Sent folder. */
  readonly keepsSent: boolean;
  /** `unchecked` until it was opened for the first time. */
  readonly state: 'unchecked' | 'working' | 'broken';
  readonly problem: ImapProblem | MailboxProblem | null;
  readonly checkedAt: Date | null;
}

/** Problems before anything is dialed. */
export type MailboxProblem = 'host_not_allowed' | GrantProblem;

/** Where a mailbox is, as a person or program says it. */
export interface MailboxInput {
  readonly host: string;
  readonly port: number;
  readonly security: ImapAccess['security'];
  readonly user: string | null;
  /** Absent: as it was; null or empty: the password for sending. */
  readonly password?: string | null;
  readonly verifyCertificate?: boolean;
  /** Files a copy of what is sent from now on in the Sent folder. Absent: as it was. */
  readonly keepSent?: boolean;
}

/** The purpose under which a mailbox's password is sealed: it opens in this row only. */
export function mailboxPurpose(senderId: string): string {
  return `mailbox:${senderId}:password`;
}
