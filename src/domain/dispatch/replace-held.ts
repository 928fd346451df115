import {
  cancelMessages,
  endSendAnew,
  getMessages,
  lockMessages,
  type Message,
  waitsForWords,
} from '#domain/outbox';
import type { Tx } from '#stores/database';
import { closeFormer } from './close-former.ts';
import type { Dispatch } from './dispatch.ts';
import type { Author, DispatchRequest } from './dispatch-request.ts';
import { selectDispatches } from './dispatch-table.ts';
import { giveRoomBack, lockRoom, roomTaken } from './hold-to-plan.ts';
import type { SubmitTables } from './submit-tables.ts';

/** The mails of one dispatch that wait for other words. */
export interface Held {
  readonly dispatch: Dispatch;
  readonly messages: readonly Message[];
}

/** All mails of its dispatch that wait as this one does, because their text may be about what was settled; null when it does not. */
export async function heldForWords(
  tx: Tx<SubmitTables>,
  companyId: string,
  messageId: string,
): Promise<Held | null> {
  const [named] = await getMessages(tx, companyId, { ids: [messageId] });
  const [dispatch] = named ? await selectDispatches(tx, companyId, { ids: [named.dispatchId] }) : [];
  if (!dispatch) return null;
  const all = await getMessages(tx, companyId, { dispatchIds: [dispatch.id] });
  const messages = all.filter(waitsForWords);
  return messages.some((one) => one.id === messageId) ? { dispatch, messages } : null;
}

/**
 * Locks the mails that a request takes the place of, so that nobody releases or cancels them meanwhile. Null when the named one does not
 * wait for other words, or when the request is about a document that it was not about.
 */
export async function lockReplaced(
  tx: Tx<SubmitTables>,
  { companyId, documentIds, replaces }: DispatchRequest,
  now: Date,
): Promise<Held | null> {
  await lockRoom(tx, companyId, now);
  const held = replaces ? await heldForWords(tx, companyId, replaces) : null;
  if (!held || !documentIds.every((id) => held.dispatch.documentIds.includes(id))) return null;
  const locked = await lockMessages(
    tx,
    held.messages.map((one) => one.id),
  );
  const messages = [...locked.values()].filter(waitsForWords);
  return messages.some((one) => one.id === replaces) ? { ...held, messages } : null;
}

/** Cancels what another dispatch has taken the place of, in the transaction in which that one was made. */
export async function closeReplaced(
  tx: Tx<SubmitTables>,
  held: Held,
  newer: { readonly author: Author; readonly dispatch: Dispatch; readonly messages: readonly Message[] },
  now: Date,
): Promise<void> {
  const { actor, id } = newer.author;
  const { companyId, documentIds } = held.dispatch;
  const ids = held.messages.map((one) => one.id);
  const taken = await cancelMessages(tx, companyId, { ids }, { actor, id }, now);
  await endSendAnew(tx, companyId, taken, { kind: 'sent', messages: newer.messages }, now);
  // What goes to as many people as before has taken over their room in the month.
  const counted = taken.filter((one) => one.role !== 'copy');
  await giveRoomBack(tx, held.dispatch, counted.slice(roomTaken(newer.messages)));
  const leftOut = documentIds
    .filter((one) => !newer.dispatch.documentIds.includes(one))
    .map((documentId) => ({ documentId, reason: 'left_out' }));
  await closeFormer(tx, { taken, newId: newer.dispatch.id, leftOut, actor }, now);
}
