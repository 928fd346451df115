import { isLanguage } from '#base/language';
import { after, day } from '#base/time';
import { mostDays } from '#domain/registered';
import { maximumTextLength, protectedTermIn } from '#domain/templates';
import { parseAddress } from '#mail/address';
import { settledProblems } from './asks-again.ts';
import type { DispatchProblem, DispatchRequest } from './dispatch-request.ts';
import type { Draft } from './draft.ts';

type Rule = readonly [isWrong: boolean, path: string, reason: DispatchProblem['reason'], value?: string];

/** What forbids sending this draft, beyond what working it out has found. */
export function requestProblems(draft: Draft, request: DispatchRequest, now: Date): DispatchProblem[] {
  const facts = draft.missing.filter((fact) => fact !== 'buyer').join(', ');
  const typed = request.html ?? request.text;
  const { sendAt } = request;
  const rules: readonly Rule[] = [
    // A person is asked for what is missing; a program knows what it sends.
    [request.origin === 'manual' && facts !== '', 'documentId', 'document_incomplete', facts],
    [draft.documents.some((document) => document.canceledAt !== null), 'documentId', 'document_canceled'],
    [
      new Set(draft.documents.map((document) => document.customerId)).size > 1,
      'documentIds',
      'several_customers',
    ],
    [draft.channels.length === 0, 'channels', 'channel_missing'],
    [draft.channels.includes('network') && !draft.partner, 'channels', 'network_unreachable'],
    [!draft.sender, 'senderId', 'sender_missing'],
    [
      draft.replyTo !== null && !parseAddress(draft.replyTo).ok,
      'replyTo',
      'reply_to_invalid',
      draft.replyTo ?? '',
    ],
    [draft.subject.trim() === '', 'subject', 'subject_missing'],
    [(request.subject?.length ?? 0) > 500, 'subject', 'subject_too_long'],
    [(typed?.length ?? 0) > maximumTextLength, 'text', 'text_too_long'],
    ...serviceRules(draft),
    ...hiddenRules(draft, request),
    [draft.channels.includes('email') && !draft.link && !draft.attach, 'attach', 'nothing_to_see'],
    [!isLanguage(draft.language), 'language', 'language_unknown', draft.language],
    [
      !!sendAt && (Number.isNaN(sendAt.getTime()) || sendAt > after(now, 366 * day)),
      'sendAt',
      'send_at_invalid',
    ],
  ];
  const broken = rules.flatMap(([isWrong, path, reason, value]) =>
    isWrong ? [{ path, reason, value }] : [],
  );
  return [...broken, ...settledProblems(draft)];
}

function serviceRules(draft: Draft): readonly Rule[] {
  if (draft.service === 'standard') return [];
  const term = protectedTerm(draft);
  return [
    [!draft.offered.includes(draft.service), 'service', 'service_not_offered'],
    // Each recipient of such a service decides for himself, with a record of his own.
    [draft.addressees.some((one) => one.role !== 'to'), 'cc', 'service_only_to'],
    [
      !Number.isInteger(draft.serviceDays) || draft.serviceDays < 1 || draft.serviceDays > mostDays,
      'serviceDays',
      'service_days',
    ],
    [term !== null, 'text', 'term_protected', term ?? ''],
    [
      encodedBytes(draft) > (draft.account?.mostBytes ?? Infinity),
      'attach',
      'provider_too_big',
      String(draft.account?.mostBytes),
    ],
  ];
}

/** Who wants to stay unknown goes out from the platform's address, with a notice that tells nothing. */
function hiddenRules(draft: Draft, request: DispatchRequest): readonly Rule[] {
  if (!request.hideSender && !draft.senderHidden) return [];
  if (!draft.senderHidden) return [[true, 'hideSender', 'hidden_not_here']];
  const isNeutral = draft.sender?.method === 'platform' || draft.sender?.method === 'sandbox';
  const isProgram = request.author.actor === 'program';
  return [
    [!isNeutral, 'hideSender', 'hidden_no_platform'],
    [isProgram && request.subject !== undefined, 'subject', 'hidden_own_text'],
    [isProgram && (request.html ?? request.text) !== undefined, 'text', 'hidden_own_text'],
    [isProgram && request.fromName !== undefined, 'fromName', 'hidden_own_text'],
    [isProgram && !!request.replyTo, 'replyTo', 'hidden_own_text'],
  ];
}

/** What the attachments come to in a mail: base64 with its line ends is 37 % longer (RFC 2045 §6.8). */
function encodedBytes({ attached }: Draft): number {
  return Math.ceil(attached.bytes * 1.37);
}

/** Words that only a qualified service may call itself. */
function protectedTerm({ subject, bodyHtml }: Draft): string | null {
  return protectedTermIn(`${subject} ${bodyHtml.replace(/<[^>]*>|&nbsp;/g, ' ')}`, 'any');
}
