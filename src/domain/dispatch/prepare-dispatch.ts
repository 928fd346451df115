import type { Language } from '#base/language';
import { day } from '#base/time';
import { type AccountTables, type Company, getCompany, hasFeature } from '#domain/accounts';
import {
  type Customer,
  type CustomerTables,
  consentsOf,
  getCustomer,
  recipientsFor,
  suppressionsOf,
} from '#domain/customers';
import {
  type Document,
  type DocumentTables,
  getDocuments,
  missingFacts,
  openDocumentsOf,
} from '#domain/documents';
import type { NetworkTables } from '#domain/network';
import { type OutboxTables, recentlySent } from '#domain/outbox';
import { usualDays } from '#domain/registered';
import type { Sender, SenderTables } from '#domain/senders';
import { type ChosenText, getTemplate, type TemplateTables } from '#domain/templates';
import type { TrackingMode } from '#domain/tracking';
import { sameAddress } from '#mail/address';
import type { Tx } from '#stores/database';
import { attachmentsOf, type FileTables } from './attach-files.ts';
import { chooseChannels } from './choose-channels.ts';
import { chooseText } from './choose-text.ts';
import { narrowestMode } from './dispatch.ts';
import type { DispatchRequest, DispatchWarning } from './dispatch-request.ts';
import type { Draft } from './draft.ts';
import { fromAndReply, isOwn } from './from-and-reply.ts';
import { type Addressee, gatherRecipients } from './gather-recipients.ts';
import { noticeFor } from './notice-for.ts';
import { offeredServices } from './offered-services.ts';
import { senderFor } from './sender-for.ts';
import { writeText } from './write-text.ts';

export type PrepareTables = AccountTables &
  CustomerTables &
  DocumentTables &
  OutboxTables &
  SenderTables &
  TemplateTables &
  NetworkTables &
  FileTables;

/** Works out a draft from what was asked; null when there is no such document. Changes nothing. */
export async function prepareDispatch(
  tx: Tx<PrepareTables>,
  request: DispatchRequest,
  now: Date,
): Promise<Draft | null> {
  const found = await readMaterial(tx, request);
  if (!found) return null;
  const { company, documents, document, customer } = found;
  const purpose = request.purpose ?? 'first';
  const { addressees, problems } = gatherRecipients(
    request,
    await recipientsFor(tx, { document, customer }, purpose),
    company,
  );
  const readerLanguage = readerLanguageOf(addressees, customer, document);
  const asked = request.templateId ? await getTemplate(tx, company.id, request.templateId) : null;
  const language = (request.language ?? asked?.language ?? readerLanguage ?? company.language) as Language;
  const text = await chooseText(tx, request, { documents, purpose, language, asked });
  const { chosen, refused } = await senderFor(tx, request, documents, text.chosen);
  const sender = chosen.ok ? chosen.sender : null;
  const way = wayOf(request, found, sender);
  const ways = await chooseChannels(tx, request, { ...found, ...way, addressees, purpose, sender });
  const writing = { ...found, ...ways, addressees, purpose, language, ...way };
  const written = writeText(
    { ...writing, openDocuments: await openDocumentsFor(tx, writing, text.chosen) },
    noticeFor(writing) ?? text.chosen,
    request,
    now,
  );
  const attached = await attachmentsOf(tx, { request, company, documents, language, attach: way.attach });
  const base = { ...writing, sender, readerLanguage, attached };
  return {
    ...base,
    template: text.chosen.template,
    ...fromAndReply(request, sender, company),
    senderReason: chosen.ok ? chosen.reason : null,
    subject: written.subject,
    bodyHtml: written.bodyHtml,
    consents: await allowedModes(tx, company, addressees),
    missing: documents.flatMap(missingFacts),
    problems: [problems, attached.problems, text.problems, written.problems, refused]
      .flat()
      .filter(ways.concerns),
    warnings: await warningsFor(tx, base, now),
  };
}

/** How it goes: in the mail, by a link, or behind a code; then nothing of it is in the mail, and its own record replaces tracking. */
function wayOf(request: DispatchRequest, of: Pick<Draft, 'company' | 'documents'>, sender: Sender | null) {
  const { company, documents } = of;
  const service = request.service ?? 'standard';
  const isBehindCode = service !== 'standard';
  return {
    service,
    offered: offeredServices(company),
    serviceDays: request.serviceDays ?? usualDays,
    attach: !isBehindCode && (request.attach ?? company.attachDocuments ?? isOwn(sender)),
    link: isBehindCode || (request.link ?? true),
    tracking: isBehindCode ? ('none' as const) : mostRecorded(company, documents, request.tracking),
    copyToSender: !isBehindCode && (request.copyToSender ?? company.copyToSender),
  };
}

