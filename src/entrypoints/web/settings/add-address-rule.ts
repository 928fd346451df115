import type { Context } from 'hono';
import { listSenders } from '#domain/senders';
import { inCompany } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { StaffEnv } from '../staff/env.ts';
import { answerProblem, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { addressRuleModel, postedRule, saveAddressRule } from './address-rule.ts';
import { type SendersDesk, showSenders } from './senders-page.tsx';

/** Sets by which rule the address is chosen; refused, the form comes back as it was filled in. */
export async function saveRule(desk: SendersDesk, c: Context<StaffEnv>): Promise<Response> {
  const { needs } = desk;
  const { company, view } = c.var;
  const form = await readForm(c);
  const { rule, points } = await inCompany(needs.database, company.id, async (tx) => {
    const of = { companyId: company.id, senders: await listSenders(tx, company.id) };
    const known = await addressRuleModel(tx, view, of);
    const posted = known && postedRule(known, form);
    const refused = posted ? await saveAddressRule(tx, company.id, posted, needs.clock()) : [];
    return { rule: posted, points: refused };
  });
  if (!rule) return answerProblem(c, 'not_found');
  if (points.length > 0) {
    const error = view.t('wrong.rule_sender_not_valid', { points: points.join(', ') });
    return showSenders(desk, c, { editing: null, rule: { ...rule, error }, status: 422 });
  }
  const text = view.t('senders.rule.saved');
  return seeOther(needs, c, `${paths.settingsSenders}#rule`, { state: 'opened', text });
}
