import type { Security, SmtpProblem } from '#mail/smtp';

/** How mail leaves. The database knows more methods than can be created here. */
export type SenderMethod = 'sandbox' | 'platform' | 'domain' | 'smtp' | 'google' | 'microsoft' | 'open';

/**
 *   unchecked ──check──▶ valid ◀──check, or a mail that went out── broken
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
  readonly state: SenderState;
  /** Why it is broken, as a stable word; else null. */
  readonly problem: SenderProblem | null;
  readonly checkedAt: Date | null;
  readonly isDefault: boolean;
  readonly createdAt: Date;
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

/** An address that mail goes out from. It never holds a secret. */
export type Sender = SandboxSender | SmtpSender;

/** Why nothing goes out from a sender; screens put words to these. */
export type SenderProblem = SmtpProblem;

export type SenderRefusal =
  | 'method_not_available'
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
  | 'sender_not_valid';

export type Refused<Reason extends string> = { readonly ok: false; readonly reason: Reason };
export type SenderResult = { readonly ok: true; readonly sender: Sender } | Refused<SenderRefusal>;

/** The purpose under which a password is sealed: it opens in this row only. */
export function secretPurpose(senderId: string): string {
  return `sender:${senderId}:password`;
}
