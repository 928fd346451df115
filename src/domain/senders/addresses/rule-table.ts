import type { Tx } from '#stores/database';
import type { AddressRule, AssigningRule, SenderRule } from './rule.ts';

export interface RuleTables {
  sender_rules: { company_id: string; rule: SenderRule; changed_at: Date };
  sender_assignments: { company_id: string; rule: AssigningRule; subject: string; sender_id: string };
}

type RuleTx = Tx<RuleTables>;

/** A company's rule with all assignments; mails go by their text where no rule was ever set. */
export async function selectRule(tx: RuleTx, companyId: string): Promise<AddressRule> {
  const row = await tx
    .selectFrom('sender_rules')
    .select('rule')
    .where('company_id', '=', companyId)
    .executeTakeFirst();
  const assigned = await tx
    .selectFrom('sender_assignments')
    .select(['rule', 'subject', 'sender_id'])
    .where('company_id', '=', companyId)
    .orderBy('subject')
    .execute();
  const of = (rule: AssigningRule): Record<string, string> =>
    Object.fromEntries(
      assigned.filter((one) => one.rule === rule).map((one) => [one.subject, one.sender_id]),
    );
  return { rule: row?.rule ?? 'per_template', users: of('per_user'), kinds: of('per_kind') };
}

/** The rule that is in force, and whom it assigns to this subject. */
export async function selectRuleFor(
  tx: RuleTx,
  companyId: string,
  subjects: Readonly<Record<AssigningRule, string | null>>,
): Promise<{ readonly rule: SenderRule; readonly senderId: string | null }> {
  const row = await tx
    .selectFrom('sender_rules')
    .select('rule')
    .where('company_id', '=', companyId)
    .executeTakeFirst();
  const rule = row?.rule ?? 'per_template';
  const subject = rule === 'per_user' || rule === 'per_kind' ? subjects[rule] : null;
  if (subject === null) return { rule, senderId: null };
  const assigned = await tx
    .selectFrom('sender_assignments')
    .select('sender_id')
    .where('company_id', '=', companyId)
    .where('rule', '=', rule as AssigningRule)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return { rule, senderId: assigned?.sender_id ?? null };
}

export async function upsertRule(tx: RuleTx, companyId: string, rule: SenderRule, now: Date): Promise<void> {
  await tx
    .insertInto('sender_rules')
    .values({ company_id: companyId, rule, changed_at: now })
    .onConflict((on) => on.column('company_id').doUpdateSet({ rule, changed_at: now }))
    .execute();
}

/** Puts these assignments in the place of all that the rule had. */
export async function replaceAssignments(
  tx: RuleTx,
  companyId: string,
  rule: AssigningRule,
  senderIds: Readonly<Record<string, string>>,
): Promise<void> {
  await tx
    .deleteFrom('sender_assignments')
    .where('company_id', '=', companyId)
    .where('rule', '=', rule)
    .execute();
  const rows = Object.entries(senderIds).map(([subject, sender_id]) => ({
    company_id: companyId,
    rule,
    subject,
    sender_id,
  }));
  if (rows.length > 0) await tx.insertInto('sender_assignments').values(rows).execute();
}

/** Takes a sender out of all assignments: it is being deleted. */
export async function deleteAssignmentsOf(tx: RuleTx, companyId: string, senderId: string): Promise<void> {
  await tx
    .deleteFrom('sender_assignments')
    .where('company_id', '=', companyId)
    .where('sender_id', '=', senderId)
    .execute();
}
