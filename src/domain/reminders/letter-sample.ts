import type { Language } from '#base/language';
import type { Company } from '#domain/accounts';
import { getCustomer } from '#domain/customers';
import { type Planned, planReminders } from './plan-reminders.ts';

/** On whom the reminder letter can be looked at: a customer, what he would be reminded of, and the language that he reads. */
export interface LetterSample {
  readonly customerName: string;
  readonly language: Language;
  readonly documentIds: readonly string[];
}

const most = 25;

/** The customer of the company who has the most open documents; null where nobody is to be reminded of anything. */
export async function letterSample(
  tx: Parameters<typeof planReminders>[0],
  company: Company,
  now: Date,
): Promise<LetterSample | null> {
  const documents = mostOf(await planReminders(tx, company, now));
  const [first] = documents;
  if (!first) return null;
  const customer = first.customerId ? await getCustomer(tx, company.id, first.customerId) : null;
  const contact = customer?.contacts.find((one) => one.language)?.language;
  return {
    customerName: customer?.name ?? first.buyerName ?? '',
    language: contact ?? customer?.language ?? first.buyerLanguage ?? company.language,
    documentIds: documents.map((one) => one.id),
  };
}

/** The documents in one currency of the customer who has the most of them. */
function mostOf(plan: readonly Planned[]) {
  const groups = new Map<string, Planned['document'][]>();
  for (const { document } of plan) {
    const key = `${document.customerId ?? document.id}/${document.currency ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), document]);
  }
  return [...groups.values()]
    .reduce((best, one) => (one.length > best.length ? one : best), [])
    .slice(0, most);
}
