import { isLanguage } from '#base/language';
import { after, day } from '#base/time';
import { parseAddress } from '#mail/address';
import type { DispatchProblem, DispatchRequest } from './dispatch-request.ts';
import type { Draft } from './prepare-dispatch.ts';

/** What forbids sending this draft, beyond what working it out has found. */
export function requestProblems(draft: Draft, request: DispatchRequest, now: Date): DispatchProblem[] {
  const problems: DispatchProblem[] = [];
  const check = (isWrong: boolean, path: string, reason: DispatchProblem['reason'], value?: string): void => {
    if (isWrong) problems.push({ path, reason, value });
  };
  const facts = draft.missing.filter((fact) => fact !== 'buyer');
  check(
    request.origin === 'manual' && facts.length > 0,
    'documentId',
    'document_incomplete',
    facts.join(', '),
  );
  check(
    draft.documents.some((document) => document.canceledAt !== null),
    'documentId',
    'document_canceled',
  );
  check(
    new Set(draft.documents.map((document) => document.customerId)).size > 1,
    'documentIds',
    'several_customers',
  );
  check(!draft.sender, 'senderId', 'sender_missing');
  check(
    draft.replyTo !== null && !parseAddress(draft.replyTo).ok,
    'replyTo',
    'reply_to_invalid',
    draft.replyTo ?? '',
  );
  check(draft.subject.trim() === '', 'subject', 'subject_missing');
  check(draft.subject.length > 500, 'subject', 'subject_too_long');
  check(draft.bodyHtml.trim() === '', 'text', 'text_missing');
  check(draft.bodyHtml.length > 200_000, 'text', 'text_too_long');
  check(!draft.link && !draft.attach, 'attach', 'nothing_to_see');
  check(!isLanguage(draft.language), 'language', 'language_unknown', draft.language);
  const { sendAt } = request;
  check(
    !!sendAt && (Number.isNaN(sendAt.getTime()) || sendAt > after(now, 366 * day)),
    'sendAt',
    'send_at_invalid',
  );
  return problems;
}
