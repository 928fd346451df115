import { askAgainFor, getAsked, hasOwnWords, type SubmitSettings, sendAnew } from '#domain/dispatch';
import { endSendAnew, getLetters, type Message } from '#domain/outbox';
import type { LineTx } from './line-tx.ts';
import { endOf, stillOpen } from './still-open.ts';

/**
 * Sends what is left of a mail that no run has sent, as it was asked for. Words of somebody's own were written about all of its documents:
 * they wait until a person says that they fit what is left. All messages are of one dispatch.
 */
export async function sendAloneAnew(
  tx: LineTx,
  settings: SubmitSettings,
  taken: readonly Message[],
  now: Date,
): Promise<void> {
  const [{ companyId, dispatchId, letterId } = { companyId: '', dispatchId: '', letterId: '' }] = taken;
  const asked = await getAsked(tx, companyId, dispatchId);
  const [letter] = await getLetters(tx, [letterId]);
  if (!asked || !letter)
    return endSendAnew(tx, companyId, taken, { kind: 'held', reason: 'cannot_compose' }, now);
  const isReleased = taken.some((message) => message.overrideReason !== null);
  const of = { companyId, options: { condition: letter.condition ?? undefined } };
  const [open] = await stillOpen(tx, of, [asked], now, isReleased);
  const { documentIds = [], leftOut = [] } = open ?? {};
  if (!open || documentIds.length === 0)
    return endSendAnew(tx, companyId, taken, open ? endOf(open) : { kind: 'ended', reason: 'paid' }, now);
  if (hasOwnWords(asked) && !isReleased)
    return endSendAnew(tx, companyId, taken, { kind: 'held', reason: 'own_words' }, now);
  const request = askAgainFor(asked, documentIds);
  await sendAnew(tx, settings, { taken, request, leftOut }, now);
}
