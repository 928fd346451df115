import type { EnvelopeModel } from '../kit/index.ts';
import type { DocumentKind } from './document-words.ts';

export const emailCategories = ['first', 'automatic', 'reminder', 'resend'] as const;
export type EmailCategory = (typeof emailCategories)[number];

/** Every state that an e-mail can be shown in, in the order of the totals. */
export const emailStates = [
  'waiting',
  'sent',
  'accepted',
  'opened',
  'viewed',
  'downloaded',
  'replied',
  'held',
  'unconfirmed',
  'failed',
  'canceled',
] as const;
export type EmailState = (typeof emailStates)[number];

export type EmailRow = {
  readonly id: string;
  readonly at: Date;
  readonly subject: string;
  /** Names of what was attached; empty: nothing. */
  readonly attachment: string;
  readonly recipient: string;
  readonly role: 'to' | 'cc' | 'bcc' | 'copy' | 'notification';
  readonly kind: DocumentKind;
  readonly purpose: 'first' | 'reminder' | 'resend';
  readonly origin: 'manual' | 'automatic' | 'api';
  readonly sender: string;
  readonly envelope: EnvelopeModel;
  /** Why it waits, is held or failed, and until when; null where the state says it all. */
  readonly why: string | null;
};

/** Days `YYYY-MM-DD`; empty: no bound. */
export type EmailSpan = { readonly from: string; readonly to: string };

export type EmailsModel = {
  readonly rows: readonly EmailRow[];
  /** All categories together, whatever the state. */
  readonly total: number;
  /** There are more than were counted. */
  readonly isPart: boolean;
  readonly category: EmailCategory | null;
  readonly categoryCounts: Readonly<Record<EmailCategory, number>>;
  readonly state: EmailState | null;
  readonly stateCounts: Readonly<Record<EmailState, number>>;
  readonly kind: DocumentKind | null;
  readonly sender: { readonly id: string; readonly address: string } | null;
  readonly senders: readonly { readonly id: string; readonly address: string }[];
  readonly recipient: string;
  readonly q: string;
  readonly preset: string | null;
  readonly span: EmailSpan;
  readonly presets: readonly { readonly name: string; readonly span: EmailSpan }[];
  readonly views: readonly { readonly id: string; readonly name: string; readonly query: string }[];
  /** Why a view could not be kept. */
  readonly viewRefused?: string;
  readonly newer: string | null;
  readonly older: string | null;
};
