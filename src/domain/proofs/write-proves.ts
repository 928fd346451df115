import type { LogProofs, RecordedEvent } from '#domain/evidence';
import { isHouseSender } from '#domain/senders';
import type { Paper } from '#formats/pdf';
import { erasureIn } from './erasure-rows.ts';
import type { Material } from './gather-material.ts';
import type { ProofWords } from './proof-words.ts';
import { utcTime } from './utc-time.ts';

/** Writes what all of it proves, and what it does not. */
export function writeProves(
  paper: Paper,
  t: ProofWords,
  material: Material,
  { checkpoint, stamps }: LogProofs,
): void {
  const { events, dispatch, dns } = material;
  paper.heading(t('heading.proves'));
  paper.paragraph(`• ${t('proves.bytes')}`);
  paper.paragraph(`• ${t('proves.complete', { count: events.length })}`);
  paper.paragraph(`• ${t('proves.log', { name: logNameOf(checkpoint.note), size: checkpoint.size })}`);
  const returned = new Set(events.flatMap((event) => event.data['returnedMail'] ?? []));
  if (returned.size > 0) paper.paragraph(`• ${t('proves.inbound', { count: returned.size })}`);
  for (const { service, at } of stamps)
    paper.paragraph(`• ${t('proves.stamp', { time: utcTime(at), service: new URL(service).host })}`);
  paper.heading(t('heading.not'));
  if (stamps.length === 0) paper.paragraph(`• ${t('not.time')}`);
  for (const key of ['not.read', 'not.server', 'not.identity'] as const) paper.paragraph(`• ${t(key)}`);
  if (events.some((event) => isCodeInSendersHands(event, material)))
    paper.paragraph(`• ${t('not.codeServer')}`);
  if (erasureIn(events)) paper.paragraph(`• ${t('not.erased')}`);
  if (dns.size > 0) paper.paragraph(`• ${t('not.dns')}`);
  if (dispatch.service !== 'standard') paper.paragraph(`• ${t('not.qualified')}`);
}

/** A code left by the sender's own server, or by his account at a provider. Events that do not say the way are of times when it was the mail's own. */
function isCodeInSendersHands({ type, messageId, data }: RecordedEvent, material: Material): boolean {
  if (type !== 'code.sent' || data['channel'] === 'sms') return false;
  if (typeof data['way'] === 'string') return data['way'] === 'smtp' || data['way'] === 'provider';
  const message = material.messages.find(({ id }) => id === messageId);
  const sender = material.senders.find(({ id }) => id === message?.senderId);
  return sender !== undefined && sender.method !== 'sandbox' && !isHouseSender(sender);
}

/** The first line of a checkpoint names its log. */
export function logNameOf(note: string): string {
  return note.split('\n')[0] ?? '';
}
