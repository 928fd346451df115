import {
  type Dispatch,
  documentEnvelope,
  type EnvelopeMessage,
  envelopeOf,
  isTrial,
  networkMessages,
} from '#domain/dispatch';
import { type Document, paidState } from '#domain/documents';
import type { Message } from '#domain/outbox';
import type { Engagement } from '#domain/tracking';
import type { DocumentRow } from './overview-tables.ts';
import { customerName, engagementOf, type LastEvent, type Sources, searchText } from './read-sources.ts';

/** The row of a document with the envelope of its newest dispatch. */
export function documentRow(sources: Sources, document: Document, last: LastEvent | undefined): DocumentRow {
  const dispatches = sources.dispatches.filter(
    (one) => one.documentIds.includes(document.id) && !isTrial(one, sources.trialSender),
  );
  const ids = new Set(dispatches.map((dispatch) => dispatch.id));
  const messages = sources.messages.filter((message) => ids.has(message.dispatchId));
  const to = messages.filter((message) => message.role === 'to');
  const seen = documentEnvelope(
    dispatches.map((dispatch) => envelopeOf(envelopeMessages(sources, dispatch), replacements(sources))),
  );
  const sum = (count: (engagement: Engagement) => number): number =>
    to.reduce((total, message) => total + count(engagementOf(sources, message.id)), 0);
  const sent = dispatches.filter((dispatch) => !dispatch.canceledAt);
  return {
    document_id: document.id,
    company_id: document.companyId,
    ...factsOf(sources, document),
    paid: paidState(document),
    paid_on: document.paidOn,
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
    first_sender_id: sent.at(-1)?.senderId ?? null,
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

function envelopeMessages(sources: Sources, dispatch: Dispatch): EnvelopeMessage[] {
  const mails = sources.messages.filter((message) => message.dispatchId === dispatch.id);
  return [...mails.map((message) => withEngagement(sources, message)), ...networkMessages(dispatch)];
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
