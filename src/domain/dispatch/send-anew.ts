import { endSendAnew, type Message } from '#domain/outbox';
import { formatAddress } from '#mail/address';
import type { Tx } from '#stores/database';
import { closeFormer, type LeftOut } from './close-former.ts';
import type { DispatchRequest } from './dispatch-request.ts';
import { type SubmitSettings, type Submitted, submitDispatch } from './submit-dispatch.ts';
import type { SubmitTables } from './submit-tables.ts';

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
  await closeFormer(tx, { taken, newId: submitted.dispatch.id, leftOut, actor: 'system' }, now);
  return submitted;
}

function addressesOf(messages: readonly Message[], role: Message['role']): string[] {
  return messages
    .filter((message) => message.role === role)
    .map(({ name, address }) => formatAddress(name, address));
}
