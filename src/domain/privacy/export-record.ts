import type { PersonRecord } from './person-record.ts';

/** What is recorded about a person as a program reads it: Regulation (EU) 2016/679 art. 15(3) and 20. */
export function exportRecord(
  { address, contacts, changes, messages, messageCount, next }: PersonRecord,
  now: Date,
) {
  return {
    address,
    exportedAt: now.toISOString(),
    contacts,
    changes: changes.map(({ type, at, data }) => ({ type, at, ...data })),
    messageCount,
    messages: messages.map(({ message, engagement, link, hits }) => ({
      id: message.id,
      at: message.createdAt,
      delivery: message.delivery,
      recording: link?.mode ?? 'none',
      counts: engagement,
      visits: hits.map(({ id: _, messageId: __, session: ___, ...visit }) => visit),
    })),
    nextCursor: next,
  };
}
