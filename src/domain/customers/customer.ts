import type { Language } from '#base/language';
import { type DocumentKind, documentKinds } from '#domain/documents';

/** What a contact gets: kinds of document, and reminders. */
export type ContactRole = DocumentKind | 'reminder';

export const contactRoles: readonly ContactRole[] = [...documentKinds, 'reminder'];

/** Whether a contact agreed to being tracked; `unknown`: never asked. */
export type Consent = 'unknown' | 'granted' | 'denied';

/** A person of a customer. */
export interface Contact {
  readonly id: string;
  readonly customerId: string;
  readonly email: string;
  readonly name: string;
  /** Empty: everything. */
  readonly roles: readonly ContactRole[];
  readonly language: Language | null;
  /** Of his mobile phone, in E.164; codes of deliveries can go there. */
  readonly mobile: string | null;
  readonly tracking: Consent;
  /** When and how consent was given or refused, in words; null while it is unknown. */
  readonly trackingAt: Date | null;
  readonly trackingHow: string | null;
  readonly lastUsedAt: Date | null;
  readonly createdAt: Date;
}

/** The firm that gets documents. */
export interface Customer {
  readonly id: string;
  readonly companyId: string;
  readonly name: string;
  readonly vatId: string | null;
  readonly country: string | null;
  readonly language: Language | null;
  readonly defaultCc: readonly string[];
  /** The company's own word to sort its customers by ("Wholesale"). */
  readonly category: string | null;
  /** Id of the customer that this one was merged into. */
  readonly mergedInto: string | null;
  /** No reminders before that day (`YYYY-MM-DD`), and why; null: as the policies say. */
  readonly remindersPausedUntil: string | null;
  readonly remindersPauseReason: string | null;
  readonly createdAt: Date;
  /** Oldest first. */
  readonly contacts: readonly Contact[];
}

/**
 * A name as it is compared: without case, accents, punctuation and double blanks, so that "Müller & Söhne S.A." is
 * `muller sohne sa`.
 */
export function nameKey(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\p{M}.'’`´]/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
