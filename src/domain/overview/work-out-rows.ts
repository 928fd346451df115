import { type Customer, getCustomers } from '#domain/customers';
import {
  type Dispatch,
  documentEnvelope,
  type EnvelopeMessage,
  envelopeOf,
  getDispatches,
} from '#domain/dispatch';
import { type Document, getDocuments, paidState } from '#domain/documents';
import { newestEvents } from '#domain/evidence';
import { getLetters, getMessages, type Letter, type Message } from '#domain/outbox';
import { sendersByIds } from '#domain/senders';
import { type Engagement, engagementsOf, noEngagement } from '#domain/tracking';
import type { OverviewTx } from './overview-sources.ts';
import type { DocumentRow, MessageRow } from './overview-tables.ts';

interface LastEvent {
  readonly type: string;
  readonly at: Date;
}

interface Sources {
  readonly documents: readonly Document[];
  readonly customers: ReadonlyMap<string, Customer>;
  readonly dispatches: readonly Dispatch[];
  readonly messages: readonly Message[];
  readonly letters: ReadonlyMap<string, Letter>;
  readonly senderAddresses: ReadonlyMap<string, string>;
  readonly engagements: ReadonlyMap<string, Engagement>;
  readonly lastOfDocument: ReadonlyMap<string, LastEvent>;
  readonly lastOfMessage: ReadonlyMap<string, LastEvent>;
}

/** Works out the overview rows of documents and of the messages that sent them, from the tables of the other folders. */
export async function workOutRows(
  tx: OverviewTx,
  companyId: string,
  documentIds: readonly string[],
): Promise<{ documents: DocumentRow[]; messages: MessageRow[] }> {
  const sources = await readSources(tx, companyId, documentIds);
  const byId = new Map(sources.documents.map((document) => [document.id, document]));
  return {
    documents: sources.documents.map((document) =>
      documentRow(sources, document, sources.lastOfDocument.get(document.id)),
    ),
    messages: sources.messages.flatMap((message) => {
      const document = byId.get(message.documentId);
      return document ? [messageRow(sources, message, document, sources.lastOfMessage.get(message.id))] : [];
    }),
  };
}

async function readSources(
  tx: OverviewTx,
  companyId: string,
  documentIds: readonly string[],
): Promise<Sources> {
  const documents = await getDocuments(tx, companyId, documentIds);
  const dispatches = await getDispatches(tx, companyId, { documentIds });
  const messages = await getMessages(tx, companyId, {
    dispatchIds: dispatches.map((dispatch) => dispatch.id),
  });
  const customerIds = documents.flatMap((document) => document.customerId ?? []);
  const customers = await getCustomers(tx, companyId, customerIds);
  const letters = await getLetters(tx, [...new Set(messages.map((message) => message.letterId))]);
  const senders = await sendersByIds(tx, [...new Set(messages.map((message) => message.senderId))]);
  const engagements = await engagementsOf(
    tx,
    messages.map((message) => message.id),
  );
  return {
    documents,
    dispatches,
    messages,
    customers: new Map(customers.map((customer) => [customer.id, customer])),
    letters: new Map(letters.map((letter) => [letter.id, letter])),
    senderAddresses: new Map(senders.map((sender) => [sender.id, sender.address])),
    lastOfDocument: await newestEvents(tx, 'document', documentIds),
    lastOfMessage: await newestEvents(
      tx,
      'message',
      messages.map((message) => message.id),
    ),
    engagements: new Map(engagements.map((engagement) => [engagement.messageId, engagement])),
  };
}

