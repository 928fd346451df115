import { type Format, makeFormat } from '#base/language';
import { amountToPay, type Document } from '#domain/documents';
import { noticeCover } from '#domain/registered';
import { platformName } from '#domain/senders';
import {
  cleanSubject,
  htmlFromPlainText,
  type LetterParts,
  maximumTextLength,
  renderText,
  sanitiseLetter,
  type TextFacts,
  type TextTemplate,
  type TextVariables,
  textVariables,
} from '#domain/templates';
import { paymentLink } from '#formats/payslip';
import { isBehindCode } from './dispatch.ts';
import type { DispatchProblem, DispatchRequest } from './dispatch-request.ts';
import type { Draft } from './draft.ts';

type Writing = Pick<
  Draft,
  'company' | 'documents' | 'customer' | 'addressees' | 'purpose' | 'language' | 'attach' | 'link'
> & { readonly openDocuments: readonly Document[] };

export interface WrittenText {
  readonly subject: string;
  readonly bodyHtml: string;
  readonly problems: readonly DispatchProblem[];
}

/**
 * Subject and text of a letter: as given, and from the chosen text where nothing was given. What a person gives is a template as well, so that
 * a variable typed in the window is filled, or refused; what a program gives stands as it is.
 */
export function writeText(
  writing: Writing,
  chosen: TextTemplate,
  request: DispatchRequest,
  now: Date,
): WrittenText {
  const text = request.texts?.[writing.language] ?? chosen;
  const html = givenHtml(request);
  const subject = request.subject;
  if (html !== null && subject !== undefined && request.author.actor === 'program')
    return { subject: cleanSubject(subject), bodyHtml: html, problems: [] };
  const isTemplate = request.author.actor === 'user';
  const filled = fillText(
    writing,
    {
      subject: isTemplate && subject !== undefined ? subject : text.subject,
      html: isTemplate && html !== null ? html : text.html,
    },
    request,
    now,
  );
  return {
    ...filled,
    ...(!isTemplate && subject !== undefined ? { subject: cleanSubject(subject) } : {}),
    ...(!isTemplate && html !== null ? { bodyHtml: html } : {}),
  };
}

/** The values that the variables of a text have for a draft. */
export function variablesOf(writing: Writing, request: DispatchRequest, now: Date): TextVariables {
  return textVariables(textFacts(writing, request), writing.language, formatOf(writing, now));
}

/** What the layout needs to make the letter around the text. */
export function letterParts(draft: Draft, portalUrl: string, now: Date): LetterParts {
  const { company, language } = draft;
  const letter = {
    language,
    format: formatOf(draft, now),
    subject: draft.subject,
    bodyHtml: draft.bodyHtml,
    linked: draft.link,
    tracking: draft.tracking,
  };
  if (isBehindCode(draft.service) && draft.senderHidden)
    return {
      ...letter,
      look: { companyName: platformName, address: '', brandColor: null, logoUrl: null },
      documents: [],
      cover: noticeCover(language, draft.service),
    };
  return {
    ...letter,
    look: {
      companyName: company.name,
      address: company.address,
      brandColor: company.brandColor,
      logoUrl: company.logo ? logoUrl(portalUrl, company.id, company.logo) : null,
    },
    documents: draft.documents.map((document) => ({
      ...(isBehindCode(draft.service) ? onlyItsTitle(document) : documentAsked(document, draft.purpose)),
      isCourtesyCopy: document.format === 'fatturapa',
    })),
    legalLines: company.letterFooter.split(/\s*\r?\n\s*/).filter((line) => line !== ''),
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

/** A variable without a value stands in the text as it was typed, and is refused. */
function fillText(
  writing: Writing,
  template: TextTemplate,
  request: DispatchRequest,
  now: Date,
): WrittenText {
  const rendered = renderText(template, variablesOf(writing, request, now));
  if (rendered.ok) return { subject: rendered.subject, bodyHtml: rendered.html, problems: [] };
  if (rendered.reason === 'unreadable_template') {
    const problem = { path: 'text', reason: 'template_unreadable' as const, value: rendered.message };
    return {
      subject: cleanSubject(template.subject),
      bodyHtml: sanitiseLetter(template.html),
      problems: [problem],
    };
  }
  const problems = rendered.missing.map((value) => ({
    path: 'text',
    reason: 'variable_missing' as const,
    value,
  }));
  return { subject: rendered.subject, bodyHtml: rendered.html, problems };
}

function textFacts(writing: Writing, { author }: DispatchRequest): TextFacts {
  const { company, documents, customer } = writing;
  const to = writing.addressees.filter((one) => one.role === 'to');
  return {
    documents: documents.map((one) => documentAsked(one, writing.purpose)),
    customerName: customer?.name ?? documents[0]?.buyerName ?? null,
    openDocuments: writing.openDocuments.map(documentAsOpen),
    paymentUrl: paymentUrlOf(writing),
    contactName: to.length === 1 ? to[0]?.name || null : null,
    company,
    // A program signs for the company, not for the person whose key it has.
    user: author.actor === 'user' ? author.user : { ...author.user, firstName: '', lastName: '' },
    attached: writing.attach,
    linked: writing.link,
  };
}

function paymentUrlOf({ company, documents }: Writing): string | null {
  const [document, ...others] = documents;
  const amount = document && others.length === 0 ? amountToPay(document) : null;
  if (!document || !company.paymentLink || amount === null || document.currency === null) return null;
  const { number, currency, buyerName } = document;
  return paymentLink(company.paymentLink, { number, amount, currency, customer: buyerName });
}

/** Whoever asks again asks for what is left after a part was paid; the document itself says what it said. */
function documentAsked(document: Document, purpose: Draft['purpose']) {
  return purpose === 'reminder' ? documentAsOpen(document) : textDocument(document);
}

function documentAsOpen(document: Document) {
  return { ...textDocument(document), amountDue: amountToPay(document) ?? document.amountDue };
}

function textDocument({ kind, number, issueDate, dueDate, currency, total, amountDue }: Document) {
  return { kind, number, issueDate, dueDate, currency, total, amountDue };
}

/** What waits behind a code is not in the mail, its amount and dates neither. */
function onlyItsTitle(document: Document) {
  return { ...textDocument(document), issueDate: null, dueDate: null, total: null, amountDue: null };
}

function formatOf({ company, language }: Pick<Draft, 'company' | 'language'>, now: Date): Format {
  return makeFormat({ language, country: company.country, zone: company.timeZone, now });
}
