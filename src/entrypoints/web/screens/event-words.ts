import { isMachinesVisit, ownCopyReason } from '#domain/tracking';
import type { EnvelopeState, Happening, TimelineActor, View } from '../kit/index.ts';
import type { StaffKey, StaffTexts } from '../texts/index.ts';
import { reasonsOf } from './reason-words.ts';
import { returnedWords } from './returned-words.ts';

/** An event as the evidence log gives it: type, who, how certain, and its data (strings and numbers are used). */
export type EventModel = {
  readonly type: string;
  readonly at: Date;
  readonly actor: string;
  readonly certainty: 'certain' | 'probable';
  readonly data: Readonly<Record<string, unknown>>;
  /** Who at the other end, when the event is about one person. */
  readonly who?: string | null;
  /** Where the rules have each reason from; absent where nobody asks why. */
  readonly sources?: ReadonlyMap<string, string>;
};

const visits = new Set(['person', 'proxied', 'unknown']);
const faults = /\.(rejected|undelivered|bounced|failed|link_failed|expired|complained|unconfirmed|broken)$/;

/** Words an event for the timeline: a person's, a machine's, ours or a fault, with its class and why it counts or not. */
export function happeningOf(view: View, event: EventModel): Happening {
  const { t } = view;
  const own = ownCopyOf(event);
  const machine = isMachine(event);
  const classKey: StaffKey | string = own === 'picture' ? 'actor.ownCopy' : actorKey(event);
  const whyKey = `${actorKey(event)}.why`;
  const problemKey = `reason.${String(event.data['problem'] ?? event.data['reason'] ?? '')}`;
  return {
    at: event.at,
    actor: actorOf(event, machine),
    what: wordEvent(t, event),
    ...(t.has(classKey) ? { class: classOf(view, event, classKey), ...reasonsOf(view, event) } : {}),
    ...(machine && t.has(whyKey) ? { why: t(whyKey) } : {}),
    ...(own ? { why: t(own === 'picture' ? 'actor.ownCopy.why' : 'actor.ownCopy.visit') } : {}),
    ...(t.has(problemKey) ? { why: t(problemKey, { address: event.who ?? '', count: 0 }) } : {}),
    ...returnedWords(view, event),
    ...(event.data['via'] === 'network' && typeof event.data['text'] === 'string' && event.data['text'] !== ''
      ? { quote: event.data['text'] }
      : {}),
  };
}

/** What happened, in a sentence. */
export function wordEvent(t: StaffTexts, event: Pick<EventModel, 'type' | 'actor' | 'data' | 'who'>): string {
  const inSandbox = event.type === 'message.handed_off' && event.data['host'] === 'sandbox';
  const isOwn = ownCopyOf(event) === 'picture';
  const byMachine = isMachine(event) ? (event.actor === 'unknown' ? '.unknown' : '.machine') : '';
  const key = `event.${event.type}${byMachine}${inSandbox ? '.sandbox' : ''}${isOwn ? '.ownCopy' : ''}`;
  const values = { ...plain(event.data), who: event.who ?? '', hasWho: event.who ? 'yes' : 'no' };
  const said = t.has(key) ? t(key, { ...blanks, ...values }) : t('event.other', { type: event.type });
  const { delegateName: name, delegateAddress: address } = event.data;
  const isByDelegate = typeof name === 'string' && !event.type.startsWith('notification.');
  return isByDelegate ? `${said} (${t('event.byDelegate', { name, address: String(address ?? '') })})` : said;
}

/** A visit that does not count as a person's; what may have been the sender himself is said of by itself. */
function isMachine(event: Pick<EventModel, 'type' | 'actor' | 'data'>): boolean {
  return isMachinesVisit(event) && ownCopyOf(event) !== 'picture';
}

/** Somebody at the other end may be unknown; an unknown program that touched a link is none of them. */
function actorKey(event: Pick<EventModel, 'type' | 'actor' | 'data'>): string {
  const kinds: Readonly<Record<string, string>> = { unknown: 'stranger', proxied: 'proxy' };
  return `actor.${(isMachine(event) && kinds[event.actor]) || event.actor}`;
}

/** What may as well have been the sender, with the copy in his Sent folder: the picture, which then counts for nothing, or a visit. */
function ownCopyOf(event: Pick<EventModel, 'type' | 'actor' | 'data'>): 'picture' | 'visit' | null {
  const { reasons } = event.data;
  if (!Array.isArray(reasons) || !reasons.includes(ownCopyReason)) return null;
  return event.type === 'visit.pixel_fetched' ? 'picture' : 'visit';
}

/** The drawing that stands beside an event in a feed. */
export function stateOf(event: Pick<EventModel, 'type' | 'actor' | 'data'>): EnvelopeState {
  if (isMachine(event) || ownCopyOf(event) === 'picture') return 'accepted';
  if (faults.test(event.type)) return event.type.endsWith('unconfirmed') ? 'unconfirmed' : 'failed';
  return states[event.type.split('.')[1] ?? ''] ?? 'none';
}

const states: Readonly<Record<string, EnvelopeState>> = {
  queued: 'waiting',
  scheduled: 'waiting',
  deferred: 'waiting',
  handed_off: 'sent',
  accepted: 'accepted',
  delivered: 'accepted',
  pixel_fetched: 'opened',
  page_fetched: 'accepted',
  page_viewed: 'viewed',
  file_fetched: 'accepted',
  file_downloaded: 'downloaded',
  link_failed: 'failed',
  delayed: 'waiting',
  auto_replied: 'accepted',
  receipt_returned: 'accepted',
  replied: 'replied',
  refused: 'replied',
  declared: 'replied',
  disputed: 'held',
  forwarded: 'replied',
  misdirected: 'held',
  held: 'held',
  canceled: 'canceled',
  network_canceled: 'canceled',
  received: 'accepted',
};

function actorOf(event: EventModel, machine: boolean): TimelineActor {
  if (machine) return 'machine';
  if (faults.test(event.type)) return 'fault';
  return visits.has(event.actor) ? 'person' : 'us';
}

/** Shown images mean that a person is possible, never more; a certainty is said of machines, and where it is small. */
function classOf(view: View, event: EventModel, key: StaffKey): string {
  const { t } = view;
  if (event.type === 'visit.pixel_fetched' && event.actor === 'person') return t('actor.unknown');
  const isSaid =
    (isMachine(event) && event.actor !== 'unknown') ||
    (event.actor === 'person' && event.certainty === 'probable');
  return isSaid ? `${t(key)} · ${t(`certainty.${event.certainty}`)}` : t(key);
}

/** Arguments that the texts of events may use; one that an event lacks is empty, so that a sentence is always whole. */
const blanks = { channel: '', server: '', partner: '', from: '', text: '', name: '', failure: '', hits: 0 };

function plain(data: Readonly<Record<string, unknown>>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(data).filter(
      (entry): entry is [string, string | number] =>
        typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  );
}
