import { dayIn } from '#base/time';
import { getCompany } from '#domain/accounts';
import { getCustomers, listCustomers } from '#domain/customers';
import { type Document, getDocument, getVersions, missingFacts } from '#domain/documents';
import { getLetters } from '#domain/outbox';
import { hitsOf, type RecordedHit } from '#domain/tracking';
import type { Tx } from '#stores/database';
import { type Errors, paths, type View } from '../kit/index.ts';
import type { WebNeeds, WebTables } from '../needs.ts';
import type { DocumentFactsModel } from '../screens/document-facts-model.ts';
import type { DocumentModel } from '../screens/document-model.ts';
import type { VersionModel } from '../screens/document-rest.tsx';
import { customerLink } from './customer-link.ts';
import { dispatchModels } from './dispatch-models.ts';
import { documentEnvelopeModel } from './envelopes.ts';
import { amountField, factValues, proposedValues } from './facts-form.ts';
import { goingOutModel } from './going-out-model.ts';
import { hintsOn } from './hints.ts';
import { nextReminder } from './next-reminder.ts';
import { canRemind, paidModel } from './paid-model.ts';
import { responseModels } from './response-models.ts';
import { messagesOf, readSendings, type Sendings } from './sendings.ts';

/** What the address or a refused form asks the page to show. */
export interface DocumentAsked {
  readonly page: number;
  readonly edit: boolean;
  readonly pay: boolean;
  /** The dispatch that is just going out. */
  readonly going: string | null;
  readonly refused?: { readonly values: Readonly<Record<string, string>>; readonly errors: Errors };
}

interface Reading {
  readonly needs: WebNeeds;
  readonly view: View;
  readonly companyId: string;
  readonly now: Date;
}

/** The page of a document; null when there is none with that id. */
export async function documentModel(
  tx: Tx<WebTables>,
  reading: Reading,
  id: string,
  asked: DocumentAsked,
): Promise<DocumentModel | null> {
  const { view, companyId, now } = reading;
  const document = await getDocument(tx, companyId, id);
  if (!document) return null;
  const versions = await getVersions(tx, companyId, document.series);
  const sendings = await readSendings(
    tx,
    companyId,
    versions.map((version) => version.id),
  );
  const own = ownSendings(sendings, id);
  const paid = paidModel(document, dayIn(view.format.zone, now));
  const envelope = documentEnvelopeModel(view, own, id);
  return {
    ...(await factsModel(tx, reading, document, asked)),
    envelope: { ...envelope, tip: undefined },
    pages: pageAddresses(document),
    page: Math.min(Math.max(asked.page, 1), Math.max(document.pages, 1)),
    imagesFailed: document.images === 'failed',
    format: view.t(`format.${document.format}`),
    bytes: document.pdfBytes,
    hasXml: document.xmlSha256 !== null,
    dispatches: await dispatchModels(tx, reading, own),
    responses: await responseModels(tx, view, document, sendings.messages),
    hints: await readHints(tx, reading, document, own),
    answersTo: await answersTo(tx, own),
    versions: versions.map((version) => versionModel(version, sendings, id)),
    replacedBy: document.replacedBy,
    canceled: document.canceledAt !== null,
    canRemind: canRemind(document, paid, !['none', 'canceled'].includes(envelope.state)),
    portalPreview: paths.portalPreview([id]),
    customerLink: await customerLink(tx, reading.needs, own, now),
    going: asked.going ? goingOutModel(own, asked.going, now, paths.document(id)) : null,
  };
}

async function readHints(
  tx: Tx<WebTables>,
  { view, companyId, now }: Reading,
  document: Document,
  own: Sendings,
) {
  const company = await getCompany(tx, companyId);
  const newest = own.dispatches.find((one) => !one.canceledAt && !one.otherMeans);
  if (!company || !newest) return [];
  const hits: RecordedHit[] = [];
  for (const message of messagesOf(own, newest.id)) hits.push(...(await hitsOf(tx, companyId, message.id)));
  return hintsOn(view, company, document, own, hits, now);
}

