import { type DispatchProblem, type SubmitSettings, submitDispatch } from '#domain/dispatch';
import { type Document, getDocument } from '#domain/documents';
import { type Fact, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import { draftOf, type JudgeTx, requestOf, whyNotOf } from './judge-document.ts';
import type { RuleSource, SendRule } from './send-rule.ts';
import { type SendRuleTables, selectRules } from './send-rule-table.ts';

export type SentByRule =
  | { readonly kind: 'no_rule' }
  | { readonly kind: 'sent'; readonly rule: SendRule; readonly dispatchId: string }
  | { readonly kind: 'refused'; readonly rule: SendRule; readonly problems: readonly DispatchProblem[] };

/**
 * Sends a document that has just come in, where a rule says so, in the caller's transaction. What the send window would refuse stays
 * where it is: the document's history and a notice say why.
 */
export async function sendByRule(
  tx: JudgeTx & Tx<SendRuleTables>,
  settings: SubmitSettings,
  arrived: { readonly companyId: string; readonly documentId: string; readonly source: RuleSource },
  now: Date,
): Promise<SentByRule> {
  const { companyId, documentId, source } = arrived;
  const rules = (await selectRules(tx, companyId)).filter((rule) => rule.isActive);
  const document = rules.length > 0 ? await getDocument(tx, companyId, documentId) : null;
  if (!document) return { kind: 'no_rule' };
  for (const rule of rules)
    if ((await whyNotOf(tx, rule, document, source)) === null)
      return apply(tx, settings, rule, document, now);
  return { kind: 'no_rule' };
}

async function apply(
  tx: JudgeTx,
  settings: SubmitSettings,
  rule: SendRule,
  document: Document,
  now: Date,
): Promise<SentByRule> {
  const request = await requestOf(tx, rule, document, now);
  const { problems } = await draftOf(tx, request, now);
  const done = problems.length > 0 ? null : await submitDispatch(tx, settings, request, now);
  if (done?.ok) {
    const type = 'document.sent_by_rule';
    await record(tx, [{ ...factOf(rule, document, now), type, dispatchId: done.dispatch.id }]);
    return { kind: 'sent', rule, dispatchId: done.dispatch.id };
  }
  const wrong = done && done.reason === 'invalid' ? done.problems : problems;
  const fact = factOf(rule, document, now);
  const reason = wrong[0]?.reason ?? 'document_missing';
  await record(tx, [{ ...fact, type: 'document.not_sent_by_rule', data: { ...fact.data, reason } }]);
  return { kind: 'refused', rule, problems: wrong };
}

/** Which rule it was and who has set it: read years later, the rule may be another. */
function factOf(rule: SendRule, document: Document, at: Date): Omit<Fact, 'type'> {
  const { companyId, id } = document;
  return {
    companyId,
    documentId: id,
    at,
    actor: 'system',
    data: { rule: rule.id, by: rule.author.id, changedAt: rule.changedAt.toISOString() },
    personal: { byName: rule.author.name, name: rule.name },
  };
}