async function readMaterial(tx: Tx<PrepareTables>, { companyId, documentIds }: DispatchRequest) {
  const company = await getCompany(tx, companyId);
  const documents = inOrder(documentIds, await getDocuments(tx, companyId, documentIds));
  const [document] = documents;
  if (!company || !document || documents.length !== new Set(documentIds).size) return null;
  const customer = document.customerId ? await getCustomer(tx, companyId, document.customerId) : null;
  return { company, documents, document, customer };
}

/** Asked of the database only where a text wants the list. */
async function openDocumentsFor(
  tx: Tx<PrepareTables>,
  { company, customer }: { company: Company; customer: Customer | null },
  text: ChosenText,
): Promise<Document[]> {
  const isWanted = customer !== null && /customer\s*\.\s*open_/.test(text.subject + text.html);
  return isWanted ? openDocumentsOf(tx, company.id, customer.id) : [];
}

/** Company, then the kinds of the documents, then this dispatch: each may only narrow. What the plan never shows is not recorded. */
function mostRecorded(
  company: Company,
  documents: readonly Document[],
  asked: TrackingMode | undefined,
): TrackingMode {
  const byKind = documents.map(({ kind }) => company.trackingByKind[kind] ?? 'full');
  const byPlan = hasFeature(company, 'engagement') ? 'full' : 'none';
  return narrowestMode(company.trackingMode, ...byKind, asked ?? 'full', byPlan);
}

/** What each contact allows (consent), narrowed further below by company and dispatch. */
async function allowedModes(
  tx: Tx<PrepareTables>,
  company: Company,
  addressees: readonly Addressee[],
): Promise<Map<string, TrackingMode>> {
  const known = await consentsOf(
    tx,
    company.id,
    addressees.map((one) => one.address),
  );
  return new Map(
    addressees.map(({ address }) => {
      const consent = known.get(address.toLowerCase()) ?? 'unknown';
      const isDenied = consent === 'denied' || (consent === 'unknown' && company.trackingBasis === 'consent');
      return [address.toLowerCase(), isDenied ? 'none' : 'full'];
    }),
  );
}

async function warningsFor(
  tx: Tx<PrepareTables>,
  draft: Pick<Draft, 'documents' | 'sender' | 'addressees' | 'attached' | 'language' | 'readerLanguage'>,
  now: Date,
): Promise<DispatchWarning[]> {
  const { documents, sender, addressees, attached, language, readerLanguage } = draft;
  const [document] = documents;
  const warnings: DispatchWarning[] = [];
  const to = addressees.filter((one) => one.role === 'to').map((one) => one.address);
  const ids = documents.map((one) => one.id);
  const [before] = await recentlySent(
    tx,
    document?.companyId ?? '',
    ids,
    to,
    new Date(now.getTime() - 7 * day),
  );
  if (before) {
    const { dispatchId, createdAt, address, delivery } = before;
    warnings.push({ kind: 'already_sent', dispatchId, at: createdAt, address, delivery });
  }
  for (const { address } of (await blockedOf(tx, document, addressees)).values())
    warnings.push({ kind: 'suppressed', address });
  if (sender && !isOwn(sender)) warnings.push({ kind: 'no_own_sender', method: sender.method });
  if (sender?.state === 'broken') warnings.push({ kind: 'sender_broken', senderId: sender.id });
  if (readerLanguage && readerLanguage !== language)
    warnings.push({ kind: 'language_differs', language, of: readerLanguage });
  if (attached.bytes > largeBytes) warnings.push({ kind: 'large', bytes: attached.bytes });
  if (documents.some((one) => one.format === 'fatturapa')) warnings.push({ kind: 'courtesy_copy' });
  return warnings;
}

function blockedOf(tx: Tx<PrepareTables>, document: Document | undefined, addressees: readonly Addressee[]) {
  return suppressionsOf(
    tx,
    document?.companyId ?? '',
    addressees.map((one) => one.address),
  );
}

/** Many companies' servers refuse mails over 10 MB once they are encoded (a third more than the files). */
const largeBytes = 7 * 2 ** 20;

function inOrder(ids: readonly string[], documents: readonly Document[]): Document[] {
  return ids.flatMap((id) => documents.find((document) => document.id === id) ?? []);
}

/** What the first person in To reads, else the customer, else what the document itself says. */
function readerLanguageOf(
  addressees: readonly Addressee[],
  customer: Customer | null,
  document: Document,
): Language | null {
  const first = addressees.find((one) => one.role === 'to');
  const contact = first && customer?.contacts.find((one) => sameAddress(one.email, first.address));
  return contact?.language ?? customer?.language ?? document.buyerLanguage;
}
