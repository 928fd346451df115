import { getCompany, hasFeature } from '#domain/accounts';
import { type Dispatch, getDispatches } from '#domain/dispatch';
import { getDocuments } from '#domain/documents';
import { eventHash, type RecordedEvent, readEvents } from '#domain/evidence';
import { getLetters, getMessages, isUnderWay, type Message, readMailBytes } from '#domain/outbox';
import { type Delivery, getDelivery } from '#domain/registered';
import { areRepliesObserved, isObserved } from '#domain/returns';
import { engagementsOf, hitsOf, holdsOf, linksOf, noEngagement, type TrackingMode } from '#domain/tracking';
import { splitHeaders } from '#mail/mime';
import type { Tx } from '#stores/database';
import { messageEnvelopeModel } from '../documents/envelopes.ts';
import { dispatchEvents, newestEvents } from '../documents/event-models.ts';
import { pagesSeen } from '../documents/pages-seen.ts';
import { engagementOf, readDispatches, type Sendings } from '../documents/sendings.ts';
import { type KnownMessage, whatIsKnown, whyNoSign } from '../documents/what-is-known.ts';
import type { EnvelopeModel, View } from '../kit/index.ts';
import type { WebNeeds, WebTables } from '../needs.ts';
import { repairOf } from '../notices/notice-models.ts';
import { titleInSentence } from '../screens/document-words.ts';
import type { MessageModel } from '../screens/message-model.ts';
import { attemptModels } from './attempt-models.ts';

const mostEvents = 500; // of the chain that is checked
const mostShown = 300; // of this message, and of its dispatch as a whole

/** The envelope of one e-mail alone; null when there is none with that id. */
export async function messageEnvelope(
  tx: Tx<WebTables>,
  companyId: string,
  id: string,
): Promise<EnvelopeModel | null> {
  const [message] = await getMessages(tx, companyId, { ids: [id] });
  if (!message) return null;
  const [engagement = noEngagement(id)] = await engagementsOf(tx, [id]);
  return messageEnvelopeModel(message, engagement);
}

/** The page of one e-mail; null when there is none with that id. */
export async function messageModel(
  tx: Tx<WebTables>,
  reading: {
    readonly needs: WebNeeds;
    readonly view: View;
    readonly companyId: string;
    readonly isOwner: boolean;
  },
  id: string,
  tab: MessageModel['tab'],
): Promise<MessageModel | null> {
  const { needs, view, companyId, isOwner } = reading;
  const [message] = await getMessages(tx, companyId, { ids: [id] });
  const [dispatch] = message ? await getDispatches(tx, companyId, { ids: [message.dispatchId] }) : [];
  if (!message || !dispatch) return null;
  const sendings = await readDispatches(tx, companyId, [dispatch.id]);
  const known = await knownOf(tx, { view, sendings }, message, dispatch);
  const { engagement, tracking } = known;
  const company = await getCompany(tx, companyId);
  const noSign = whyNoSign(view, known, {
    isAttached: dispatch.attach,
    isWithdrawn: dispatch.tracking !== 'none',
  });
  return {
    id,
    dispatch: dispatch.id,
    who: message.name || message.address,
    envelope: messageEnvelopeModel(message, engagement),
    delivery: message.delivery,
    purpose: dispatch.purpose,
    origin: dispatch.origin,
    ...(await letterParts(tx, view, message, dispatch)),
    at: message.createdAt,
    ...(await bytesParts(tx, needs, message, tab)),
    tab,
    ...(await historyParts(tx, needs, sendings, message)),
    attempts: await attemptModels(tx, view, message),
    canExportEvidence: true,
    tracking: known.behindCode === undefined ? tracking : 'code',
    known: await knownWords(tx, { needs, view }, known),
    noSign: company && !hasFeature(company, 'engagement') ? [view.t('plan.would.engagement')] : noSign,
    address: message.address,
    ...(await privacyParts(tx, dispatch, isOwner ? [...sendings.messages.values()] : null)),
    pagesSeen: pagesSeen(await hitsOf(tx, companyId, id)),
    repair: await repairOf(tx, view, message),
    canCancel: ['scheduled', 'queued', 'deferred'].includes(message.delivery),
  };
}

/** What happened to it and to its dispatch as a whole, and whether the chain of that holds. */
async function historyParts(
  tx: Tx<WebTables>,
  { ruleset }: WebNeeds,
  sendings: Sendings,
  { id, dispatchId }: Message,
) {
  const shown = await newestEvents(tx, dispatchId, mostShown);
  const own = shown.events.filter((event) => event.messageId === null || event.messageId === id);
  const chain = await readEvents(tx, { kind: 'dispatch', id: dispatchId, limit: mostEvents });
  return {
    events: dispatchEvents(own, sendings.messages, ruleset).map((event) => ({ ...event, who: null })),
    isCut: shown.isCut,
    chain: { events: chain.length, unbroken: isUnbroken(chain) },
  };
}

