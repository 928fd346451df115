import type { RuleChange, SendRule } from '#domain/automatic';
import { getCustomers, listCustomers, nameKey } from '#domain/customers';
import { listSenders } from '#domain/senders';
import type { Tx } from '#stores/database';
import type { Errors } from '../kit/index.ts';
import type { WebTables } from '../needs.ts';
import type { RuleFormModel } from '../screens/settings-rules-model.ts';
import type { PostedForm } from '../staff/read-form.ts';

type Values = RuleFormModel['values'];

const fresh: Values = {
  ...{ name: '', kinds: [], customers: '', categories: '', sources: ['api', 'folder'] },
  ...{ senderId: '', waitMinutes: '5', officeHours: false },
};

/** The form of a rule as it is, as it was typed, or of a new one. */
export async function ruleForm(
  tx: Tx<WebTables>,
  companyId: string,
  shown: { readonly rule: SendRule | null; readonly values?: Values; readonly errors?: Errors },
): Promise<RuleFormModel> {
  const { rule } = shown;
  const senders = (await listSenders(tx, companyId)).map((one) => ({ value: one.id, text: one.address }));
  const values = shown.values ?? (rule ? await valuesOf(tx, rule) : fresh);
  return { id: rule?.id ?? null, values, senders, errors: shown.errors ?? {} };
}

async function valuesOf(tx: Tx<WebTables>, rule: SendRule): Promise<Values> {
  const customers = await getCustomers(tx, rule.companyId, rule.customerIds);
  return {
    name: rule.name,
    kinds: rule.kinds,
    customers: customers.map((one) => one.name).join('\n'),
    categories: rule.categories.join(', '),
    sources: rule.sources,
    senderId: rule.senderId ?? '',
    waitMinutes: String(rule.waitMinutes),
    officeHours: rule.officeHours,
  };
}

/** What was typed, to be shown again. */
export function typedRule(form: PostedForm): Values {
  return {
    name: form.text('name'),
    kinds: form.texts('kinds'),
    customers: form.text('customers'),
    categories: form.text('categories'),
    sources: form.texts('sources'),
    senderId: form.text('senderId'),
    waitMinutes: form.text('waitMinutes').trim(),
    officeHours: form.has('officeHours'),
  };
}

/** What was typed, as the domain takes it; `unknown` is the first name that no customer has. */
export async function ruleChangeOf(
  tx: Tx<WebTables>,
  companyId: string,
  values: Values,
): Promise<{ readonly change: RuleChange; readonly unknown: string | null }> {
  const names = values.customers.split(/\r?\n/).flatMap((line) => line.trim() || []);
  const customerIds: string[] = [];
  let unknown: string | null = null;
  for (const name of names.slice(0, 200)) {
    const found = await listCustomers(tx, companyId, { q: name, limit: 200 });
    const same = found.ok ? found.items.filter((one) => nameKey(one.name) === nameKey(name)) : [];
    if (same.length === 0) unknown ??= name;
    customerIds.push(...same.map((one) => one.id));
  }
  const { name, kinds, sources, officeHours, waitMinutes } = values;
  return {
    change: {
      ...{ name, kinds, sources, officeHours, customerIds },
      categories: values.categories.split(/[,;]/),
      senderId: values.senderId || null,
      waitMinutes: waitMinutes === '' ? 0 : Number(waitMinutes),
    },
    unknown,
  };
}
