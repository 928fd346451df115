import { type AccountTables, limitsOf, type MemberLimits } from '#domain/accounts';
import type { Document } from '#domain/documents';
import { chooseSender, type Sender, type SenderTables } from '#domain/senders';
import type { ChosenText } from '#domain/templates';
import type { Tx } from '#stores/database';
import type { DispatchProblem, DispatchRequest } from './dispatch-request.ts';

/**
 * From which sender a dispatch goes: by the rules; where they lead to one that its author may not use, the first that he may. Says too what of it
 * the author may not send.
 */
export async function senderFor(
  tx: Tx<AccountTables & SenderTables>,
  request: DispatchRequest,
  documents: readonly Document[],
  { template }: ChosenText,
) {
  const { companyId, senderId, author } = request;
  const question = {
    requestedSenderId: senderId,
    templateSenderId: template?.senderId ?? null,
    kind: documents[0]?.kind ?? 'other',
    userId: author.user.id,
  };
  const limits = await limitsOfAuthor(tx, request);
  const chosen = await chooseSender(tx, companyId, question);
  const own = limits.senderIds?.[0];
  const isFit = senderId || !chosen.ok || !own || mayUse(limits, chosen.sender);
  const allowed = isFit ? chosen : await chooseSender(tx, companyId, { ...question, requestedSenderId: own });
  const taken = allowed.ok ? allowed : chosen;
  return { chosen: taken, refused: limitProblems(limits, documents, taken.ok ? taken.sender : null) };
}

const none: MemberLimits = { kinds: null, senderIds: null };

/** What the author of a dispatch may send. A program's key has its own rights. */
function limitsOfAuthor(
  tx: Tx<AccountTables>,
  { companyId, author }: DispatchRequest,
): Promise<MemberLimits> {
  return author.actor === 'user' ? limitsOf(tx, companyId, author.user.id) : Promise.resolve(none);
}

/** Everybody may try things out in the sandbox. */
function mayUse(limits: MemberLimits, sender: Sender): boolean {
  return limits.senderIds === null || sender.method === 'sandbox' || limits.senderIds.includes(sender.id);
}

/** What in a draft its author may not send. */
function limitProblems(
  limits: MemberLimits,
  documents: readonly Document[],
  sender: Sender | null,
): DispatchProblem[] {
  const foreign = documents.find(({ kind }) => limits.kinds !== null && !limits.kinds.includes(kind));
  return [
    ...(foreign ? [{ path: 'documentId', reason: 'kind_not_allowed' as const, value: foreign.kind }] : []),
    ...(sender && !mayUse(limits, sender)
      ? [{ path: 'senderId', reason: 'sender_not_allowed' as const, value: sender.address }]
      : []),
  ];
}
