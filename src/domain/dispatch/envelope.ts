import type { HandOver } from '#domain/network';
import type { DeliveryState, Message } from '#domain/outbox';
import type { EngagementLevel } from '#domain/tracking';
import type { Dispatch } from './dispatch.ts';

/** What a person sees of a dispatch or document at a glance. */
export type Envelope =
  | 'none'
  | 'waiting'
  | 'held'
  | 'sent'
  | 'accepted'
  | 'opened'
  | 'viewed'
  | 'downloaded'
  | 'replied'
  | 'failed'
  | 'unconfirmed'
  | 'canceled';

/** What the envelope looks at in a message. */
export interface EnvelopeMessage extends Pick<Message, 'role' | 'delivery' | 'replacedBy'> {
  readonly engagement: EngagementLevel;
}

/** The envelope with "1 of 3": how many of the recipients it is true of. */
export interface Seen {
  readonly envelope: Envelope;
  readonly count: number;
  readonly of: number;
}

const failed: ReadonlySet<DeliveryState> = new Set(['rejected', 'expired', 'bounced', 'complained']);
const waiting: ReadonlySet<DeliveryState> = new Set(['scheduled', 'queued', 'sending', 'deferred']);
const seen = ['replied', 'downloaded', 'viewed', 'opened'] as const;

/**
 * The envelope of a dispatch: the worst delivery state, then the best engagement, of its `to` messages; the first rule that fits
 * wins. A failed message that was repaired by a resend counts as that resend (`replacements`, by id of the new message).
 */
export function envelopeOf(
  messages: readonly EnvelopeMessage[],
  replacements: ReadonlyMap<string, EnvelopeMessage> = new Map(),
): Seen {
  const to = messages
    .filter((message) => message.role === 'to')
    .map((message) => (message.replacedBy ? (replacements.get(message.replacedBy) ?? message) : message));
  const of = to.length;
  const result = (envelope: Envelope, fits: (message: EnvelopeMessage) => boolean): Seen => ({
    envelope,
    count: to.filter(fits).length,
    of,
  });
  if (of === 0) return { envelope: 'none', count: 0, of };
  const worst = (
    [
      ['failed', (message) => failed.has(message.delivery)],
      ['held', (message) => message.delivery === 'held'],
      ['unconfirmed', (message) => message.delivery === 'unconfirmed'],
    ] as readonly [Envelope, (message: EnvelopeMessage) => boolean][]
  ).find(([, fits]) => to.some(fits));
  if (worst) return result(...worst);
  if (to.every((message) => message.delivery === 'canceled')) return result('canceled', () => true);
  if (to.some((message) => waiting.has(message.delivery)))
    return result('waiting', (message) => waiting.has(message.delivery));
  const best = seen.find((level) => to.some((message) => message.engagement === level));
  if (best) return result(best, (message) => reaches(message.engagement, best));
  const accepted = (message: EnvelopeMessage): boolean => message.delivery === 'accepted';
  return to.every(accepted)
    ? result('accepted', accepted)
    : result('sent', (message) => message.delivery !== 'canceled');
}

const byNetwork: Readonly<Record<HandOver['state'], Pick<EnvelopeMessage, 'delivery' | 'engagement'>>> = {
  waiting: { delivery: 'queued', engagement: 'none' },
  delivered: { delivery: 'accepted', engagement: 'none' },
  accepted: { delivery: 'accepted', engagement: 'replied' },
  rejected: { delivery: 'accepted', engagement: 'replied' },
  failed: { delivery: 'rejected', engagement: 'none' },
  canceled: { delivery: 'canceled', engagement: 'none' },
};

/** What stands for the messages of a dispatch that went by the network alone; none where there are mails, which then speak for it. */
export function networkMessages({
  channels,
  handOvers,
}: Pick<Dispatch, 'channels' | 'handOvers'>): EnvelopeMessage[] {
  if (channels.includes('email')) return [];
  return handOvers.map((one) => ({ ...byNetwork[one.state], role: 'to', replacedBy: null }));
}

/** The envelope of one message, as if it were the only one of its dispatch. */
export function envelopeOfOne(
  { delivery }: Pick<EnvelopeMessage, 'delivery'>,
  engagement: EngagementLevel,
): Envelope {
  return envelopeOf([{ role: 'to', replacedBy: null, delivery, engagement }]).envelope;
}

/** The envelope of a document: that of its newest dispatch that is not canceled and went by mail; `none` if there is none. */
export function documentEnvelope(newestFirst: readonly Seen[]): Seen {
  const sent = newestFirst.filter((one) => one.envelope !== 'none');
  return sent.find((one) => one.envelope !== 'canceled') ?? sent[0] ?? { envelope: 'none', count: 0, of: 0 };
}

/** "2 of 3 opened" counts those who did more, too. */
function reaches(level: EngagementLevel, least: (typeof seen)[number]): boolean {
  return (
    (seen as readonly string[]).includes(level) &&
    seen.indexOf(level as (typeof seen)[number]) <= seen.indexOf(least)
  );
}
