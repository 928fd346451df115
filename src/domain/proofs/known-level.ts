import type { RecordedEvent } from '#domain/evidence';
import type { Message } from '#domain/outbox';

/** How much is established about one recipient, weakest first; the texts say what each means. */
export type KnownLevel = '0' | '1' | '2' | '4' | '5' | 'failed';

const left: ReadonlySet<string> = new Set(['handed_off', 'unconfirmed', 'complained']);
const failed: ReadonlySet<string> = new Set(['rejected', 'expired', 'bounced', 'canceled']);

/** The strongest thing that is recorded about a message; opened mails and fetched pages do not count, for machines do both. */
export function knownLevel(
  message: Pick<Message, 'id' | 'delivery'>,
  events: readonly RecordedEvent[],
): KnownLevel {
  const has = (...types: readonly string[]): boolean =>
    events.some((event) => event.messageId === message.id && types.includes(event.type));
  if (has('decision.accepted', 'decision.refused')) return '5';
  if (has('content.handed_over')) return '4';
  if (failed.has(message.delivery)) return 'failed';
  if (message.delivery === 'accepted') return '2';
  return left.has(message.delivery) ? '1' : '0';
}
