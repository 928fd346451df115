import { askAgainFor, type DispatchRequest, getAsked, heldForWords } from '#domain/dispatch';
import { getLetters, type Message } from '#domain/outbox';
import { formatAddress } from '#mail/address';
import type { LineTx } from './line-tx.ts';
import { stillOpen } from './still-open.ts';

/**
 * What to send in place of a message that waits because of its own words: the same words, for a person to mend, about the documents that
 * are left, to everybody who waits with it. Where none is left it is about all of them, so that the refusal says why. Null when that
 * message does not wait for other words.
 */
export async function askAnew(
  tx: LineTx,
  { companyId, messageId }: { readonly companyId: string; readonly messageId: string },
  now: Date,
): Promise<DispatchRequest | null> {
  const held = await heldForWords(tx, companyId, messageId);
  const asked = held && (await getAsked(tx, companyId, held.dispatch.id));
  if (!held || !asked) return null;
  const [letter] = await getLetters(tx, [held.messages[0]?.letterId ?? '']);
  const of = { companyId, options: { condition: letter?.condition ?? undefined } };
  const [open] = await stillOpen(tx, of, [asked], now, true);
  const documentIds = open && open.documentIds.length > 0 ? open.documentIds : asked.documentIds;
  const { undoSeconds: _asUsual, ...request } = askAgainFor(asked, documentIds);
  const those = (role: Message['role']): string[] =>
    held.messages.filter((one) => one.role === role).map(({ name, address }) => formatAddress(name, address));
  return {
    ...request,
    ...{ to: those('to'), cc: those('cc'), bcc: those('bcc') },
    // What goes by the network goes by itself, document by document.
    channels: ['email'],
    copyToSender: held.messages.some((one) => one.role === 'copy'),
    replaces: messageId,
  };
}
