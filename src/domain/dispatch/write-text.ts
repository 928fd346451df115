import { type Format, makeFormat } from '#base/language';
import type { Document } from '#domain/documents';
import {
  builtInText,
  cleanSubject,
  htmlFromPlainText,
  type LetterParts,
  maximumTextLength,
  renderText,
  sanitiseLetter,
  type TextFacts,
  textVariables,
} from '#domain/templates';
import type { DispatchProblem, DispatchRequest } from './dispatch-request.ts';
import type { Draft } from './draft.ts';

type Writing = Pick<
  Draft,
  'company' | 'documents' | 'customer' | 'addressees' | 'purpose' | 'language' | 'attach' | 'link'
>;

export interface WrittenText {
  readonly subject: string;
  readonly bodyHtml: string;
  readonly problems: readonly DispatchProblem[];
}

/** Subject and text of a letter: as given, and from the built-in text of kind, purpose and language where nothing was given. */
export function writeText(writing: Writing, request: DispatchRequest, now: Date): WrittenText {
  const given = givenHtml(request);
  const proposed =
    given === null || request.subject === undefined ? fromTemplate(writing, request, now) : null;
  const subject = request.subject !== undefined ? cleanSubject(request.subject) : (proposed?.subject ?? '');
  return { subject, bodyHtml: given ?? proposed?.bodyHtml ?? '', problems: proposed?.problems ?? [] };
}

/** What the layout needs to make the letter around the text. */
export function letterParts(draft: Draft, portalUrl: string, now: Date): LetterParts {
  const { company, language } = draft;
  return {
    look: {
      companyName: company.name,
      address: company.address,
      brandColor: company.brandColor,
      logoUrl: company.logo ? logoUrl(portalUrl, company.id, company.logo) : null,
    },
    language,
    format: formatOf(draft, now),
    subject: draft.subject,
    bodyHtml: draft.bodyHtml,
    documents: draft.documents.map((document) => ({
      ...textDocument(document),
      isCourtesyCopy: document.format === 'fatturapa',
    })),
    linked: draft.link,
    tracking: draft.tracking,
  };
}

/** Where the portal shows a company's logo; the hash in the name lets it be kept for ever. */
function logoUrl(portalUrl: string, companyId: string, logo: string): string {
  return `${portalUrl}/logo/${companyId}/${logo.slice(0, 16)}.png`;
}

/** What a person or program wrote, cleaned; null when the template is wanted. Refusing what is too long is `requestProblems`' part. */
function givenHtml({ html, text }: DispatchRequest): string | null {
  if ((html ?? text ?? '').length > maximumTextLength) return '';
  if (html !== undefined) return sanitiseLetter(html);
  return text === undefined ? null : sanitiseLetter(htmlFromPlainText(text));
}

function fromTemplate(writing: Writing, request: DispatchRequest, now: Date): WrittenText {
  const { documents, purpose, language } = writing;
  const kind = documents.length === 1 ? (documents[0]?.kind ?? 'other') : 'several';
  const variables = textVariables(textFacts(writing, request), language, formatOf(writing, now));
  const rendered = renderText(builtInText({ kind, purpose, language }), variables);
  if (rendered.ok) return { subject: rendered.subject, bodyHtml: rendered.html, problems: [] };
  const problems = rendered.missing.map((value) => ({
    path: 'text',
    reason: 'variable_missing' as const,
    value,
  }));
  return { subject: '', bodyHtml: '', problems };
}

function textFacts(writing: Writing, { author }: DispatchRequest): TextFacts {
  const { company, documents, customer } = writing;
  const to = writing.addressees.filter((one) => one.role === 'to');
  return {
    documents: documents.map(textDocument),
    customerName: customer?.name ?? documents[0]?.buyerName ?? null,
    contactName: to.length === 1 ? to[0]?.name || null : null,
    company,
    // A program signs for the company, not for the person whose key it has.
    user: author.actor === 'user' ? author.user : { ...author.user, firstName: '', lastName: '' },
    attached: writing.attach,
    linked: writing.link,
  };
}

function textDocument({ kind, number, issueDate, dueDate, currency, total, amountDue }: Document) {
  return { kind, number, issueDate, dueDate, currency, total, amountDue };
}

function formatOf({ company, language }: Pick<Writing, 'company' | 'language'>, now: Date): Format {
  return makeFormat({ language, country: company.country, zone: company.timeZone, now });
}
