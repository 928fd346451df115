import type { RecordedEvent } from '#domain/evidence';
import type { Message } from '#domain/outbox';
import { type CodeChannel, channelOfLevel } from '#domain/registered';
import { domainOf } from '#mail/address';

/** How much is established about one recipient, weakest first; the texts say what each means. */
export type KnownLevel =
  | '0'
  | '1'
  | '2'
  | '3'
  | '4'
  | '5'
  | '6'
  | 'P'
  | 'refused'
  | 'failed'
  | 'gave_up'
  | 'canceled';

/** Where a delivery behind a code stands that brought the content to nobody. */
export type Ending = 'running' | 'expired' | 'undeliverable' | 'withdrawn';

const left: ReadonlySet<string> = new Set(['handed_off', 'unconfirmed', 'complained']);
const failed: ReadonlySet<string> = new Set(['rejected', 'bounced']);

/** The strongest thing that is recorded about a message; opened mails and fetched pages do not count, for machines do both. */
export function knownLevel(
  message: Pick<Message, 'id' | 'delivery' | 'address'>,
  events: readonly RecordedEvent[],
): KnownLevel {
  const has = hasIn(message, events);
  if (has('decision.refused')) return 'refused';
  if (has('decision.accepted')) return codeChannelOf(message, events) === 'sms' ? '6' : '5';
  if (has('content.handed_over')) return '4';
  const isReceipted = events.some(
    ({ type, messageId, data }) =>
      type === 'provider.receipt_received' && messageId === message.id && isCountedReceipt(data),
  );
  if (isReceipted) return 'P';
  if (events.some((event) => isSignedReaction(message, event))) return '3';
  if (failed.has(message.delivery)) return 'failed';
  if (message.delivery === 'expired') return 'gave_up';
  if (message.delivery === 'canceled') return 'canceled';
  if (message.delivery === 'accepted') return '2';
  return left.has(message.delivery) ? '1' : '0';
}

/** Signed by whom the company trusts: that nobody was reached is told in mails that nobody signs, and proves nothing. */
function isCountedReceipt({ counted, signature }: RecordedEvent['data']): boolean {
  const result =
    typeof signature === 'object' && signature !== null && 'result' in signature && signature.result;
  return counted === true && result === 'valid';
}

/** By which channel the code came that was shown for the decision, or else for the hand-over. */
export function codeChannelOf({ id }: Pick<Message, 'id'>, events: readonly RecordedEvent[]): CodeChannel {
  const shown = ['decision.accepted', 'decision.refused', 'content.handed_over'].flatMap((type) =>
    events.filter((event) => event.messageId === id && event.type === type),
  );
  return channelOfLevel(shown[0]?.data['level']);
}

/** How a delivery behind a code ended without an answer, or that it still waits; null where its level says it, and of a plain mail. */
export function endingOf(message: Pick<Message, 'id'>, events: readonly RecordedEvent[]): Ending | null {
  const has = hasIn(message, events);
  if (!has('notification.submitted')) return null;
  if (has('decision.refused', 'decision.accepted', 'content.handed_over')) return null;
  if (has('decision.expired')) return 'expired';
  if (has('notification.failed')) return 'undeliverable';
  return has('content.withdrawn') ? 'withdrawn' : 'running';
}

function hasIn({ id }: Pick<Message, 'id'>, events: readonly RecordedEvent[]) {
  return (...types: readonly string[]): boolean =>
    events.some((event) => event.messageId === id && types.includes(event.type));
}

/** What shows that the mail has arrived: an answer, a receipt, a report of delivery; not a bounce. */
const reactions: ReadonlySet<string> = new Set([
  'message.replied',
  'message.auto_replied',
  'message.receipt_returned',
  'message.accepted',
]);

/** A reaction that came back with a DKIM signature (RFC 6376) of the recipient's own domain: the sender could not have made it. */
function isSignedReaction(
  message: Pick<Message, 'id' | 'address'>,
  { messageId, type, data }: RecordedEvent,
): boolean {
  if (messageId !== message.id || !reactions.has(type) || !data['returnedMail']) return false;
  const { dkim, dkimDomain } = data;
  if (dkim !== 'pass' || typeof dkimDomain !== 'string' || !dkimDomain.includes('.')) return false;
  return `.${domainOf(message.address).toLowerCase()}`.endsWith(`.${dkimDomain.toLowerCase()}`);
}
