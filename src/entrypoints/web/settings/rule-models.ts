import { languageName } from '#base/language';
import { listRules, type RuleTrial, tryRule } from '#domain/automatic';
import { getCustomers } from '#domain/customers';
import { newestDocuments } from '#domain/documents';
import { listSenders } from '#domain/senders';
import type { Tx } from '#stores/database';
import type { View } from '../kit/index.ts';
import type { WebTables } from '../needs.ts';
import { titleInSentence } from '../screens/document-words.ts';
import type { RulesModel, RuleTrialModel } from '../screens/settings-rules-model.ts';
import { problemSentence } from '../send/send-words.ts';

const mostDocuments = 30;

/** The rules with the names of what they point to, and the test that was asked for. */
export async function rulesModel(
  tx: Tx<WebTables>,
  of: { readonly view: View; readonly companyId: string },
  asked: { readonly ruleId: string; readonly documentId: string },
  now: Date,
): Promise<RulesModel> {
  const { view, companyId } = of;
  const rules = await listRules(tx, companyId);
  const senders = new Map((await listSenders(tx, companyId)).map((one) => [one.id, one.address]));
  const ids = [...new Set(rules.flatMap((rule) => rule.customerIds))];
  const names = new Map((await getCustomers(tx, companyId, ids)).map((one) => [one.id, one.name]));
  const trial = await tryRule(tx, { companyId, ...asked }, now);
  const documents = await newestDocuments(tx, companyId, { kind: null, limit: mostDocuments });
  return {
    documents: documents.map((one) => ({
      value: one.id,
      text: [titleInSentence(view, one), one.buyerName ?? ''].filter(Boolean).join(' · '),
    })),
    rules: rules.map((rule) => ({
      ...rule,
      customers: rule.customerIds.flatMap((id) => names.get(id) ?? []),
      sender: senders.get(rule.senderId ?? '') ?? null,
      by: rule.author.name,
      at: rule.changedAt,
      trial: trial && rule.id === asked.ruleId ? trialModel(view, asked.documentId, trial) : null,
    })),
  };
}

function trialModel(view: View, documentId: string, trial: RuleTrial): RuleTrialModel {
  const { t } = view;
  const base = { documentId, would: wouldOf(view, trial) };
  if (trial.whyNot)
    return { ...base, isGood: false, head: t('rules.test.not'), reasons: [t(`rules.why.${trial.whyNot}`)] };
  if (trial.takenBy !== null)
    return {
      ...base,
      isGood: false,
      head: null,
      reasons: [t('rules.test.takenBy', { name: trial.takenBy })],
    };
  if (trial.problems.length === 0) return { ...base, isGood: true, head: null, reasons: [] };
  const reasons = [...new Set(trial.problems.map((problem) => problemSentence(view, problem)))];
  return { ...base, isGood: false, head: t('rules.test.problems'), reasons };
}

/** To whom it would go, from where and why, with which text. */
function wouldOf(view: View, { draft, problems, sendAt }: RuleTrial): string | null {
  const { t, format } = view;
  const to = draft.addressees.filter((one) => one.role === 'to').map((one) => one.address);
  if (to.length === 0 || !draft.sender) return null;
  const key = `send.reason.${draft.senderReason}`;
  const kind = t(`kind.${draft.documents[0]?.kind ?? 'other'}`);
  const who = view.user?.name ?? '';
  const would = t('rules.test.would', {
    to: format.list(to),
    from: draft.sender.address,
    because: t.has(key) ? t(key, { who, kind }) : (draft.senderReason ?? ''),
    template: draft.template
      ? t('rules.test.template', { name: draft.template.name })
      : t('rules.test.builtIn'),
    language: languageName(draft.language, view.language),
    subject: draft.subject,
  });
  const at = sendAt && problems.length === 0 ? ` ${t('rules.test.at', { at: format.dateTime(sendAt) })}` : '';
  return `${would}${at}`;
}
