export { changePolicy, createPolicy, deletePolicy, type PolicyChanged } from './change-policy.ts';
export { type LetterSample, letterSample } from './letter-sample.ts';
export { orderPolicies, type PoliciesOrdered } from './order-policies.ts';
export { type Planned, planReminders, type WhyNot } from './plan-reminders.ts';
export {
  type Policy,
  type PolicyChange,
  type PolicyProblem,
  type PolicyReason,
  remindableKinds,
  type Step,
} from './policy.ts';
export {
  areAttachedByPolicies as policiesAttach,
  type ReminderTables,
  selectPolicies as listPolicies,
} from './policy-table.ts';
export { type ReminderNeeds, runPolicies } from './run-policies.ts';
export {
  daysOverdue,
  fitsSelection,
  type ReminderSelection,
  selectReminders,
} from './select-reminders.ts';
export { type Level, levelOf, textsOfStep } from './step-texts.ts';
