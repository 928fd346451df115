import { domainOf } from '#mail/address';
import type { Tx } from '#stores/database';
import type { SenderRule } from './addresses/rule.ts';
import { selectRuleFor } from './addresses/rule-table.ts';
import { selectDomain } from './domains/domain-table.ts';
import type { Sender } from './sender.ts';
import { type SenderTables, selectSender, selectSenders, toSender } from './sender-table.ts';

/**
 * Why a sender was taken: named for this send; by the company's rule for the user, the kind or the text; the company's default, because
 * nothing was assigned at all, or not to this user or kind; the sandbox for want of another; or the one that stands in while the
 * records of the domain are missing.
 */
export type SenderReason =
  | 'chosen'
  | 'per_user'
  | 'per_kind'
  | 'per_template'
  | 'company_default'
  | 'no_address_of_user'
  | 'no_address_of_kind'
  | 'sandbox_until_connected'
  | 'domain_fallback';

export type ChosenSender =
  | { readonly ok: true; readonly sender: Sender; readonly reason: SenderReason }
  | { readonly ok: false; readonly reason: 'sender_not_found' };

/** What a rule may look at. */
export interface SenderQuestion {
  readonly requestedSenderId?: string | null;
  /** The sender that the text is tied to. */
  readonly templateSenderId?: string | null;
  /** Null: the mail is about no document. */
  readonly kind: string | null;
  readonly userId: string | null;
}

/**
 * Says from which sender a mail goes out and by which rule. A broken sender is chosen all the same: its messages are held
 * until it is repaired, never sent from another address unless the company has chosen one for that. Refuses a requested sender
 * that is not there.
 */
export async function chooseSender(
  tx: Tx<SenderTables>,
  companyId: string,
  question: SenderQuestion,
): Promise<ChosenSender> {
  const chosen = await chooseByRule(tx, companyId, question);
  return chosen.ok && chosen.sender.state === 'broken' ? standIn(tx, chosen) : chosen;
}

async function chooseByRule(
  tx: Tx<SenderTables>,
  companyId: string,
  question: SenderQuestion,
): Promise<ChosenSender> {
  if (question.requestedSenderId) {
    const row = await selectSender(tx, companyId, question.requestedSenderId);
    const sender = row && !row.deleted_at && !row.provider ? toSender(row) : null;
    return sender ? { ok: true, sender, reason: 'chosen' } : { ok: false, reason: 'sender_not_found' };
  }
  const subjects = { per_user: question.userId, per_kind: question.kind };
  const { rule, senderId } = await selectRuleFor(tx, companyId, subjects);
  const assigned = rule === 'per_template' ? (question.templateSenderId ?? null) : senderId;
  if (rule !== 'at_send' && assigned !== null) {
    const row = await selectSender(tx, companyId, assigned);
    const sender = row && !row.deleted_at ? toSender(row) : null;
    // It cannot be removed while a rule points to it; if it is gone all the same, nothing goes out from another one in silence.
    return sender ? { ok: true, sender, reason: rule } : { ok: false, reason: 'sender_not_found' };
  }
  const row = (await selectSenders(tx, companyId)).find((one) => one.is_default);
  const sender = row ? toSender(row) : null;
  if (!sender) return { ok: false, reason: 'sender_not_found' };
  if (sender.method === 'sandbox') return { ok: true, sender, reason: 'sandbox_until_connected' };
  return { ok: true, sender, reason: fallbacks[rule](question) };
}

/** A rule that knows no address for somebody says so; what asks for none goes out from the company's as usual. */
const fallbacks: Readonly<Record<SenderRule, (question: SenderQuestion) => SenderReason>> = {
  at_send: () => 'company_default',
  per_template: () => 'company_default',
  per_user: ({ userId }) => (userId === null ? 'company_default' : 'no_address_of_user'),
  per_kind: ({ kind }) => (kind === null ? 'company_default' : 'no_address_of_kind'),
};

/** The sender that the company has chosen for the time in which its domain is broken, if it works. */
async function standIn(
  tx: Tx<SenderTables>,
  chosen: Extract<ChosenSender, { ok: true }>,
): Promise<ChosenSender> {
  const { companyId, method, address } = chosen.sender;
  if (method !== 'domain') return chosen;
  const domain = await selectDomain(tx, companyId, { name: domainOf(address) });
  if (domain?.state !== 'broken' || !domain.fallback_sender_id) return chosen;
  const row = await selectSender(tx, companyId, domain.fallback_sender_id);
  const sender = row && !row.deleted_at && row.state === 'valid' ? toSender(row) : null;
  return sender ? { ok: true, sender, reason: 'domain_fallback' } : chosen;
}
