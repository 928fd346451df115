import { newId } from '#base/ids';
import { after, day, second } from '#base/time';
import type { Letter, Message, Recipient } from '#domain/outbox';
import { isProviderService, markingFor } from '#domain/registered';
import { filesSentCopies, neutralAddress } from '#domain/senders';
import { letterHtml, letterText } from '#domain/templates';
import type { NewLink, TrackingMode } from '#domain/tracking';
import { type Dispatch, isBehindCode, narrowestMode } from './dispatch.ts';
import type { DispatchRequest } from './dispatch-request.ts';
import type { Draft } from './draft.ts';
import { letterParts } from './write-text.ts';

export function newDispatch(draft: Draft, request: DispatchRequest, now: Date): Dispatch {
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
    senderHidden: draft.senderHidden,
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

export function letterOf(
  draft: Draft,
  dispatch: Dispatch,
  settings: { readonly portalUrl: string; readonly platformDomain: string },
  now: Date,
): Omit<Letter, 'condition'> {
  const { account, service } = draft;
  const header = (role: 'to' | 'cc') =>
    draft.addressees.filter((one) => one.role === role).map(({ name, address }) => ({ name, address }));
  const parts = letterParts(draft, settings.portalUrl, now);
  return {
    id: dispatch.letterId ?? '',
    companyId: dispatch.companyId,
    dispatchId: dispatch.id,
    fromName: draft.fromName,
    fromAddress: draft.senderHidden ? neutralAddress(settings.platformDomain) : (draft.sender?.address ?? ''),
    replyTo: draft.replyTo,
    trackReplies: draft.company.trackReplies,
    to: header('to'),
    cc: header('cc'),
    subject: draft.subject,
    html: letterHtml(parts),
    text: letterText(parts),
    language: draft.language,
    attachments: [
      ...(draft.attached.joinedFile ? [draft.attached.joinedFile] : []),
      ...draft.attached.documentFiles.filter((file) => file.isAttached),
      // Behind a code, nothing is in the mail.
      ...(isBehindCode(service) ? [] : draft.attached.extraFiles),
    ].map(({ sha256, fileName, mediaType, bytes }) => ({ sha256, fileName, mediaType, bytes })),
    marking: account && isProviderService(service) ? markingFor(account, service) : null,
    eachAlone: service !== 'standard',
    createdAt: now,
  };
}

/** The addressees, and the sender himself unless he is one of them. */
export function recipientsOf(draft: Draft, request: DispatchRequest): Recipient[] {
  const own = request.author.user.email;
  const isAddressee = draft.addressees.some((one) => one.address.toLowerCase() === own.toLowerCase());
  return draft.copyToSender && !isAddressee
    ? [...draft.addressees, { role: 'copy', name: '', address: own }]
    : [...draft.addressees];
}

export function linkOf(draft: Draft, dispatch: Dispatch, message: Message, now: Date): NewLink {
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
    copiedInSent: filesSentCopies(draft.sender),
  };
}
