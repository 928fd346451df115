import type { Message } from '#domain/outbox';
import type { Engagement, TrackingMode } from '#domain/tracking';
import type { View } from '../kit/index.ts';

export interface KnownMessage {
  readonly message: Message;
  readonly engagement: Engagement;
  readonly tracking: TrackingMode;
  /** It never left the house. */
  readonly isSandboxed: boolean;
  /** Set where the document waits behind a code: how that stands, in words, or empty. */
  readonly behindCode?: string;
}

/** What is known of one recipient in a sentence: never more, and "not known to be opened" is not "not read". */
export function whatIsKnown(view: View, known: KnownMessage): string {
  const { engagement } = known;
  const seen = [
    seenPart(view, 'opened', engagement.openedCount, engagement.firstOpenedAt, engagement.lastOpenedAt),
    seenPart(view, 'viewed', engagement.viewedCount, engagement.firstViewedAt, engagement.lastViewedAt),
    seenPart(
      view,
      'downloaded',
      engagement.downloadedCount,
      engagement.firstDownloadedAt,
      engagement.lastDownloadedAt,
    ),
  ].filter((part) => part !== null);
  const arrived = arrivalPart(view, known);
  if (seen.length > 0) return [...(isFailed(known.message) ? [arrived] : []), ...seen].join(' ');
  if (engagement.level === 'replied') return `${arrived} ${view.t('known.replied')}`;
  const isGone = ['handed_off', 'accepted', 'unconfirmed'].includes(known.message.delivery);
  return isGone ? `${arrived} ${silencePart(view, known)}`.trim() : arrived;
}

/** Why there is no sign of a recipient whose mail has left; empty where there is one. */
export function silenceOf(view: View, known: KnownMessage): string | undefined {
  const { level } = known.engagement;
  const isGone = ['handed_off', 'accepted'].includes(known.message.delivery);
  return isGone && (level === 'none' || level === 'machine_only') ? silencePart(view, known) : undefined;
}

function seenPart(
  view: View,
  deed: 'opened' | 'viewed' | 'downloaded',
  count: number,
  first: Date | null,
  last: Date | null,
): string | null {
  if (count === 0 || !first || !last) return null;
  const { dateTime } = view.format;
  return view.t(`known.${deed}`, { count, first: dateTime(first), last: dateTime(last) });
}

function silencePart(view: View, { engagement, tracking, behindCode }: KnownMessage): string {
  if (behindCode !== undefined) return `${behindCode} ${view.t('known.behindCode')}`.trim();
  if (tracking === 'none') return view.t('known.nothingRecorded');
  const { lastFetchedAt } = engagement;
  if (lastFetchedAt) return view.t('known.fetched', { at: view.format.dateTime(lastFetchedAt) });
  if (engagement.level !== 'machine_only') return view.t('known.notOpened');
  const key = `known.machine.${engagement.machineActors.length === 1 ? engagement.machineActors[0] : 'several'}`;
  return view.t.has(key) ? view.t(key) : view.t('known.machine');
}

/** Why there may never be a sign of this recipient, each as a sentence; none where there is one already, or nothing has left. */
export function whyNoSign(
  view: View,
  known: KnownMessage,
  mail: { readonly isAttached: boolean; readonly isWithdrawn: boolean },
): string[] {
  const { tracking, engagement } = known;
  if (silenceOf(view, known) === undefined || engagement.fetchedCount > 0) return [];
  if (known.behindCode !== undefined) return [];
  if (tracking === 'none') return [view.t(mail.isWithdrawn ? 'noSign.withdrawn' : 'noSign.none')];
  return [
    ...(tracking === 'links' ? [view.t('noSign.links')] : [view.t('noSign.images')]),
    ...(engagement.machineActors.includes('privacy_proxy') ? [view.t('noSign.apple')] : []),
    ...(engagement.machineActors.includes('scanner') ? [view.t('noSign.scanner')] : []),
    ...(mail.isAttached ? [view.t('noSign.attached')] : []),
  ];
}

function isFailed(message: Message): boolean {
  return ['rejected', 'expired', 'bounced', 'complained'].includes(message.delivery);
}

function arrivalPart(view: View, { message, isSandboxed }: KnownMessage): string {
  const { t } = view;
  switch (message.delivery) {
    case 'handed_off':
      if (message.detail === 'settled_by_person') return t('known.settled');
      return t(isSandboxed ? 'known.sandbox' : 'known.handedOff');
    case 'accepted':
      return t('known.accepted');
    case 'unconfirmed':
      return t('known.unconfirmed');
    case 'canceled':
      return canceledWords(view, message);
    default:
      return waitingWords(view, message) ?? reasonWords(view, message);
  }
}

/** Taken back by a person, or why it did not leave. */
function canceledWords(view: View, message: Pick<Message, 'detail' | 'address'>): string {
  const why = `reason.${message.detail ?? ''}`;
  return view.t.has(why) ? view.t(why, { address: message.address, count: 1 }) : view.t('known.canceled');
}

/** What a list says about where a message stands. */
type Standing = Pick<Message, 'delivery' | 'detail' | 'dueAt' | 'address'>;

/** Why a message waits and until when, or why it is held or failed; null where the state says it all. */
export function waitingWords(view: View, message: Standing): string | null {
  const { t, format } = view;
  switch (message.delivery) {
    case 'scheduled':
      return t('known.scheduled', { at: format.dateTime(message.dueAt) });
    case 'queued':
    case 'sending':
      return t('known.queued');
    case 'deferred': {
      const why = `reason.${message.detail ?? ''}`;
      const next = t('known.next', { at: format.dateTime(message.dueAt) });
      return view.t.has(why)
        ? `${view.t(why, { address: message.address, count: 1 })} ${next}`
        : t('known.deferred', { at: format.dateTime(message.dueAt) });
    }
    case 'unconfirmed':
      return t('known.unconfirmed');
    case 'canceled':
      return message.detail ? canceledWords(view, message) : null;
    case 'held':
    case 'rejected':
    case 'expired':
    case 'bounced':
    case 'complained':
      return reasonWords(view, message);
    default:
      return null;
  }
}

/** Why it is held or failed, in words; the domain's stable word is never shown. */
export function reasonWords(view: View, message: Pick<Message, 'delivery' | 'detail' | 'address'>): string {
  const key = `reason.${message.detail ?? ''}`;
  if (view.t.has(key)) return view.t(key, { address: message.address, count: 1 });
  return view.t(message.delivery === 'held' ? 'known.held' : 'known.failed');
}
