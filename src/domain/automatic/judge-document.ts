import { after, minute } from '#base/time';
import { type AccountTables, getCompany } from '#domain/accounts';
import { freeDaysOf } from '#domain/calendar';
import { type CustomerTables, getCustomer } from '#domain/customers';
import {
  type DispatchProblem,
  type DispatchRequest,
  type DispatchTables,
  type Draft,
  dispatchesReallySent,
  nextOfficeTime,
  prepareDispatch,
  requestProblems,
  type SubmitTables,
} from '#domain/dispatch';
import type { Document, DocumentTables } from '#domain/documents';
import type { Tx } from '#stores/database';
import { missOf, type RuleMiss, type RuleSource, type SendRule } from './send-rule.ts';

export type JudgeTx = Tx<SubmitTables & DispatchTables & AccountTables & CustomerTables & DocumentTables>;

/** Why a rule leaves a document alone. */
export type RuleWhyNot = RuleMiss | 'sent_before' | 'document_replaced' | 'document_canceled';

/** Why a rule would leave this document alone; null when it is one for it. Reads only. */
export async function whyNotOf(
  tx: JudgeTx,
  rule: SendRule,
  document: Document,
  source: RuleSource | null,
): Promise<RuleWhyNot | null> {
  const { companyId, kind, customerId } = document;
  const customer = customerId ? await getCustomer(tx, companyId, customerId) : null;
  const miss = missOf(rule, { kind, customerId, category: customer?.category ?? null, source });
  if (miss) return miss;
  if (document.replacedBy) return 'document_replaced';
  if (document.canceledAt) return 'document_canceled';
  const earlier = await dispatchesReallySent(tx, companyId, [document.id]);
  return earlier.some((one) => one.canceledAt === null) ? 'sent_before' : null;
}

/** What a rule asks `dispatch` for. */
export async function requestOf(
  tx: JudgeTx,
  rule: SendRule,
  document: Document,
  now: Date,
): Promise<DispatchRequest> {
  const company = await getCompany(tx, rule.companyId);
  const waited = after(now, rule.waitMinutes * minute);
  const isFree = await freeDaysOf(tx, rule.companyId, now);
  const at = rule.officeHours ? nextOfficeTime(company?.timeZone ?? 'UTC', waited, isFree) : waited;
  return {
    companyId: rule.companyId,
    author: rule.author,
    origin: 'automatic',
    documentIds: [document.id],
    purpose: 'first',
    senderId: rule.senderId ?? undefined,
    sendAt: at > now ? at : null,
    undoSeconds: 0,
    metadata: { ruleId: rule.id },
  };
}

/** The draft of what a rule would send, with everything that forbids it: as strict as the send window is with a person. */
export async function draftOf(
  tx: JudgeTx,
  request: DispatchRequest,
  now: Date,
): Promise<{ readonly draft: Draft | null; readonly problems: readonly DispatchProblem[] }> {
  const draft = await prepareDispatch(tx, request, now);
  if (!draft) return { draft, problems: [{ path: 'documentId', reason: 'document_missing' }] };
  const strict = requestProblems(draft, { ...request, origin: 'manual' }, now);
  return { draft, problems: [...draft.problems, ...strict] };
}
