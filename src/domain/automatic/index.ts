export { changeRule, createRule, deleteRule, type RuleChanged } from './change-rule.ts';
export type { RuleWhyNot } from './judge-document.ts';
export { type SentByRule, sendByRule } from './send-by-rule.ts';
export {
  type RuleChange,
  type RuleProblem,
  type RuleSource,
  ruleSources,
  type SendRule,
} from './send-rule.ts';
export { type SendRuleTables, selectRules as listRules } from './send-rule-table.ts';
export { type RuleTrial, tryRule } from './try-rule.ts';
