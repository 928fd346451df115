import { getCompany } from '#domain/accounts';
import { type Customer, getCustomers } from '#domain/customers';
import { type Dispatch, getDispatches } from '#domain/dispatch';
import { type Document, getDocuments } from '#domain/documents';
import { newestEvents } from '#domain/evidence';
import { getLetterHeadings, getMessages, type LetterHeading, type Message } from '#domain/outbox';
import { sendersByIds, trialSenderOf } from '#domain/senders';
import { type Engagement, engagementsOf, noEngagement } from '#domain/tracking';
import type { OverviewTx } from './overview-sources.ts';

export interface LastEvent {
  readonly type: string;
  readonly at: Date;
}

/** What the rows of some documents are worked out from. */
export interface Sources {
  readonly zone: string;
  readonly documents: readonly Document[];
  readonly customers: ReadonlyMap<string, Customer>;
  readonly dispatches: readonly Dispatch[];
  /** The sender whose dispatches nobody got; see `trialSenderOf`. */
  readonly trialSender: string | null;
  readonly messages: readonly Message[];
  readonly letters: ReadonlyMap<string, LetterHeading>;
  readonly senderAddresses: ReadonlyMap<string, string>;
  readonly engagements: ReadonlyMap<string, Engagement>;
  readonly lastOfDocument: ReadonlyMap<string, LastEvent>;
  readonly lastOfMessage: ReadonlyMap<string, LastEvent>;
}

/** Reads everything that the rows of these documents, and of the messages that sent them, depend on. */
export async function readSources(
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
  const letters = await getLetterHeadings(tx, [...new Set(messages.map((message) => message.letterId))]);
  const senders = await sendersByIds(tx, [...new Set(messages.map((message) => message.senderId))]);
  const engagements = await engagementsOf(
    tx,
    messages.map((message) => message.id),
  );
  return {
    zone: (await getCompany(tx, companyId))?.timeZone ?? 'UTC',
    documents,
    dispatches,
    trialSender: await trialSenderOf(tx, companyId),
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

/** What is known of a message. */
export function engagementOf(sources: Sources, messageId: string): Engagement {
  return sources.engagements.get(messageId) ?? noEngagement(messageId);
}

/** The customer of a document by name, else whom the document names. */
export function customerName(sources: Sources, document: Document): string {
  return (
    (document.customerId && sources.customers.get(document.customerId)?.name) || document.buyerName || ''
  );
}

/** Lower case, once each: what the trigram index is made over. */
export function searchText(parts: readonly (string | null | undefined)[]): string {
  return [...new Set(parts.filter(Boolean).map((part) => String(part).toLowerCase()))]
    .join(' ')
    .slice(0, 4000);
}
