import type { Format, Language } from '#base/language';
import type { DocumentKind } from '#formats/einvoice';
import { letterTexts } from './letter-texts.ts';
import { PORTAL_URL_PLACEHOLDER } from './links.ts';
import { DOCUMENTS_PLACEHOLDER } from './split-body.ts';

/** What a text may say of a document. Amounts are decimal strings, dates `YYYY-MM-DD`. */
export interface TextDocument {
  readonly kind: DocumentKind;
  readonly number: string | null;
  readonly issueDate: string | null;
  readonly dueDate: string | null;
  readonly currency: string | null;
  readonly total: string | null;
  readonly amountDue: string | null;
}

export interface TextFacts {
  /** At least one; with several, the variables `document.*` do not exist. */
  readonly documents: readonly TextDocument[];
  readonly customerName: string | null;
  /** What the customer has still to pay or to decide, for a list; empty where it was not asked for. */
  readonly openDocuments: readonly TextDocument[];
  /** Where the one document is paid; null where there is no such place. */
  readonly paymentUrl: string | null;
  /** Null when the mail goes to several people. */
  readonly contactName: string | null;
  readonly company: { readonly name: string; readonly address: string; readonly vatId: string | null };
  readonly user: { readonly firstName: string; readonly lastName: string; readonly email: string };
  readonly attached: boolean;
  readonly linked: boolean;
}

/** All variables that exist, for the editor and for telling a slip of the pen from a missing fact. */
export const variableNames = [
  'document.kind',
  'document.number',
  'document.title',
  'document.reference',
  'document.issue_date',
  'document.due_date',
  'document.total',
  'document.amount_due',
  'document.currency',
  'documents.count',
  'documents.titles',
  'documents.block',
  'customer.name',
  'customer.open_documents',
  'customer.open_count',
  'contact.name',
  'company.name',
  'company.address',
  'company.vat_id',
  'user.name',
  'user.first_name',
  'user.last_name',
  'user.email',
  'portal.url',
  'payment.url',
  'mail.attached',
  'mail.linked',
] as const;

export type VariableName = (typeof variableNames)[number];

type Value = string | number | boolean | readonly string[];

/** Values by group and name; what is not known is not there at all, so that it is reported and never printed empty. */
export type TextVariables = Readonly<Record<string, Readonly<Record<string, Value>>>>;

/** Words the facts in the reader's language, country and time zone. */
export function textVariables(facts: TextFacts, language: Language, format: Format): TextVariables {
  const { documents, company, user } = facts;
  const only = documents.length === 1 ? documents[0] : undefined;
  const titles = documents.map((document) => documentTitle(document, language));
  return {
    document: only ? documentVariables(only, language, format) : {},
    documents: { count: documents.length, titles, block: DOCUMENTS_PLACEHOLDER },
    customer: {
      ...known({ name: facts.customerName }),
      open_documents: facts.openDocuments.map((one) => openLine(one, language, format)),
      open_count: facts.openDocuments.length,
    },
    contact: known({ name: facts.contactName }),
    company: known({ name: company.name, address: oneLine(company.address), vat_id: company.vatId }),
    user: known({
      name: `${user.firstName} ${user.lastName}`.trim(),
      first_name: user.firstName,
      last_name: user.lastName,
      email: user.email,
    }),
    portal: known({ url: facts.linked ? PORTAL_URL_PLACEHOLDER : null }),
    payment: known({ url: facts.paymentUrl }),
    mail: { attached: facts.attached, linked: facts.linked },
  };
}

/** "Invoice 2026-0318", in a language; without a number the kind alone. */
export function documentTitle(document: Pick<TextDocument, 'kind' | 'number'>, language: Language): string {
  const t = letterTexts(language);
  const kind = t(`title.${document.kind}`);
  return document.number ? t('numbered', { kind, number: document.number }) : kind;
}

/** "Invoice 2026-0318, 3,866.40 EUR, due 12 December 2026". */
function openLine(document: TextDocument, language: Language, format: Format): string {
  const t = letterTexts(language);
  const { currency, dueDate } = document;
  const amount = document.amountDue ?? document.total;
  const deadline = document.kind === 'quote' ? 'validUntil' : 'due';
  return [
    documentTitle(document, language),
    amount && currency && format.moneyText(amount, currency),
    dueDate && t(deadline, { date: format.longDate(dueDate) }),
  ]
    .filter(Boolean)
    .join(', ');
}

function documentVariables(document: TextDocument, language: Language, format: Format) {
  const t = letterTexts(language);
  const kind = t(`noun.${document.kind}`);
  const { number, currency, issueDate, dueDate } = document;
  const money = (amount: string | null): string | null =>
    amount === null ? null : currency === null ? null : format.moneyText(amount, currency);
  return known({
    kind,
    number,
    currency,
    title: documentTitle(document, language),
    reference: number ? t('numbered', { kind, number }) : kind,
    issue_date: issueDate && format.longDate(issueDate),
    due_date: dueDate && format.longDate(dueDate),
    total: money(document.total),
    amount_due: money(document.amountDue ?? document.total),
  });
}

function known(values: Readonly<Record<string, string | null>>): Readonly<Record<string, string>> {
  const there = Object.entries(values).flatMap(([name, value]) =>
    value?.trim() ? [[name, value.trim()]] : [],
  );
  return Object.fromEntries(there);
}

function oneLine(address: string): string {
  return address
    .split(/\s*\r?\n\s*/)
    .filter((line) => line !== '')
    .join(', ');
}
