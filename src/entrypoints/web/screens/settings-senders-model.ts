import type { Errors, NoteState } from '../kit/index.ts';
import type { AddressRuleModel } from './settings-address-rule.tsx';
import type { MailboxState } from './settings-mailbox.tsx';
import type { ProofModel } from './settings-sender-proof.tsx';

/** As `#mail/smtp` names them. */
export const securities = ['implicit', 'starttls', 'opportunistic', 'none'] as const;

export const tlsPolicies = ['opportunistic', 'encrypted', 'verified'] as const;

export type SenderMethod = 'sandbox' | 'platform' | 'domain' | 'smtp' | 'google' | 'microsoft' | 'open';

export type SenderModel = {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly method: SenderMethod;
  readonly state: 'unchecked' | 'valid' | 'broken';
  readonly isDefault: boolean;
  /** "smtp.example:587", with `smtp`. */
  readonly server: string | null;
  /** Addresses of it that have to be proven with a code. */
  readonly proofs: readonly ProofModel[];
  /** How many e-mails may leave in a time, in words; null: not limited here. */
  readonly limits: string | null;
  /** The address whose server it uses; null: it stands alone. */
  readonly via: string | null;
  /** With an account at Google or Microsoft: whether its owner has to connect it (again). */
  readonly connection?: 'none' | 'ended' | 'live';
  /** Whether its bounces and answers can be seen; absent where they come back by another way. */
  readonly mailbox?: MailboxState;
  /** What becomes of answers to it; absent for the sandbox. */
  readonly replies?: 'tracked' | 'read' | 'unseen';
  /** What will be seen of failures, as its last self-test found; null: not known yet; absent for the sandbox. */
  readonly selfTest?: { readonly state: NoteState; readonly sentence: string; readonly at: Date } | null;
  /** The last test: whether it went well, when, and what the server said or what broke in words (see `problemSentence`). */
  readonly test: {
    readonly good: boolean;
    readonly at: Date;
    readonly sentence: string;
    readonly serverWords: string | null;
    /** The whole conversation, secrets left out; empty when it is not known any more. */
    readonly transcript?: string;
  } | null;
};

export type MethodCard = {
  readonly method: 'domain' | 'smtp' | 'google' | 'microsoft' | 'platform' | 'open';
  /** Why it cannot be taken just now, in words; null: it can. */
  readonly obstacle: string | null;
  /** What the customer would see as the sender. */
  readonly from: string;
  readonly answersTo: string;
  /** What comes before its form; absent: nothing. */
  readonly first?: { readonly href: string; readonly text: string } | null;
};

export type SendersModel = {
  readonly senders: readonly SenderModel[];
  /** The form: a new sender or the one being changed; null: closed. Secrets never come back. */
  readonly editing: {
    readonly id: string | null;
    readonly values: {
      readonly method: SenderMethod;
      readonly name: string;
      readonly address: string;
      readonly replyTo: string;
      readonly host: string;
      readonly port: string;
      readonly security: (typeof securities)[number];
      readonly user: string;
      readonly tls: (typeof tlsPolicies)[number];
      /** The sender whose server is used, and its address; null: a server of its own, if any. */
      readonly via: { readonly id: string; readonly address: string } | null;
      readonly hasPassword: boolean;
      /** How many e-mails may leave in a time; empty: no limit. */
      readonly perMinute: string;
      readonly perHour: string;
      readonly perDay: string;
      readonly verifyCertificate: boolean;
      readonly usesMailbox?: boolean;
      readonly isDefault: boolean;
    };
    readonly errors: Errors;
    /** What is to be known about the provider that was guessed from the address. */
    readonly note?: string;
  } | null;
  /** The ways to send, as cards; shown while a new sender's method is being chosen. */
  readonly cards: readonly MethodCard[];
  /** Where a test goes: the user's own address. */
  readonly testTo: string;
  /** By which rule the address is chosen; null while there is only the sandbox. */
  readonly addressRule: AddressRuleModel | null;
  /** The plan has outside providers of registered delivery, and this person may set them up. */
  readonly hasProviders?: boolean;
};
