import type { DispatchProblem, Draft } from '#domain/dispatch';
import { getDocument } from '#domain/documents';
import type { Tx } from '#stores/database';
import { draftOf, type JudgeTx, type RuleWhyNot, requestOf, whyNotOf } from './judge-document.ts';
import { type SendRuleTables, selectRules } from './send-rule-table.ts';

/** What a rule would do with a document. */
export interface RuleTrial {
  /** Why it would leave the document alone; null: it would take it. */
  readonly whyNot: RuleWhyNot | null;
  /** The rule that stands before it and takes the document first. */
  readonly takenBy: string | null;
  /** What would go out to whom, from where, with which text. */
  readonly draft: Draft;
  /** What would keep it from leaving. */
  readonly problems: readonly DispatchProblem[];
  /** When it would leave; null: at once. */
  readonly sendAt: Date | null;
}

/** Says what a rule would do with a real document, and sends nothing. Null: no such rule or document. */
export async function tryRule(
  tx: JudgeTx & Tx<SendRuleTables>,
  which: { readonly companyId: string; readonly ruleId: string; readonly documentId: string },
  now: Date,
): Promise<RuleTrial | null> {
  const rules = await selectRules(tx, which.companyId);
  const rule = rules.find((one) => one.id === which.ruleId);
  const document = rule ? await getDocument(tx, which.companyId, which.documentId) : null;
  if (!rule || !document) return null;
  let takenBy: string | null = null;
  for (const other of rules.slice(0, rules.indexOf(rule)))
    if ((await whyNotOf(tx, other, document, null)) === null) takenBy ??= other.name;
  const request = await requestOf(tx, rule, document, now);
  const { draft, problems } = await draftOf(tx, request, now);
  if (!draft) return null;
  const whyNot = await whyNotOf(tx, rule, document, null);
  return { whyNot, takenBy, draft, problems, sendAt: request.sendAt ?? null };
}
