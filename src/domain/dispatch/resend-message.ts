import { cancelMessages, getMessages, type Message, misdirectedBefore } from '#domain/outbox';
import { revokeLinks } from '#domain/tracking';
import { sameAddress } from '#mail/address';
import type { Tx } from '#stores/database';
import type { Dispatch } from './dispatch.ts';
import type { Author, DispatchRequest } from './dispatch-request.ts';
import { selectDispatches } from './dispatch-table.ts';
import { giveRoomBack, portalId } from './hold-to-plan.ts';
import { type SubmitSettings, type Submitted, submitDispatch } from './submit-dispatch.ts';
import type { SubmitTables } from './submit-tables.ts';
import { takeBackClosed } from './take-back-delivery.ts';

/**
 * Sends the same letter again to one recipient, at the corrected address (or the same one). With another address the links of
 * the older message close for good: whoever has that mailbox was never meant.
 */
export async function resendMessage(
  tx: Tx<SubmitTables>,
  settings: SubmitSettings,
  input: {
    companyId: string;
    messageId: string;
    to?: string;
    /** False: the link alone, where the attachment was too big or refused. Absent: as before. */
    attach?: boolean;
    author: Author;
  },
  now: Date,
): Promise<Submitted | { ok: false; reason: 'not_found' }> {
  const { companyId, author } = input;
  const [message] = await getMessages(tx, companyId, { ids: [input.messageId] });
  const [dispatch] = message ? await selectDispatches(tx, companyId, { ids: [message.dispatchId] }) : [];
  if (!message || !dispatch) return { ok: false, reason: 'not_found' };
  const request: DispatchRequest = {
    companyId,
    author,
    origin: author.actor === 'user' ? 'manual' : 'api',
    documentIds: dispatch.documentIds,
    purpose: 'resend',
    to: [input.to ?? message.address],
    cc: [],
    bcc: [],
    senderId: undefined,
    language: dispatch.language,
    attach: input.attach ?? dispatch.attach,
    link: dispatch.link || input.attach === false,
    service: dispatch.service,
    hideSender: dispatch.senderHidden,
    tracking: dispatch.tracking,
    copyToSender: false,
    undoSeconds: 0,
    resendOf: isRepairable(message) || (await isMisdirected(tx, message)) ? message.id : null,
  };
  const sent = await submitDispatch(tx, settings, request, now);
  if (sent.ok) await stopOlder(tx, { older: message, of: dispatch }, sent.messages, author, now);
  return sent;
}

/** An older message that has not left does not leave any more; at another address, its link closes too. */
async function stopOlder(
  tx: Tx<SubmitTables>,
  { older, of }: { readonly older: Message; readonly of: Dispatch },
  newer: readonly Message[],
  author: Author,
  now: Date,
): Promise<void> {
  const by = { actor: author.actor, id: author.id };
  if (!goesTo(older.address, newer)) {
    await revokeLinks(tx, [older.id], now);
    const how = { actor: by.actor, by: by.id, reason: 'address_corrected' as const };
    await takeBackClosed(tx, { companyId: older.companyId, messageIds: [older.id] }, how, now);
  }
  const canceled = await cancelMessages(tx, older.companyId, { ids: [older.id] }, by, now);
  // What a customer asked for used no room: that of the first mail stays used.
  if (author.id !== portalId) await giveRoomBack(tx, of, canceled);
}

/** Spelling aside: the same mailbox in other letters is no correction. */
function goesTo(address: string, messages: readonly Message[]): boolean {
  return messages.some((one) => sameAddress(one.address, address));
}

/** What arrived in a mailbox that was not meant is repaired as well. */
async function isMisdirected(tx: Tx<SubmitTables>, message: Message): Promise<boolean> {
  const mail = { address: message.address, documentIds: [message.documentId] };
  const [before = []] = await misdirectedBefore(tx, message.companyId, [mail]);
  return before.includes(message.id);
}

/** A message that failed is repaired by the resend; one that arrived is only followed by it. */
function isRepairable(message: Message): boolean {
  return [
    'rejected',
    'expired',
    'bounced',
    'complained',
    'unconfirmed',
    'held',
    'queued',
    'deferred',
    'scheduled',
    'canceled',
  ].includes(message.delivery);
}
