import { dayIn } from '#base/time';
import { type Dispatch, envelopeOfOne } from '#domain/dispatch';
import type { Document } from '#domain/documents';
import type { Message } from '#domain/outbox';
import type { Engagement } from '#domain/tracking';
import type { MessageCategory, MessageRow } from './overview-tables.ts';
import { customerName, engagementOf, type LastEvent, type Sources, searchText } from './read-sources.ts';

/** The row of a message; what is known of it is worked out from its own engagement. */
export function messageRow(
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
    category: categoryOf(dispatch),
    // When it left or is to leave: the time at which it was due stays what it was whatever comes back later.
    day: dayIn(sources.zone, message.dueAt),
    sender_id: message.senderId,
    sender_address: sources.senderAddresses.get(message.senderId) ?? '',
    ...knownOf(message, engagement),
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

/** Where the message stands, and what was done with it. */
function knownOf(message: Message, engagement: Engagement) {
  return {
    delivery: message.delivery,
    detail: message.detail,
    envelope: envelopeOfOne(message, engagement.level),
    engagement: engagement.level,
    opened_count: engagement.openedCount,
    viewed_count: engagement.viewedCount,
    downloaded_count: engagement.downloadedCount,
    machine_count: engagement.machineCount,
    attempt_count: message.attemptCount,
    first_opened_at: engagement.firstOpenedAt,
    first_seen_at: earliestOf([
      engagement.firstOpenedAt,
      engagement.firstViewedAt,
      engagement.firstDownloadedAt,
    ]),
    sent_at: hasLeft(message) ? message.settledAt : null,
  };
}

function categoryOf(dispatch: Dispatch | undefined): MessageCategory {
  if (dispatch?.purpose !== 'reminder') return dispatch?.purpose ?? 'first';
  return dispatch.origin === 'automatic' ? 'automatic' : 'reminder';
}

function hasLeft({ delivery }: Message): boolean {
  return ['handed_off', 'accepted', 'unconfirmed'].includes(delivery);
}

function earliestOf(times: readonly (Date | null)[]): Date | null {
  const known = times.flatMap((time) => time?.getTime() ?? []);
  return known.length > 0 ? new Date(Math.min(...known)) : null;
}
