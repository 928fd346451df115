import { newId } from '#base/ids';
import { after, day, second } from '#base/time';
import { rememberRecipients } from '#domain/customers';
import { type EvidenceTables, type Fact, record } from '#domain/evidence';
import { type Letter, type Message, markReplaced, queueMessages, type Recipient } from '#domain/outbox';
import { openDeliveries } from '#domain/registered';
import type { Sender } from '#domain/senders';
import { letterHtml, letterText } from '#domain/templates';
import { type NewLink, openLinks, type TrackingMode, type TrackingTables } from '#domain/tracking';
import { domainOf } from '#mail/address';
import type { Tx } from '#stores/database';
import { type Dispatch, narrowestMode } from './dispatch.ts';
import type { DispatchProblem, DispatchRequest } from './dispatch-request.ts';
import { type DispatchTables, insertDispatch } from './dispatch-table.ts';
import type { Draft } from './draft.ts';
import { dueAtOf, handToNetwork } from './hand-to-network.ts';
import { type PrepareTables, prepareDispatch } from './prepare-dispatch.ts';
import { requestProblems } from './request-problems.ts';
import { submittedFact } from './submitted-fact.ts';
import { letterParts } from './write-text.ts';

export type SubmitTables = PrepareTables & DispatchTables & EvidenceTables & TrackingTables;

/** What the installation adds: names and addresses of its own. */
export interface SubmitSettings {
  /** Domain of Message-IDs where the sender has none of its own. */
  readonly platformDomain: string;
  /** How customers reach the portal. */
  readonly portalUrl: string;
}

export type Submitted =
  | { readonly ok: true; readonly dispatch: Dispatch; readonly messages: readonly Message[] }
  | { readonly ok: false; readonly reason: 'document_missing' }
  | { readonly ok: false; readonly reason: 'invalid'; readonly problems: readonly DispatchProblem[] };

/**
 * Sends: makes the dispatch, one message per recipient and the sender's duplicate, their links and first events, all in the
 * caller's transaction. Refuses with everything that is wrong, and then nothing has happened.
 */
export async function submitDispatch(
  tx: Tx<SubmitTables>,
  settings: SubmitSettings,
  request: DispatchRequest,
  now: Date,
): Promise<Submitted> {
  const draft = await prepareDispatch(tx, request, now);
  if (!draft) return { ok: false, reason: 'document_missing' };
  const problems = [...draft.problems, ...requestProblems(draft, request, now)];
  const { sender } = draft;
  if (problems.length > 0 || !sender) return { ok: false, reason: 'invalid', problems };
  const dispatch = newDispatch(draft, request, now);
  await insertDispatch(tx, dispatch);
  const { messages, facts } = draft.channels.includes('email')
    ? await queueMails(tx, settings, { draft, dispatch, request, sender }, now)
    : { messages: [], facts: [] };
  const handOvers = await handToNetwork(tx, draft, dispatch, request.condition ?? null, now);
  const behindCode = await putBehindCode(tx, draft, dispatch, messages, request, now);
  const replaced = await replaceResent(tx, request, messages, now);
  await record(tx, [submittedFact(draft, dispatch, request, now), ...facts, ...behindCode, ...replaced]);
  return { ok: true, dispatch: { ...dispatch, handOvers }, messages };
}

interface Queuing {
  readonly draft: Draft;
  readonly dispatch: Dispatch;
  readonly request: DispatchRequest;
  readonly sender: Sender;
}

/** One message per recipient with its link, and who was written to is remembered. */
async function queueMails(
  tx: Tx<SubmitTables>,
  settings: SubmitSettings,
  { draft, dispatch, request, sender }: Queuing,
  now: Date,
): Promise<{ readonly messages: Message[]; readonly facts: Fact[] }> {
  const letter = { ...letterOf(draft, dispatch, settings, now), condition: request.condition ?? null };
  const mailDomain = sender.method === 'sandbox' ? settings.platformDomain : domainOf(sender.address);
  const queued = await queueMessages(
    tx,
    {
      letter,
      documentId: dispatch.documentIds[0] ?? '',
      senderId: sender.id,
      recipients: recipientsOf(draft, request),
      dueAt: dueAtOf(dispatch, now),
      mailDomain,
    },
    now,
  );
  await openLinks(
    tx,
    queued.messages.map((message) => linkOf(draft, dispatch, message, now)),
  );
  const to = draft.addressees.filter((one) => one.role === 'to');
  await rememberRecipients(tx, { companyId: dispatch.companyId, documents: draft.documents, to }, now);
  return queued;
}

