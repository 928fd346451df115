import { type AccountTables, limitsOf, type MemberLimits } from '#domain/accounts';
import type { Document } from '#domain/documents';
import { isProviderService } from '#domain/registered';
import {
  chooseSender,
  listSenders,
  type Sender,
  type SenderQuestion,
  type SenderTables,
} from '#domain/senders';
import type { ChosenText } from '#domain/templates';
import type { Tx } from '#stores/database';
import { isBehindCode } from './dispatch.ts';
import type { DispatchProblem, DispatchRequest } from './dispatch-request.ts';
import { once } from './once.ts';

/**
 * Says from which sender each dispatch of a company goes: by the rules; where they lead to one that its author may not use, the first that he
 * may; mails of a provider's service from the account with it; with a hidden sender from the platform's address. Says too what of it the author may not send. What many ask alike is read once.
 */
export function sendersFor(
  tx: Tx<AccountTables & SenderTables>,
  companyId: string,
  accountSender: Sender | null,
) {
  const limitsOfUser = once(
    (userId: string) => limitsOf(tx, companyId, userId),
    (userId) => userId,
  );
  const choose = once(
    (question: SenderQuestion) => chooseSender(tx, companyId, question),
    (question) => JSON.stringify(question),
  );
  const platformSender = once(
    async (_question: null) => {
      const sender = (await listSenders(tx, companyId)).find(isWorkingPlatform);
      return sender ? { ok: true as const, sender, reason: 'neutral_address' as const } : null;
    },
    () => '',
  );
  return async (
    { senderId, author, service = 'standard', hideSender }: DispatchRequest,
    documents: readonly Document[],
    { template }: ChosenText,
  ) => {
    const question = {
      requestedSenderId: senderId,
      templateSenderId: template?.senderId ?? null,
      kind: documents[0]?.kind ?? 'other',
      userId: author.user.id,
    };
    // A program's key has its own rights.
    const limits = author.actor === 'user' ? await limitsOfUser(author.user.id) : none;
    if (isProviderService(service))
      return { chosen: fromAccount(accountSender), refused: limitProblems(limits, documents, accountSender) };
    const chosen = await choose(question);
    if (hideSender && isBehindCode(service) && !(chosen.ok && chosen.sender.method === 'sandbox')) {
      const platform = await platformSender(null);
      if (platform) return { chosen: platform, refused: limitProblems(limits, documents, null) };
    }
    const own = limits.senderIds?.[0];
    const isFit = senderId || !chosen.ok || !own || mayUse(limits, chosen.sender);
    const allowed = isFit ? chosen : await choose({ ...question, requestedSenderId: own });
    const taken = allowed.ok ? allowed : chosen;
    return { chosen: taken, refused: limitProblems(limits, documents, taken.ok ? taken.sender : null) };
  };
}

function isWorkingPlatform({ method, state }: Sender): boolean {
  return method === 'platform' && state === 'valid';
}

function fromAccount(sender: Sender | null) {
  return sender
    ? { ok: true as const, sender, reason: 'provider_account' as const }
    : { ok: false as const, reason: 'sender_not_found' as const };
}

const none: MemberLimits = { kinds: null, senderIds: null };

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
