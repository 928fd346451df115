import { type Actor, type EventData, type EvidenceTables, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import { lockSenders, type SenderTables } from '../sender-table.ts';
import { type AddressRule, isAssigning, type SenderRule } from './rule.ts';
import { replaceAssignments, selectRule, upsertRule } from './rule-table.ts';

export interface NewRule {
  readonly rule: SenderRule;
  /** User id → sender id. Absent: as it was. */
  readonly users?: Readonly<Record<string, string>>;
  /** Kind → sender id. Absent: as it was. */
  readonly kinds?: Readonly<Record<string, string>>;
}

/** `points` names the users, kinds or texts whose sender is not there or does not work. */
export type RuleResult =
  | { readonly ok: true; readonly rule: AddressRule }
  | { readonly ok: false; readonly reason: 'rule_sender_not_valid'; readonly points: readonly string[] };

/**
 * Sets the rule by which mails get their address, and whom it assigns. Refuses a rule that points to a sender that is not there or not
 * `valid`, `alsoPointsTo` included: what the texts point to, which are kept elsewhere. One that breaks later holds its mails.
 */
export async function setSenderRule(
  tx: Tx<SenderTables & EvidenceTables>,
  order: {
    readonly companyId: string;
    readonly given: NewRule;
    readonly alsoPointsTo?: Readonly<Record<string, string>>;
    readonly actor: Actor;
  },
  now: Date,
): Promise<RuleResult> {
  const { companyId, given, actor } = order;
  const valid = new Set(
    (await lockSenders(tx, companyId))
      .filter((row) => row.state === 'valid' && !row.deleted_at)
      .map((row) => row.id),
  );
  const before = await selectRule(tx, companyId);
  const after: AddressRule = {
    rule: given.rule,
    users: given.users ?? before.users,
    kinds: given.kinds ?? before.kinds,
  };
  const inForce = { per_user: after.users, per_kind: after.kinds, per_template: order.alsoPointsTo ?? {} };
  const used = given.rule === 'at_send' ? {} : inForce[given.rule];
  const looked = { ...given.users, ...given.kinds, ...used };
  const points = Object.entries(looked).flatMap(([subject, id]) => (valid.has(id) ? [] : [subject]));
  if (points.length > 0) return { ok: false, reason: 'rule_sender_not_valid', points: points.sort() };
  await upsertRule(tx, companyId, after.rule, now);
  if (given.users) await replaceAssignments(tx, companyId, 'per_user', given.users);
  if (given.kinds) await replaceAssignments(tx, companyId, 'per_kind', given.kinds);
  const data: EventData = isAssigning(after.rule)
    ? { rule: after.rule, senders: { ...used } }
    : { rule: after.rule };
  await record(tx, [{ type: 'sender.rule_set', companyId, at: now, actor, data }]);
  return { ok: true, rule: after };
}
