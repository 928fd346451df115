import type { Language } from '#base/language';
import type { Company } from '#domain/accounts';
import { type Customer, chooseRecipients } from '#domain/customers';
import { type Document, missingFacts } from '#domain/documents';
import type { Found } from '#domain/network';
import { isProviderService } from '#domain/registered';
import type { ChosenSender, Sender } from '#domain/senders';
import type { ChosenText, Template, TextTemplate } from '#domain/templates';
import type { TrackingMode } from '#domain/tracking';
import type { Tx } from '#stores/database';
import { asksAgain } from './asks-again.ts';
import { attachmentsOf } from './attach-files.ts';
import { chooseChannels, partnersOf } from './choose-channels.ts';
import { type TextChoice, textKindOf, textsOf, withCell } from './choose-text.ts';
import { isBehindCode, type Purpose } from './dispatch.ts';
import type { DispatchProblem, DispatchRequest } from './dispatch-request.ts';
import type { Draft } from './draft.ts';
import { allowedModes, type Material, openDocumentsFor, readMaterial } from './draft-material.ts';
import { warningsOf } from './draft-warnings.ts';
import { fromAndReply } from './from-and-reply.ts';
import { gatherRecipients } from './gather-recipients.ts';
import { roomOf } from './hold-to-plan.ts';
import { noticeFor } from './notice-for.ts';
import type { PrepareTables } from './prepare-tables.ts';
import { readerLanguageOf, wayOf } from './propose.ts';
import { purposesOf } from './really-sent.ts';
import { sendersFor } from './sender-for.ts';
import { warnOfPlan } from './warn-of-plan.ts';
import { writeText } from './write-text.ts';

/** Works out a draft from what was asked; null when there is no such document. Changes nothing. */
export async function prepareDispatch(
  tx: Tx<PrepareTables>,
  request: DispatchRequest,
  now: Date,
): Promise<Draft | null> {
  const [draft] = await prepareDispatches(tx, [request], now);
  return draft ?? null;
}

/** The same for many requests of one company, in about as many questions to the database as for one. */
export async function prepareDispatches(
  tx: Tx<PrepareTables>,
  requests: readonly DispatchRequest[],
  now: Date,
): Promise<(Draft | null)[]> {
  const drafts = await draftDispatches(tx, requests, now);
  const asked = drafts.flatMap((draft, n) => {
    const request = requests[n];
    return draft && request ? [{ draft, request }] : [];
  });
  const made = asked.map(({ draft }) => draft);
  const warnings = await warningsOf(tx, made, now);
  const [first] = made;
  // What takes the place of a held mail has its room.
  const rooms = asked.map((one) => (one.request.replaces ? 0 : roomOf(one)));
  const ofPlan = first ? await warnOfPlan(tx, first.company, rooms, now) : [];
  ofPlan.forEach((warning, n) => {
    if (warning) warnings[n]?.push(warning);
  });
  const warned = new Map(made.map((draft, n) => [draft, { ...draft, warnings: warnings[n] ?? [] }]));
  return drafts.map((draft) => (draft ? (warned.get(draft) ?? draft) : null));
}

/** The drafts without their warnings, which only somebody who looks at them needs. */
export async function draftDispatches(
  tx: Tx<PrepareTables>,
  requests: readonly DispatchRequest[],
  now: Date,
): Promise<(Draft | null)[]> {
  const companyId = requests[0]?.companyId ?? '';
  if (requests.some((one) => one.companyId !== companyId))
    throw new Error('Dispatches that are prepared together are of one company.');
  const material = await readMaterial(tx, companyId, requests, now);
  if (!material) return requests.map(() => null);
  const purposeOf = await purposesOf(tx, companyId, requests);
  const begun = requests.map((request) => begin(request, purposeOf(request), material));
  const textOf = textsOf(tx, companyId);
  const senderOf = sendersFor(tx, companyId, material.accountSender);
  const openOf = openDocumentsFor(tx, companyId);
  const consents = await allowedModes(
    tx,
    material.company,
    begun.flatMap((one) => one?.addressees ?? []),
  );
  const known = begun.filter((one) => one !== null);
  const partners = (await partnersOf(tx, companyId, known)).values();
  const drafts: (Draft | null)[] = [];
  for (const one of begun) {
    if (!one) {
      drafts.push(null);
      continue;
    }
    const found = partners.next().value ?? null;
    const text = await textOf(one);
    const { chosen, refused } = await senderOf(one.request, one.documents, text.chosen);
    const openDocuments = await openOf(one.customer, asWritten(one, text.chosen));
    drafts.push(finish(one, { text, chosen, refused, openDocuments, found, consents, material }, now));
  }
  return drafts;
}

