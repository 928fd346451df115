import type { Language } from '#base/language';
import type { DocumentKind } from '#formats/einvoice';

/** What a text is about: one document of a kind, or several documents in one mail. */
export type TextKind = DocumentKind | 'several';

export const textKinds = [
  'invoice',
  'quote',
  'credit_note',
  'proforma',
  'delivery_note',
  'work_report',
  'order',
  'receipt',
  'statement',
  'other',
  'several',
] as const satisfies readonly TextKind[];

export type TextPurpose = 'first' | 'reminder' | 'resend';

export const textPurposes = ['first', 'reminder', 'resend'] as const satisfies readonly TextPurpose[];

/** Subject and text with variables (Liquid, https://shopify.github.io/liquid/), as a person edits them. */
export interface TextTemplate {
  readonly subject: string;
  readonly html: string;
}

/** Which text it is. */
export interface TextName {
  readonly kind: TextKind;
  readonly purpose: TextPurpose;
  readonly language: Language;
}

/** Longest text of a letter in characters of HTML: some 15 pages, and quick to clean. */
export const maximumTextLength = 50_000;

/** RFC 5322 §2.1.1 allows 998 characters in a line; mail programs show some 70. */
export const maximumSubjectLength = 250;
