import type { View } from '../kit/index.ts';

export const documentKinds = [
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
] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** What is known about the payment. `daysLate` above 0: overdue. Nobody pays a quote: it is open, accepted, declined, or over. */
export type PaidModel =
  | { readonly state: 'none' }
  | { readonly state: 'unpaid'; readonly daysLate: number }
  | { readonly state: 'partly'; readonly amount: string; readonly currency: string }
  | { readonly state: 'paid'; readonly on: string }
  /** The customer says that it is; nobody here has seen the money. */
  | { readonly state: 'declared'; readonly before?: { readonly amount: string; readonly currency: string } }
  | { readonly state: 'disputed' }
  /** A credit note of which nobody has noted what it was for. */
  | { readonly state: 'unsettled' }
  | { readonly state: 'accepted' | 'refused' }
  | { readonly state: 'expired'; readonly on: string };

/** "Invoice 2026-0318"; a document without a number is named by its kind alone. */
export function documentTitle(
  view: Pick<View, 't'>,
  document: { readonly kind: DocumentKind; readonly number: string | null },
): string {
  return view
    .t('document.title', { kind: view.t(`kind.${document.kind}`), number: document.number ?? '' })
    .trim();
}

/** The same in the middle of a sentence: "invoice 2026-0318". German writes its nouns with a capital everywhere. */
export function titleInSentence(
  view: Pick<View, 't' | 'language'>,
  document: { readonly kind: DocumentKind; readonly number: string | null },
): string {
  const title = documentTitle(view, document);
  return view.language === 'de' ? title : title.charAt(0).toLocaleLowerCase(view.language) + title.slice(1);
}

/** The payment in one word or two, and its tone: `good`, `late` or none. */
export function paidWord(
  view: View,
  paid: PaidModel,
  kind: DocumentKind,
): { readonly word: string; readonly tone: string } {
  const { t, format } = view;
  switch (paid.state) {
    case 'none':
      return { word: '', tone: '' };
    case 'unpaid':
      if (paid.daysLate > 0) return { word: t('paid.late', { days: paid.daysLate }), tone: 'late' };
      return { word: kind === 'quote' ? t('paid.open') : t('paid.unpaid'), tone: '' };
    case 'partly':
      return { word: partlyWord(view, paid), tone: '' };
    case 'paid':
      return { word: t('paid.paid', { on: format.date(paid.on) }), tone: 'good' };
    case 'declared':
      return {
        word: [partlyWord(view, paid.before), t('paid.declared')].filter(Boolean).join(' · '),
        tone: '',
      };
    case 'disputed':
      return { word: t('paid.disputed'), tone: 'late' };
    case 'unsettled':
      return { word: t('paid.unsettled'), tone: '' };
    case 'accepted':
      return { word: t('paid.accepted'), tone: 'good' };
    case 'refused':
      return { word: t('paid.refused'), tone: '' };
    case 'expired':
      return { word: t('paid.expired', { on: format.date(paid.on) }), tone: '' };
  }
}

function partlyWord(
  { t, format }: View,
  paid: { readonly amount: string; readonly currency: string } | undefined,
): string {
  return paid ? t('paid.partly', { amount: format.money(paid.amount, paid.currency).amount }) : '';
}