/** Whether its history is held, when its content was erased, and whether the one who looks may erase it: an owner, who gets its `messages`. */
async function privacyParts(
  tx: Tx<WebTables>,
  { id, companyId, contentErasedAt }: Dispatch,
  messages: readonly Message[] | null,
): Promise<Pick<MessageModel, 'held' | 'erasedAt' | 'mayErase'>> {
  const held = (await holdsOf(tx, companyId, [id]))[0]?.reason ?? null;
  const mayErase = held === null && messages !== null && !messages.some(isUnderWay);
  return { held, erasedAt: contentErasedAt ?? null, mayErase };
}

/** What is known of this person; and where bounces and answers would not be seen, that too. */
async function knownWords(
  tx: Tx<WebTables>,
  { needs, view }: { readonly needs: WebNeeds; readonly view: View },
  known: KnownMessage,
): Promise<string> {
  const { companyId, senderId } = known.message;
  const isSeen = await isObserved(tx, companyId, senderId);
  const { platformDomain } = needs.senders.house;
  const areAnswersSeen = await areRepliesObserved(tx, known.message, platformDomain);
  const unseen = isSeen ? (areAnswersSeen ? null : 'repliesNotObserved') : 'notObserved';
  return `${whatIsKnown(view, known)} ${unseen ? view.t(`known.${unseen}`) : ''}`.trim();
}

async function knownOf(
  tx: Tx<WebTables>,
  { view, sendings }: { readonly view: View; readonly sendings: Sendings },
  message: Message,
  dispatch: Dispatch,
): Promise<KnownMessage> {
  const tracking = await trackingOf(tx, message, dispatch);
  const isSandboxed = sendings.sandboxes.has(message.senderId);
  const delivery = await getDelivery(tx, message.id);
  return {
    message,
    engagement: engagementOf(sendings, message.id),
    tracking,
    isSandboxed,
    ...(delivery ? { behindCode: standingOf(view, delivery) } : {}),
  };
}

/** How a delivery behind a code stands: "Accepted, 28 Nov, 16:29." Empty while it waits: the time that is left stands among the deliveries. */
function standingOf({ t, format }: View, { state, decidedAt, handedOverAt }: Delivery): string {
  const at = decidedAt ?? handedOverAt;
  if (state === 'waiting') return '';
  return `${[t(`deliveries.state.${state}`), at ? format.dateTime(at) : null].filter(Boolean).join(', ')}.`;
}

/** What is really recorded of this person: the link knows his consent. */
async function trackingOf(tx: Tx<WebTables>, message: Message, dispatch: Dispatch): Promise<TrackingMode> {
  const [link] = await linksOf(tx, [message.id]);
  return link?.counted === false ? 'none' : (link?.mode ?? dispatch.tracking);
}

async function letterParts(tx: Tx<WebTables>, view: View, message: Message, dispatch: Dispatch) {
  const [letter] = await getLetters(tx, [message.letterId]);
  const documents = await getDocuments(tx, message.companyId, dispatch.documentIds);
  const list = (all: readonly { readonly name: string; readonly address: string }[] = []): string =>
    all.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', ');
  return {
    documents: documents.map((document) => ({ id: document.id, title: titleInSentence(view, document) })),
    from: letter ? `${letter.fromName} <${letter.fromAddress}>` : '',
    to: list(letter?.to),
    cc: list(letter?.cc),
    subject: dispatch.contentErasedAt ? view.t('erase.subject') : (letter?.subject ?? dispatch.subject),
    attachments: letter?.attachments.map((file) => file.fileName) ?? [],
  };
}

/** What the archived bytes say; nothing before the mail was made. */
async function bytesParts(tx: Tx<WebTables>, needs: WebNeeds, message: Message, tab: MessageModel['tab']) {
  const bytes = await readMailBytes(tx, needs.files, message.companyId, message.id);
  if (!bytes) return { bytes: null, headers: null, signedBy: null };
  const { headers, bodyStart } = splitHeaders(bytes);
  const signature = headers.find((header) => header.name.toLowerCase() === 'dkim-signature');
  return {
    bytes: bytes.length,
    headers: tab === 'headers' ? bytes.toString('utf8', 0, bodyStart).trimEnd() : null,
    signedBy: /(?:^|;)\s*d=([^;\s]+)/.exec(signature?.value ?? '')?.[1] ?? null,
  };
}

/** Tells whether each event carries the hash of the one before, and its own bytes have the hash that it says. */
function isUnbroken(events: readonly RecordedEvent[]): boolean {
  return events.every((event, at) => {
    const before = events[at - 1]?.hash ?? null;
    const isNext = before ? event.prev?.equals(before) === true : event.prev === null;
    return isNext && eventHash(event.raw).equals(event.hash);
  });
}