function ownSendings(sendings: Sendings, id: string): Sendings {
  const dispatches = sendings.dispatches.filter((dispatch) => dispatch.documentIds.includes(id));
  return { ...sendings, dispatches };
}

async function factsModel(
  tx: Tx<WebTables>,
  { view, companyId, now }: Reading,
  document: Document,
  asked: DocumentAsked,
): Promise<DocumentFactsModel> {
  const ids = [document.customerId, document.proposed.customerId].flatMap((id) => id ?? []);
  const customers = await getCustomers(tx, companyId, ids);
  const customer = customers.find((one) => one.id === document.customerId) ?? null;
  const guessed = customers.find((one) => one.id === document.proposed.customerId) ?? null;
  const paid = paidModel(document, dayIn(view.format.zone, now));
  const missing = document.replacedBy ? [] : missingNames(document);
  const isAsked = asked.edit || asked.refused !== undefined || missing.length > 0;
  const known = factValues(document, customer?.name ?? null);
  const guesses = proposedValues(document, known, guessed?.name ?? null);
  const isEditing = isAsked && !asked.pay && !document.replacedBy;
  return {
    id: document.id,
    kind: document.kind,
    number: document.number,
    customer: customer ?? (document.buyerName ? { id: null, name: document.buyerName } : null),
    issueDate: document.issueDate,
    dueDate: document.dueDate,
    total: document.total,
    currency: document.currency,
    paid,
    readFrom: document.format === 'pdf' ? null : view.t(`format.${document.format}`),
    missing,
    reminder: await nextReminder(tx, { view, companyId, now }, document),
    customerNames: isEditing ? await customerNames(tx, companyId) : [],
    editing: isEditing
      ? {
          values: asked.refused?.values ?? withAmount(view, { ...known, ...guesses }),
          errors: asked.refused?.errors ?? {},
          proposed: asked.refused ? [] : Object.keys(guesses),
        }
      : null,
    paying: asked.pay
      ? { on: dayIn(view.format.zone, now), amount: amountField(view, openAmount(document)), errors: {} }
      : null,
  };
}

function withAmount(view: View, values: Readonly<Record<string, string>>): Record<string, string> {
  return { ...values, total: amountField(view, values['total'] ?? '') };
}

function openAmount(document: Document): string {
  return (document.amountDue ?? document.total ?? '').replace('-', '');
}

const mostNames = 200;

async function customerNames(tx: Tx<WebTables>, companyId: string): Promise<string[]> {
  const list = await listCustomers(tx, companyId, { limit: mostNames });
  return list.ok ? list.items.map((customer) => customer.name) : [];
}

export function missingNames(document: Document): DocumentFactsModel['missing'] {
  const names = missingFacts(document).map((fact) => (fact === 'buyer' ? 'customer' : fact));
  return [...new Set(names)];
}

function pageAddresses(document: Document): string[] {
  if (document.images === 'failed') return [];
  return Array.from({ length: document.pages }, (_, at) => paths.documentPage(document.id, at + 1));
}

/** Where answers to the newest e-mail go: they come to a mailbox that Envoi does not read. */
async function answersTo(tx: Tx<WebTables>, sendings: Sendings): Promise<string | null> {
  const letterIds = sendings.dispatches.filter((one) => !one.canceledAt).flatMap((one) => one.letterId ?? []);
  const [letter] = await getLetters(tx, letterIds.slice(0, 1));
  return letter ? (letter.replyTo ?? letter.fromAddress) : null;
}

function versionModel(version: Document, sendings: Sendings, shown: string): VersionModel {
  return {
    id: version.id,
    version: version.version,
    fileName: version.fileName,
    at: version.createdAt,
    sent: sendings.dispatches.some((one) => one.documentIds.includes(version.id) && !one.canceledAt),
    current: version.replacedBy === null,
    shown: version.id === shown,
  };
}