/** What is to be filled: what was typed for this mail goes before the chosen text. */
function asWritten(
  { request, language }: { request: DispatchRequest; language: Language },
  chosen: TextTemplate,
) {
  const text = request.texts?.[language] ?? chosen;
  return { subject: request.subject ?? text.subject, html: request.html ?? request.text ?? text.html };
}

/** What follows from the request and what was read at once; null when a document is missing. */
function begin(asked: DispatchRequest, purpose: Purpose, material: Material) {
  const { company } = material;
  const request = withHabit(asked, company);
  const documents = request.documentIds.flatMap((id) => material.documents.get(id) ?? []);
  const [document] = documents;
  if (!document || documents.length !== new Set(request.documentIds).size) return null;
  const customer = customerOf(document, material);
  const gathered = gatherRecipients(request, chooseRecipients(document, customer, purpose), company);
  const readerLanguage = readerLanguageOf(gathered.addressees, customer, document);
  const text = templateOf(request, material);
  const language = (request.language ?? text?.language ?? readerLanguage ?? company.language) as Language;
  const chosen = withCell(request, textKindOf(documents), language);
  return {
    request: chosen,
    company,
    documents,
    document,
    customer,
    purpose,
    ...gathered,
    readerLanguage,
    asked: templateOf(chosen, material),
    language,
  };
}

/** Where the request does not say whether the sender is named, it goes as the company has it. */
function withHabit(request: DispatchRequest, { hideSender }: Company): DispatchRequest {
  const isOpen = request.hideSender === undefined && isBehindCode(request.service ?? 'standard');
  return isOpen && hideSender ? { ...request, hideSender } : request;
}

function templateOf({ templateId }: DispatchRequest, { templates }: Material): Template | null {
  return (templateId && templates.get(templateId)) || null;
}

function customerOf({ customerId }: Document, { customers }: Material): Customer | null {
  return customerId ? (customers.get(customerId) ?? null) : null;
}

interface Chosen {
  readonly text: TextChoice;
  readonly chosen:
    | ChosenSender
    | { readonly ok: true; readonly sender: Sender; readonly reason: 'provider_account' | 'neutral_address' };
  /** What of it the author may not send. */
  readonly refused: readonly DispatchProblem[];
  readonly openDocuments: readonly Document[];
  readonly found: Found | null;
  readonly consents: ReadonlyMap<string, TrackingMode>;
  readonly material: Material;
}

function finish(
  begun: NonNullable<ReturnType<typeof begin>>,
  { text, chosen, refused, openDocuments, found, consents, material }: Chosen,
  now: Date,
): Draft {
  const { request, company, documents, customer, addressees, purpose, readerLanguage, language } = begun;
  const sender = chosen.ok ? chosen.sender : null;
  const { offered } = material;
  const account = isProviderService(request.service ?? 'standard') ? material.account : null;
  const way = { ...wayOf(request, begun, sender), offered, account };
  const { concerns, ...ways } = chooseChannels(request, { ...way, purpose, sender }, found);
  const writing = { ...ways, company, documents, customer, addressees, purpose, language, ...way };
  const letter: Pick<ChosenText, 'subject' | 'html'> = noticeFor(writing) ?? text.chosen;
  const written = writeText({ ...writing, openDocuments }, letter, wordsOf(request, way.senderHidden), now);
  const attached = attachmentsOf(
    { request, company, documents, language, attach: way.attach },
    material.extraFiles,
  );
  return {
    ...writing,
    sender,
    readerLanguage,
    attached,
    template: text.chosen.template,
    ...fromAndReply(request, sender, company, way.senderHidden),
    senderReason: chosen.ok ? chosen.reason : null,
    subject: written.subject,
    bodyHtml: written.bodyHtml,
    consents,
    missing: documents.flatMap((one) => missingFacts(one)),
    against: againstOf(request, documents, material),
    problems: [begun.problems, attached.problems, text.problems, written.problems, refused]
      .flat()
      .filter(concerns),
    warnings: [],
  };
}

function againstOf(
  request: DispatchRequest,
  documents: readonly Document[],
  { against }: Material,
): Draft['against'] {
  if (!asksAgain(request)) return new Map();
  return new Map(documents.flatMap(({ id }) => (against.has(id) ? [[id, against.get(id) ?? []]] : [])));
}

/** The request without words of its own: with a hidden sender the notice says what it always says. */
function wordsOf(request: DispatchRequest, senderHidden: boolean): DispatchRequest {
  if (!senderHidden) return request;
  const { subject: _subject, html: _html, text: _text, texts: _texts, cells: _cells, ...rest } = request;
  return rest;
}