/** Registered and confidential: the content waits for the code of each recipient. */
function putBehindCode(
  tx: Tx<SubmitTables>,
  { serviceDays: days, attached }: Draft,
  { service, documentIds, language }: Dispatch,
  messages: readonly Message[],
  { author }: DispatchRequest,
  now: Date,
): Promise<Fact[]> {
  if (service === 'standard') return Promise.resolve([]);
  const fileIds = attached.extraFiles.map((file) => file.id);
  const of = { service, documentIds, fileIds, language, days, senderEmail: author.user.email };
  return openDeliveries(tx, { ...of, messages }, now);
}

function newDispatch(draft: Draft, request: DispatchRequest, now: Date): Dispatch {
  const undoSeconds = request.undoSeconds ?? (request.origin === 'manual' ? draft.company.undoSeconds : 0);
  const sendAt = request.sendAt && request.sendAt > now ? request.sendAt : null;
  return {
    id: newId('dispatch', now),
    companyId: request.companyId,
    externalId: request.externalId ?? null,
    metadata: request.metadata ?? {},
    documentIds: draft.documents.map((document) => document.id),
    purpose: draft.purpose,
    origin: request.origin,
    service: draft.service,
    channels: draft.channels,
    handOvers: [],
    otherMeans: null,
    otherNote: null,
    senderId: draft.sender?.id ?? null,
    senderReason: draft.senderReason,
    letterId: draft.channels.includes('email') ? newId('letter', now) : null,
    subject: draft.subject,
    language: draft.language,
    attach: draft.attach,
    link: draft.link,
    tracking: draft.tracking,
    sendAt,
    undoUntil: !sendAt && undoSeconds > 0 ? after(now, undoSeconds * second) : null,
    resendOf: request.resendOf ?? null,
    createdBy: request.author.id,
    createdByName: request.author.name,
    createdAt: now,
    canceledAt: null,
    templateId: draft.template?.id ?? null,
    templateVersion: draft.template?.version ?? null,
  };
}

function letterOf(
  draft: Draft,
  dispatch: Dispatch,
  settings: SubmitSettings,
  now: Date,
): Omit<Letter, 'condition'> {
  const header = (role: 'to' | 'cc') =>
    draft.addressees.filter((one) => one.role === role).map(({ name, address }) => ({ name, address }));
  const parts = letterParts(draft, settings.portalUrl, now);
  return {
    id: dispatch.letterId ?? '',
    companyId: dispatch.companyId,
    dispatchId: dispatch.id,
    fromName: draft.fromName,
    fromAddress: draft.sender?.address ?? '',
    replyTo: draft.replyTo,
    to: header('to'),
    cc: header('cc'),
    subject: draft.subject,
    html: letterHtml(parts),
    text: letterText(parts),
    language: draft.language,
    attachments: [
      ...draft.attached.documentFiles.filter((file) => file.isAttached),
      // Behind a code, nothing is in the mail.
      ...(draft.service === 'standard' ? draft.attached.extraFiles : []),
    ].map(({ sha256, fileName, mediaType, bytes }) => ({ sha256, fileName, mediaType, bytes })),
    createdAt: now,
  };
}

/** The addressees, and the sender himself unless he is one of them. */
function recipientsOf(draft: Draft, request: DispatchRequest): Recipient[] {
  const own = request.author.user.email;
  const isAddressee = draft.addressees.some((one) => one.address.toLowerCase() === own.toLowerCase());
  return draft.copyToSender && !isAddressee
    ? [...draft.addressees, { role: 'copy', name: '', address: own }]
    : [...draft.addressees];
}

function linkOf(draft: Draft, dispatch: Dispatch, message: Message, now: Date): NewLink {
  const isCopy = message.role === 'copy';
  const consent: TrackingMode = draft.consents.get(message.address.toLowerCase()) ?? 'full';
  return {
    messageId: message.id,
    companyId: dispatch.companyId,
    dispatchId: dispatch.id,
    documentIds: dispatch.documentIds,
    language: dispatch.language,
    mode: isCopy ? 'none' : narrowestMode(dispatch.tracking, consent),
    counted: !isCopy,
    expiresAt: after(now, draft.company.linkDays * day),
  };
}

/** A corrected address: the failed message counts as this one from now on. */
async function replaceResent(
  tx: Tx<SubmitTables>,
  request: DispatchRequest,
  messages: readonly Message[],
  now: Date,
): Promise<Fact[]> {
  const [first] = messages;
  if (!request.resendOf || !first) return [];
  await markReplaced(tx, request.companyId, request.resendOf, first.id);
  return [
    {
      type: 'message.resent',
      companyId: request.companyId,
      messageId: request.resendOf,
      documentId: first.documentId,
      at: now,
      actor: request.author.actor,
      data: { replacedBy: first.id, by: request.author.id },
    },
  ];
}
