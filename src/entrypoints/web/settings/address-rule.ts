import { listMembers } from '#domain/accounts';
import { documentKinds } from '#domain/documents';
import { getSenderRule, type Sender, type SenderRule, senderRules } from '#domain/senders';
import { listTemplates, setAddressRule } from '#domain/templates';
import type { Tx } from '#stores/database';
import type { View } from '../kit/index.ts';
import type { WebTables } from '../needs.ts';
import type { AddressRuleLine, AddressRuleModel } from '../screens/settings-address-rule.tsx';
import type { PostedForm } from '../staff/read-form.ts';

type Tables = AddressRuleModel['tables'];

/** The rule as it is kept; null while everything stays in the sandbox, where there is nothing to choose between. */
export async function addressRuleModel(
  tx: Tx<WebTables>,
  view: View,
  of: { readonly companyId: string; readonly senders: readonly Sender[] },
): Promise<AddressRuleModel | null> {
  const real = of.senders.filter((one) => one.method !== 'sandbox');
  if (real.length === 0) return null;
  const { rule, users, kinds } = await getSenderRule(tx, of.companyId);
  const subjects = await subjectsOf(tx, view, of.companyId);
  const line = (name: string, label: string, senderId: string | null | undefined): AddressRuleLine => ({
    name,
    label,
    senderId: senderId ?? null,
  });
  return {
    rule,
    usual: of.senders.find((one) => one.isDefault)?.address ?? '',
    senders: real.map(({ id, address, state }) => ({ id, address, works: state === 'valid' })),
    tables: {
      per_user: subjects.users.map((one) => line(`users.${one.id}`, one.label, users[one.id])),
      per_kind: subjects.kinds.map((one) => line(`kinds.${one.id}`, one.label, kinds[one.id])),
      per_template: subjects.templates.map((one) => line(`templates.${one.id}`, one.label, one.senderId)),
    },
    error: null,
  };
}

/** What was posted about the rule, as the form shows it again when it is refused. */
export function postedRule(model: AddressRuleModel, form: PostedForm): AddressRuleModel {
  const posted = (lines: readonly AddressRuleLine[]): AddressRuleLine[] =>
    lines.map((one) => (form.has(one.name) ? { ...one, senderId: form.text(one.name) || null } : one));
  const { per_user, per_kind, per_template } = model.tables;
  const tables: Tables = {
    per_user: posted(per_user),
    per_kind: posted(per_kind),
    per_template: posted(per_template),
  };
  return { ...model, rule: ruleOf(form) ?? model.rule, tables };
}

/** Sets the rule as the form has it. Returns the labels of what points to a sender that does not work; empty: it was set. */
export async function saveAddressRule(
  tx: Tx<WebTables>,
  companyId: string,
  model: AddressRuleModel,
  now: Date,
): Promise<readonly string[]> {
  const { rule } = model;
  const lines = rule === 'at_send' ? [] : model.tables[rule];
  const assigned = Object.fromEntries(lines.map((one) => [subjectOf(one), one.senderId] as const));
  const without = Object.fromEntries(
    Object.entries(assigned).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  const given = {
    rule,
    ...(rule === 'per_user' ? { users: without } : {}),
    ...(rule === 'per_kind' ? { kinds: without } : {}),
    ...(rule === 'per_template' ? { templates: assigned } : {}),
  };
  const set = await setAddressRule(tx, { companyId, given, actor: 'user' }, now);
  if (set.ok) return [];
  return set.points.map((subject) => lines.find((one) => subjectOf(one) === subject)?.label ?? subject);
}

function subjectOf({ name }: AddressRuleLine): string {
  return name.slice(name.indexOf('.') + 1);
}

function ruleOf(form: PostedForm): SenderRule | undefined {
  return senderRules.find((one) => one === form.text('rule'));
}

/** Everybody and everything that may have an address, with the words by which people know them. */
async function subjectsOf(tx: Tx<WebTables>, view: View, companyId: string) {
  const { t } = view;
  const members = await listMembers(tx, companyId);
  const templates = await listTemplates(tx, companyId);
  const kindLabel = (kind: string): string =>
    kind === 'several' ? t('place.documents') : t(`kind.${kind as 'invoice'}`);
  return {
    users: members.map((one) => ({
      id: one.userId,
      label: [`${one.firstName} ${one.lastName}`.trim(), one.email].filter(Boolean).join(' · '),
    })),
    kinds: documentKinds.map((kind) => ({ id: kind, label: kindLabel(kind) })),
    templates: templates.map(({ id, senderId, kind, purpose, language, name }) => ({
      id,
      senderId,
      label: [kindLabel(kind), t(`purpose.${purpose}`, { origin: 'manual' }), language, name].join(' · '),
    })),
  };
}
