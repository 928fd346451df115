import type { Actor, EvidenceTables } from '#domain/evidence';
import { type NewRule, type RuleResult, type SenderTables, setSenderRule } from '#domain/senders';
import type { Tx } from '#stores/database';
import { selectTemplates, type TemplateTables, updateTie } from './template-table.ts';

/**
 * Sets the rule by which mails get their address, as `setSenderRule` does, with the senders that texts are tied to: `templates` puts
 * ties in the place of those that were there (template id → sender id, null: none). Refuses a tie to a sender that does not work, and
 * ids of texts that are not there, as `points`.
 */
export async function setAddressRule(
  tx: Tx<TemplateTables & SenderTables & EvidenceTables>,
  order: {
    readonly companyId: string;
    readonly given: NewRule & { readonly templates?: Readonly<Record<string, string | null>> };
    readonly actor: Actor;
  },
  now: Date,
): Promise<RuleResult> {
  const { companyId, given, actor } = order;
  const present = await selectTemplates(tx, companyId);
  const changes = given.templates ?? {};
  const unknown = Object.keys(changes).filter((id) => !present.some((one) => one.id === id));
  if (unknown.length > 0) return { ok: false, reason: 'rule_sender_not_valid', points: unknown };
  const ties = present.map(({ id, senderId }) => [id, id in changes ? changes[id] : senderId] as const);
  const alsoPointsTo = Object.fromEntries(
    ties.flatMap(([id, senderId]) => (senderId ? [[id, senderId] as const] : [])),
  );
  const set = await setSenderRule(tx, { companyId, given, alsoPointsTo, actor }, now);
  if (set.ok)
    for (const [id, senderId] of Object.entries(changes)) await updateTie(tx, companyId, id, senderId);
  return set;
}
