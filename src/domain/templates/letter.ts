import type { Format, Language, MoneyText } from '#base/language';
import type { DocumentKind } from '#formats/einvoice';
import { letterTexts } from './letter-texts.ts';
import { PORTAL_URL_PLACEHOLDER, type TrackingMode } from './links.ts';
import type { LetterLook } from './look.ts';
import { documentTitle, type TextDocument } from './text-variables.ts';

export interface LetterDocument extends TextDocument {
  /** A rendering of an invoice whose fiscal original is elsewhere (FatturaPA): the letter says so. */
  readonly isCourtesyCopy: boolean;
}

/** Everything that a letter is made of. */
export interface LetterParts {
  readonly look: LetterLook;
  readonly language: Language;
  readonly format: Format;
  readonly subject: string;
  /** Cleaned HTML with the documents placeholder where the documents shall stand. */
  readonly bodyHtml: string;
  readonly documents: readonly LetterDocument[];
  /** Stands in place of the documents where nothing of them may be told: one title, one button. */
  readonly cover?: { readonly title: string; readonly button: string };
  /** Whether there is a portal page to link to. */
  readonly linked: boolean;
  /** The most that is recorded of any recipient; `withLinks` narrows it for each. */
  readonly tracking: TrackingMode;
  /** Lines at the foot, such as what a law demands of the company's letters. */
  readonly legalLines?: readonly string[];
}

/** What the letter shows of a document, in the reader's words. */
export interface DocumentSummary {
  readonly title: string;
  readonly amount: MoneyText | null;
  readonly due: string | null;
  readonly button: string;
  /** Stands in for the recipient's link; null where nothing is linked. */
  readonly url: string | null;
}

/** One summary per document, or the cover that stands for them. With several, each link leads to its place on the one page of the recipient. */
export function summaries(parts: LetterParts): DocumentSummary[] {
  const t = letterTexts(parts.language);
  const { cover } = parts;
  if (cover)
    return [{ ...cover, amount: null, due: null, url: parts.linked ? PORTAL_URL_PLACEHOLDER : null }];
  return parts.documents.map((document, index) => {
    const amount = document.amountDue ?? document.total;
    const place = parts.documents.length > 1 ? `#document-${index + 1}` : '';
    const deadline = deadlines[document.kind];
    return {
      title: documentTitle(document, parts.language),
      amount: amount && document.currency ? parts.format.money(amount, document.currency) : null,
      due:
        deadline && document.dueDate ? t(deadline, { date: parts.format.longDate(document.dueDate) }) : null,
      button: t(`button.${document.kind}`),
      url: parts.linked ? PORTAL_URL_PLACEHOLDER + place : null,
    };
  });
}

/** The kinds whose second date means something to the reader, and what. */
const deadlines: Readonly<Partial<Record<DocumentKind, 'due' | 'validUntil'>>> = {
  invoice: 'due',
  proforma: 'due',
  statement: 'due',
  quote: 'validUntil',
};

/** The lines at the foot that are the same for all recipients: who writes, the courtesy copy, what the law demands. */
export function footLines(parts: LetterParts): string[] {
  const t = letterTexts(parts.language);
  const { companyName, address } = parts.look;
  const lines = address.split(/\s*\r?\n\s*/).filter((line) => line !== '');
  return [
    [companyName, ...lines].join(', '),
    ...(parts.documents.some((document) => document.isCourtesyCopy) ? [t('courtesy')] : []),
    ...(parts.legalLines ?? []),
  ];
}

/** The modes that a recipient of this letter may have and that ask for a note on what is recorded. */
export function recordedModes(tracking: TrackingMode): readonly Exclude<TrackingMode, 'none'>[] {
  return tracking === 'full' ? ['full', 'links'] : tracking === 'links' ? ['links'] : [];
}
