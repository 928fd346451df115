import type { Language } from '#base/language';
import type { Errors } from '../kit/index.ts';
import type { DocumentRow } from './documents-model.ts';

export const contactRoles = ['invoices', 'quotes', 'reminders', 'other'] as const;

export type ContactRole = (typeof contactRoles)[number];

export type ContactModel = {
  readonly id: string;
  readonly name: string | null;
  readonly email: string;
  readonly roles: readonly ContactRole[];
  readonly tracking: 'unknown' | 'granted' | 'denied';
  /** What this person reads; null: as the customer. */
  readonly language?: Language | null;
  /** Of his mobile phone, as people write it. */
  readonly mobile?: string | null;
  /** How consent was given or refused, in words. */
  readonly trackingHow?: string | null;
  /** May not be mailed, and why (a reason such as `mailbox_unknown`). */
  readonly suppressed: { readonly id: string; readonly reason: string; readonly at: Date } | null;
};

export type CustomerModel = {
  readonly id: string;
  readonly name: string;
  readonly vatId: string | null;
  readonly language: Language | null;
  /** The company's own word to sort its customers by. */
  readonly category: string | null;
  /** Those that other customers have. */
  readonly categories: readonly string[];
  /** The installation can send text messages, so numbers of mobile phones are asked for. */
  readonly asksMobile?: boolean;
  readonly contacts: readonly ContactModel[];
  readonly documents: readonly DocumentRow[];
  /** Absent: reminders cannot be paused per customer here. */
  readonly remindersPausedUntil?: string | null;
  readonly remindersPauseReason?: string | null;
  /** Addresses that always get a copy, as they are typed. */
  readonly defaultCc?: string;
  /** The form of facts is open, because something in it was refused. */
  readonly changing?: boolean;
  readonly errors: Errors;
  /** The contact in the form: a new one, or the one being changed, with what was typed. */
  readonly editing: ContactModel | 'new' | null;
};
