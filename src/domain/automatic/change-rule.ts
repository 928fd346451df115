import { newId } from '#base/ids';
import type { Author } from '#domain/dispatch';
import type { DocumentKind } from '#domain/documents';
import { type EventType, type EvidenceTables, type Fact, record } from '#domain/evidence';
import { listSenders, type SenderTables } from '#domain/senders';
import type { Tx } from '#stores/database';
import {
  type RuleChange,
  type RuleProblem,
  type RuleSource,
  ruleProblems,
  ruleSources,
  type SendRule,
} from './send-rule.ts';
import {
  insertRule,
  markRuleDeleted,
  type SendRuleTables,
  selectRules,
  updateRule,
} from './send-rule-table.ts';

type RuleTx = Tx<SendRuleTables & SenderTables & EvidenceTables>;

export type RuleChanged =
  | { readonly ok: true; readonly rule: SendRule }
  | { readonly ok: false; readonly reason: 'invalid'; readonly problems: readonly RuleProblem[] }
  | { readonly ok: false; readonly reason: 'not_found' };

/** What a rule is where nothing else is said: every document, whichever way it comes, and a few minutes to cancel it. */
const usual = {
  name: '',
  isActive: true,
  kinds: [],
  customerIds: [],
  categories: [],
  sources: ruleSources,
  senderId: null,
  waitMinutes: 5,
  officeHours: false,
} as const;

/** Sets a rule that sends in the author's name. Refuses with all fields that are wrong. */
export async function createRule(
  tx: RuleTx,
  input: { readonly companyId: string; readonly author: Author; readonly change: RuleChange },
  now: Date,
): Promise<RuleChanged> {
  const { companyId, author } = input;
  const change = { ...usual, ...withoutAbsent(input.change) };
  const problems = await problemsOf(tx, companyId, change);
  if (problems.length > 0) return { ok: false, reason: 'invalid', problems };
  const rule = merged(
    { id: newId('sendRule', now), companyId, author, createdAt: now, changedAt: now },
    change,
  );
  await insertRule(tx, rule);
  await record(tx, [fact(rule, 'company.send_rule_created', author, now)]);
  return { ok: true, rule };
}

/** Changes a rule; what is absent stays. From then on it sends in the name of who changed it. */
export async function changeRule(
  tx: RuleTx,
  input: {
    readonly companyId: string;
    readonly ruleId: string;
    readonly author: Author;
    readonly change: RuleChange;
  },
  now: Date,
): Promise<RuleChanged> {
  const { companyId, ruleId, author, change } = input;
  const before = (await selectRules(tx, companyId)).find((one) => one.id === ruleId);
  if (!before) return { ok: false, reason: 'not_found' };
  const problems = await problemsOf(tx, companyId, change);
  if (problems.length > 0) return { ok: false, reason: 'invalid', problems };
  const rule = merged({ ...before, author, changedAt: now }, { ...before, ...withoutAbsent(change) });
  await updateRule(tx, rule);
  await record(tx, [fact(rule, 'company.send_rule_changed', author, now)]);
  return { ok: true, rule };
}

/** Ends a rule for good; what it has sent stays in the histories. */
export async function deleteRule(
  tx: RuleTx,
  which: { readonly companyId: string; readonly ruleId: string; readonly author: Author },
  now: Date,
): Promise<RuleChanged> {
  const rule = (await selectRules(tx, which.companyId)).find((one) => one.id === which.ruleId);
  if (!rule) return { ok: false, reason: 'not_found' };
  await markRuleDeleted(tx, rule, now);
  await record(tx, [fact(rule, 'company.send_rule_deleted', which.author, now)]);
  return { ok: true, rule };
}

async function problemsOf(tx: RuleTx, companyId: string, change: RuleChange): Promise<RuleProblem[]> {
  const problems = ruleProblems(change);
  if (!change.senderId) return problems;
  const isThere = (await listSenders(tx, companyId)).some((one) => one.id === change.senderId);
  return isThere ? problems : [...problems, { path: 'senderId', reason: 'sender_missing' }];
}

function withoutAbsent(change: RuleChange): RuleChange {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

function merged(
  base: Pick<SendRule, 'id' | 'companyId' | 'author' | 'createdAt' | 'changedAt'>,
  change: Required<RuleChange>,
): SendRule {
  const { id, companyId, author, createdAt, changedAt } = base;
  const { isActive, senderId, waitMinutes, officeHours } = change;
  const words = (list: readonly string[]): string[] => [
    ...new Set(list.map((one) => one.trim()).filter((one) => one !== '')),
  ];
  return {
    ...{ id, companyId, author, createdAt, changedAt, isActive, senderId, waitMinutes, officeHours },
    name: change.name.trim(),
    kinds: words(change.kinds) as DocumentKind[],
    customerIds: words(change.customerIds),
    categories: words(change.categories),
    sources: ruleSources.filter((source): source is RuleSource => change.sources.includes(source)),
  };
}

function fact(rule: SendRule, type: EventType, author: Author, at: Date): Fact {
  const { id, companyId, isActive, kinds, customerIds, categories, sources, waitMinutes, officeHours } = rule;
  return {
    ...{ type, companyId, at },
    actor: author.actor,
    data: {
      ...{ rule: id, isActive, kinds, customerIds, categories, sources, waitMinutes, officeHours },
      by: author.id,
    },
    personal: { byName: author.name, name: rule.name },
  };
}
