import { type SenderTables, trialSenderOf } from '#domain/senders';
import type { Tx } from '#stores/database';
import type { Dispatch, Purpose } from './dispatch.ts';
import type { DispatchRequest } from './dispatch-request.ts';
import {
  type DispatchTables,
  type SendHistory,
  selectDispatches,
  selectSendHistories,
} from './dispatch-table.ts';

type HistoryTx = Tx<DispatchTables & SenderTables>;

/** Tells whether a dispatch was a trial: it stayed in the sandbox, and e-mails leave by now (`trialSender`; null: they do not). */
export function isTrial({ senderId }: Pick<Dispatch, 'senderId'>, trialSender: string | null): boolean {
  return trialSender !== null && senderId === trialSender;
}

/** The dispatches of these documents, newest first, without trials. */
export async function dispatchesReallySent(
  tx: HistoryTx,
  companyId: string,
  documentIds: readonly string[],
): Promise<Dispatch[]> {
  const trial = await trialSenderOf(tx, companyId);
  const found = await selectDispatches(tx, companyId, { documentIds });
  return found.filter((one) => !isTrial(one, trial));
}

/** What went out about these documents; those of which nothing did are left out, and so are trials and what was taken back. */
export async function sendHistories(
  tx: HistoryTx,
  companyId: string,
  documentIds: readonly string[],
): Promise<Map<string, SendHistory>> {
  return selectSendHistories(tx, companyId, documentIds, await trialSenderOf(tx, companyId));
}

/** What each of these sendings is for: as it says, else `resend` where all of its documents went out before, and `first` where not. */
export async function purposesOf(
  tx: HistoryTx,
  companyId: string,
  requests: readonly DispatchRequest[],
): Promise<(request: DispatchRequest) => Purpose> {
  const silent = requests.filter((one) => one.purpose === undefined);
  const ids = silent.flatMap((one) => one.documentIds);
  const before = ids.length > 0 ? await sendHistories(tx, companyId, ids) : new Map<string, SendHistory>();
  return ({ purpose, documentIds }) =>
    purpose ?? (documentIds.every((id) => before.has(id)) ? 'resend' : 'first');
}
