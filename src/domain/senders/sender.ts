import type { Security, SmtpProblem } from '#mail/smtp';
import type { ProviderName } from './grants/provider.ts';
import type { SenderLimits } from './sender-limits.ts';

/** How mail leaves. */
export type SenderMethod = 'sandbox' | 'platform' | 'domain' | 'smtp' | 'google' | 'microsoft' | 'open';

/**
 *   unchecked ──check──▶ valid ◀──check── broken
 *       └───────check, or a refused sign-in──▶ broken ◀── valid
 */
export type SenderState = 'unchecked' | 'valid' | 'broken';

/** Where and how to submit mail. The password is not part of it: it is sealed and never read back. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  /** Null: a server that asks for no sign-in. */
  readonly user: string | null;
  readonly verifyCertificate: boolean;
  readonly maxConnections: number;
}

interface SenderFacts {
  readonly id: string;
  readonly companyId: string;
  /** The name before the address; empty: the user's or company's name is used. */
  readonly name: string;
  /** From and envelope sender. */
  readonly address: string;
  readonly replyTo: string | null;
  /** False: in another domain, and not shown to be theirs; answers go to whoever sends until it is. */
  readonly replyToProven: boolean;
  /** The sender whose server and password it uses, which change with that one's; null: it stands alone. */
  readonly viaSenderId: string | null;
  /** What the company allows beside what servers and the operator do. */
  readonly limits: SenderLimits;
  readonly state: SenderState;
  /** Why it is broken, as a stable word; else null. */
  readonly problem: SenderProblem | null;
  readonly checkedAt: Date | null;
  readonly isDefault: boolean;
  readonly createdAt: Date;
  /** Set on the account with an outside provider of registered delivery: it is never chosen as a sender by itself. */
  readonly provider?: 'incamail';
  /** Set on a deleted sender, which only its old messages still name. */
  readonly deletedAt: Date | null;
}

export type SandboxSender = SenderFacts & { readonly method: 'sandbox' };
export type SmtpSender = SenderFacts & {
  readonly method: 'smtp';
  readonly settings: SmtpSettings;
  readonly hasPassword: boolean;
  /** Another one after each change of settings or password: what is built upon them compares it. */
  readonly revision: string;
};

/**
 * How much encryption the way to the recipient's server must have. `opportunistic`: whatever it offers. `encrypted`: TLS, with any
 * certificate. `verified`: TLS with a good one. The last two never fall back: the mail waits, and is given up with that reason.
 */
export const tlsPolicies = ['opportunistic', 'encrypted', 'verified'] as const;
export type TlsPolicy = (typeof tlsPolicies)[number];

/** Senders that leave through the installation itself: its relay, or straight to the recipients' servers. */
export type HouseMethod = 'platform' | 'domain' | 'open';
export type HouseSender = SenderFacts & { readonly method: HouseMethod; readonly tls: TlsPolicy };

/** A sender at Google or Microsoft, to whom its owner has signed in; what he has granted is kept beside it (`grants`). */
export type ProviderSender = SenderFacts & {
  readonly method: ProviderName;
  /** Whether its owner lets the mailbox be opened by IMAP: to read what comes back, and to keep one copy in Sent. */
  readonly usesMailbox: boolean;
};

/** An address that mail goes out from. It never holds a secret. */
export type Sender = SandboxSender | SmtpSender | HouseSender | ProviderSender;

/** Why nothing goes out from a sender; screens put words to these. */
export type SenderProblem =
  | SmtpProblem
  /** The records of its domain are not all there. */
  | 'domain_not_verified'
  /** Its domain asks receivers to refuse what is not authenticated. */
  | 'dmarc_refuses'
  /** The code that was mailed to it has not come back. */
  | 'address_not_confirmed';

export type SenderRefusal =
  | 'method_not_available'
  | 'platform_not_set_up'
  | 'provider_not_set_up'
  | 'account_is_fixed'
  | 'platform_is_fixed'
  | 'domain_not_added'
  | 'via_not_found'
  | 'limit_invalid'
  | 'not_found'
  | 'address_invalid'
  | 'name_invalid'
  | 'reply_to_invalid'
  | 'host_invalid'
  | 'host_not_allowed'
  | 'port_invalid'
  | 'user_invalid'
  | 'max_connections_invalid'
  | 'password_missing'
  | 'password_invalid'
  | 'password_needed_again'
  | 'sandbox_is_fixed'
  | 'sender_is_default'
  | 'sender_in_rule'
  | 'sender_not_valid';

export type Refused<Reason extends string> = { readonly ok: false; readonly reason: Reason };
export type SenderResult = { readonly ok: true; readonly sender: Sender } | Refused<SenderRefusal>;

/** Tells whether mail of this sender leaves through the installation itself. */
export function isHouseSender(sender: Sender): sender is HouseSender {
  return sender.method === 'platform' || sender.method === 'domain' || sender.method === 'open';
}

/** Tells whether a sender is an account at a mailbox provider to whom one signs in by OAuth. */
export function isProviderSender(sender: Sender): sender is ProviderSender {
  return sender.method === 'google' || sender.method === 'microsoft';
}

/**
 * Tells whether mail may leave from it now. An own server asks for a password before it takes anything, so one that was not tried yet is
 * tried by its first mail; the installation asks nobody, so what leaves through it under a name must have been found valid before.
 */
export function maySend(sender: Pick<Sender, 'method' | 'state'>): boolean {
  if (sender.state !== 'unchecked') return sender.state === 'valid';
  return sender.method !== 'domain' && sender.method !== 'open';
}

/** Tells whether the next server itself files a copy in Sent of what it is handed, as Google and Microsoft do. */
export function filesSentCopies(sender: Sender | null): boolean {
  return sender !== null && isProviderSender(sender);
}

/** The purpose under which a password is sealed: it opens in this row only. */
export function secretPurpose(senderId: string): string {
  return `sender:${senderId}:password`;
}
