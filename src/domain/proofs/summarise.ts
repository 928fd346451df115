import type { CodeChannel } from '#domain/registered';
import type { Material } from './gather-material.ts';
import { codeChannelOf, type Ending, endingOf, type KnownLevel, knownLevel } from './known-level.ts';

/** What a list of evidence files says of one of them. */
export interface EvidenceSummary {
  /** RFC 3339. */
  readonly sentAt: string;
  /** Numbers of the documents, or their file names. */
  readonly documents: readonly string[];
  readonly subject: string;
  readonly service: string;
  readonly recipients: readonly KnownRecipient[];
}

export interface KnownRecipient {
  readonly address: string;
  readonly level: KnownLevel;
  /** Absent in lists that were made before it was written down. */
  readonly ending?: Ending | null;
  readonly code?: CodeChannel;
}

export function summarise({ dispatch, documents, messages, events }: Material): EvidenceSummary {
  const submitted = events.find((event) => event.type === 'dispatch.submitted');
  return {
    sentAt: (submitted?.at ?? dispatch.createdAt).toISOString(),
    documents: documents.map((one) => one.number ?? one.fileName),
    subject: dispatch.subject,
    service: dispatch.service,
    recipients: recipientsOf(messages).map((message) => ({
      address: message.address,
      level: knownLevel(message, events),
      ending: endingOf(message, events),
      code: codeChannelOf(message, events),
    })),
  };
}

/** Receipts of a delivery and reminders on the way are no recipients of the dispatch. */
export function recipientsOf<Mail extends { readonly role: string }>(messages: readonly Mail[]): Mail[] {
  return messages.filter((message) => message.role !== 'notification');
}
