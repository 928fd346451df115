import { type EvidenceTables, record } from '#domain/evidence';
import { endSendAnew, getMessages, type Message } from '#domain/outbox';
import { revokeLinks } from '#domain/tracking';
import { formatAddress } from '#mail/address';
import type { Tx } from '#stores/database';
import type { DispatchRequest } from './dispatch-request.ts';
import { selectDispatches, updateCanceled } from './dispatch-table.ts';
import { type SubmitSettings, type SubmitTables, type Submitted, submitDispatch } from './submit-dispatch.ts';

/** A document that stays behind, and why. */
export interface LeftOut {
  readonly documentId: string;
  readonly reason: string;
}

export interface Anew {
  /** The mails that were canceled, as the outbox gave them. */
  readonly taken: readonly Message[];
  /** The documents that go out now, and how. */
  readonly request: DispatchRequest;
  readonly leftOut: readonly LeftOut[];
}

/**
 * Sends the documents that are left of a mail which was canceled in the last second: text, list, amounts and files are composed anew, for
 * the recipients who have not got the first one. Where that is refused, the mails wait for a person. Null when nobody of `To` is left to
 * be asked: only copies for others were.
 */
export async function sendAnew(
  tx: Tx<SubmitTables>,
  settings: SubmitSettings,
  { taken, request, leftOut }: Anew,
  now: Date,
): Promise<Submitted | null> {
  const { companyId } = request;
  const to = addressesOf(taken, 'to');
  if (to.length === 0) {
    await endSendAnew(tx, companyId, taken, { kind: 'ended', reason: leftOut[0]?.reason ?? 'paid' }, now);
    return null;
  }
  const submitted = await submitDispatch(
    tx,
    settings,
    {
      ...request,
      isAccepted: true,
      to,
      cc: addressesOf(taken, 'cc'),
      bcc: addressesOf(taken, 'bcc'),
      // What goes by the network goes by itself, document by document.
      channels: ['email'],
      copyToSender: taken.some((message) => message.role === 'copy'),
    },
    now,
  );
  if (!submitted.ok) {
    await endSendAnew(tx, companyId, taken, { kind: 'held', reason: 'cannot_compose' }, now);
    return submitted;
  }
  await endSendAnew(tx, companyId, taken, { kind: 'sent', messages: submitted.messages }, now);
  await closeFormer(tx, taken, submitted.dispatch.id, leftOut, now);
  return submitted;
}

function addressesOf(messages: readonly Message[], role: Message['role']): string[] {
  return messages
    .filter((message) => message.role === role)
    .map(({ name, address }) => formatAddress(name, address));
}

/** The links of mails that never left are closed; a dispatch of which nothing left counts as taken back. */
async function closeFormer(
  tx: Tx<SubmitTables & EvidenceTables>,
  taken: readonly Message[],
  newId: string,
  leftOut: readonly LeftOut[],
  now: Date,
): Promise<void> {
  const [{ companyId, dispatchId, documentId } = { companyId: '', dispatchId: '', documentId: '' }] = taken;
  await revokeLinks(
    tx,
    taken.map((message) => message.id),
    now,
  );
  const [dispatch] = await selectDispatches(tx, companyId, { ids: [dispatchId] });
  const all = await getMessages(tx, companyId, { dispatchIds: [dispatchId] });
  if (dispatch?.handOvers.length === 0 && all.every((message) => message.delivery === 'canceled'))
    await updateCanceled(tx, companyId, dispatchId, now);
  const left = leftOut.map(({ documentId: id, reason }) => ({ id, reason }));
  await record(tx, [
    {
      type: 'dispatch.sent_anew',
      ...{ companyId, dispatchId, documentId, at: now },
      actor: 'system',
      data: { dispatch: newId, left },
    },
  ]);
}
