import { newId } from '#base/ids';
import type { Author } from '#domain/dispatch';
import type { DocumentKind } from '#domain/documents';
import { type EventType, type EvidenceTables, type Fact, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import { type Policy, type PolicyChange, type PolicyProblem, policyProblems } from './policy.ts';
import {
  insertPolicy,
  markPolicyDeleted,
  type ReminderTables,
  selectPolicies,
  updatePolicy,
} from './policy-table.ts';

type PolicyTx = Tx<ReminderTables & EvidenceTables>;

export type PolicyChanged =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly reason: 'invalid'; readonly problems: readonly PolicyProblem[] }
  | { readonly ok: false; readonly reason: 'not_found' };

/** What a policy is where nothing else is said: looked at by a person, three steps after the due date. */
const usual = {
  name: '',
  isActive: true,
  mode: 'review',
  kinds: ['invoice'],
  minimumAmount: null,
  isGrouped: true,
  joinPdfs: null,
  bankDays: 5,
  sendHour: 9,
  steps: [7, 14, 28].map((days) => ({ days, senderId: null, letter: false, texts: {} })),
} as const;

/** Makes a policy that sends in the author's name. Refuses with all fields that are wrong. */
export async function createPolicy(
  tx: PolicyTx,
  input: { readonly companyId: string; readonly author: Author; readonly change: PolicyChange },
  now: Date,
): Promise<PolicyChanged> {
  const { companyId, author } = input;
  const change = { ...usual, ...input.change };
  const problems = policyProblems(change);
  if (problems.length > 0) return { ok: false, reason: 'invalid', problems };
  const policy = merged({ id: newId('reminderPolicy', now), companyId, author, createdAt: now }, change);
  await insertPolicy(tx, policy);
  await record(tx, [fact(policy, 'reminder.policy_created', author, now)]);
  return { ok: true, policy };
}

/** Changes a policy; what is absent stays. From then on it sends in the name of who changed it. */
export async function changePolicy(
  tx: PolicyTx,
  input: {
    readonly companyId: string;
    readonly policyId: string;
    readonly author: Author;
    readonly change: PolicyChange;
  },
  now: Date,
): Promise<PolicyChanged> {
  const { companyId, policyId, author, change } = input;
  const before = (await selectPolicies(tx, companyId)).find((one) => one.id === policyId);
  if (!before) return { ok: false, reason: 'not_found' };
  const problems = policyProblems(change);
  if (problems.length > 0) return { ok: false, reason: 'invalid', problems };
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const policy = merged({ ...before, author }, { ...before, ...given });
  await updatePolicy(tx, policy);
  await record(tx, [fact(policy, 'reminder.policy_changed', author, now)]);
  return { ok: true, policy };
}

/** Ends a policy for good; what it has sent stays in the histories. */
export async function deletePolicy(
  tx: PolicyTx,
  which: { readonly companyId: string; readonly policyId: string; readonly author: Author },
  now: Date,
): Promise<PolicyChanged> {
  const policy = (await selectPolicies(tx, which.companyId)).find((one) => one.id === which.policyId);
  if (!policy) return { ok: false, reason: 'not_found' };
  await markPolicyDeleted(tx, which.companyId, which.policyId, now);
  await record(tx, [fact(policy, 'reminder.policy_deleted', which.author, now)]);
  return { ok: true, policy };
}

function merged(
  base: Pick<Policy, 'id' | 'companyId' | 'author' | 'createdAt'>,
  change: Required<PolicyChange>,
): Policy {
  const { id, companyId, author, createdAt } = base;
  return {
    ...{ id, companyId, author, createdAt },
    name: change.name.trim(),
    isActive: change.isActive,
    mode: change.mode,
    kinds: [...new Set(change.kinds)] as DocumentKind[],
    minimumAmount: change.minimumAmount || null,
    isGrouped: change.isGrouped,
    joinPdfs: change.joinPdfs,
    bankDays: change.bankDays,
    sendHour: change.sendHour,
    steps: [...change.steps].sort((a, b) => a.days - b.days),
  };
}

function fact(policy: Policy, type: EventType, author: Author, at: Date): Fact {
  const { id, companyId, isActive, mode, kinds, steps } = policy;
  return {
    ...{ type, companyId, at },
    actor: author.actor,
    data: { policy: id, isActive, mode, kinds, steps: steps.map((step) => step.days), by: author.id },
  };
}