function documentRow(sources: Sources, document: Document, last: LastEvent | undefined): DocumentRow {
  const dispatches = sources.dispatches.filter((dispatch) => dispatch.documentIds.includes(document.id));
  const ids = new Set(dispatches.map((dispatch) => dispatch.id));
  const messages = sources.messages.filter((message) => ids.has(message.dispatchId));
  const to = messages.filter((message) => message.role === 'to');
  const seen = documentEnvelope(
    dispatches.map((dispatch) => envelopeOf(envelopeMessages(sources, dispatch.id), replacements(sources))),
  );
  const sum = (count: (engagement: Engagement) => number): number =>
    to.reduce((total, message) => total + count(engagementOf(sources, message.id)), 0);
  const sent = dispatches.filter((dispatch) => !dispatch.canceledAt);
  return {
    document_id: document.id,
    company_id: document.companyId,
    ...factsOf(sources, document),
    paid: paidState(document),
    is_current: !document.replacedBy && !document.canceledAt,
    envelope: seen.envelope,
    reached: {
      of: seen.of,
      count: seen.count,
      opened: sum((e) => e.openedCount),
      viewed: sum((e) => e.viewedCount),
      downloaded: sum((e) => e.downloadedCount),
    },
    dispatch_count: sent.length,
    reminder_count: sent.filter((dispatch) => dispatch.purpose === 'reminder').length,
    first_sent_at: sent.at(-1)?.createdAt ?? null,
    last_event_type: last?.type ?? null,
    last_event_at: last?.at ?? document.createdAt,
    created_at: document.createdAt,
    search: searchText([
      document.number,
      customerName(sources, document),
      document.fileName,
      ...messages.map((message) => message.address),
      ...dispatches.map((dispatch) => dispatch.subject),
    ]),
  };
}

function factsOf(sources: Sources, document: Document) {
  return {
    kind: document.kind,
    number: document.number,
    customer_id: document.customerId,
    customer_name: customerName(sources, document),
    issue_date: document.issueDate,
    due_date: document.dueDate,
    currency: document.currency,
    total: document.total,
    amount_due: document.amountDue,
  };
}

function messageRow(
  sources: Sources,
  message: Message,
  document: Document,
  last: LastEvent | undefined,
): MessageRow {
  const dispatch = sources.dispatches.find((one) => one.id === message.dispatchId);
  const letter = sources.letters.get(message.letterId);
  const engagement = engagementOf(sources, message.id);
  return {
    message_id: message.id,
    company_id: message.companyId,
    dispatch_id: message.dispatchId,
    document_id: message.documentId,
    role: message.role,
    name: message.name,
    address: message.address,
    subject: letter?.subject ?? '',
    attachment: letter?.attachments.map((attachment) => attachment.fileName).join(', ') ?? '',
    kind: document.kind,
    number: document.number,
    purpose: dispatch?.purpose ?? 'first',
    origin: dispatch?.origin ?? 'manual',
    sender_id: message.senderId,
    sender_address: sources.senderAddresses.get(message.senderId) ?? '',
    delivery: message.delivery,
    detail: message.detail,
    engagement: engagement.level,
    opened_count: engagement.openedCount,
    viewed_count: engagement.viewedCount,
    downloaded_count: engagement.downloadedCount,
    attempt_count: message.attemptCount,
    first_opened_at: engagement.firstOpenedAt,
    last_event_at: last?.at ?? message.createdAt,
    due_at: message.dueAt,
    created_at: message.createdAt,
    search: searchText([
      document.number,
      customerName(sources, document),
      message.address,
      message.name,
      letter?.subject,
    ]),
  };
}

function envelopeMessages(sources: Sources, dispatchId: string): EnvelopeMessage[] {
  return sources.messages
    .filter((message) => message.dispatchId === dispatchId)
    .map((message) => withEngagement(sources, message));
}

function replacements(sources: Sources): Map<string, EnvelopeMessage> {
  const wanted = new Set(sources.messages.flatMap((message) => message.replacedBy ?? []));
  return new Map(
    sources.messages
      .filter((message) => wanted.has(message.id))
      .map((message) => [message.id, withEngagement(sources, message)]),
  );
}

function withEngagement(sources: Sources, message: Message): EnvelopeMessage {
  return { ...message, engagement: engagementOf(sources, message.id).level };
}

function engagementOf(sources: Sources, messageId: string): Engagement {
  return sources.engagements.get(messageId) ?? noEngagement(messageId);
}

function customerName(sources: Sources, document: Document): string {
  return (
    (document.customerId && sources.customers.get(document.customerId)?.name) || document.buyerName || ''
  );
}

/** Lower case, once each: what the trigram index is made over. */
function searchText(parts: readonly (string | null | undefined)[]): string {
  return [...new Set(parts.filter(Boolean).map((part) => String(part).toLowerCase()))]
    .join(' ')
    .slice(0, 4000);
}
