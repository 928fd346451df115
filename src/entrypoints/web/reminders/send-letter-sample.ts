import type { Context } from 'hono';
import { getCustomer } from '#domain/customers';
import { type Planned, planReminders } from '#domain/reminders';
import { drawLetter } from '#domain/runs';
import { inCompany } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { sendPdfBytes } from '../runs/send-letter.ts';
import type { StaffEnv } from '../staff/env.ts';
import { seeOther } from '../staff/page.tsx';

const most = 25;

/** The letter as the customer with the most open documents would get it today; nothing is kept or sent. */
export async function sendLetterSample(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const { company, view } = c.var;
  const now = needs.clock();
  const found = await inCompany(needs.database, company.id, async (tx) => {
    const documents = mostOf(await planReminders(tx, company, now));
    const [first] = documents;
    if (!first) return null;
    const customer = first.customerId ? await getCustomer(tx, company.id, first.customerId) : null;
    const contact = customer?.contacts.find((one) => one.language)?.language;
    const language = contact ?? customer?.language ?? first.buyerLanguage ?? company.language;
    return { documents, language, name: customer?.name ?? first.buyerName ?? '' };
  });
  const drawn = found
    ? await drawLetter(
        needs,
        {
          companyId: company.id,
          line: { customerName: found.name, draft: { language: found.language } },
          documentIds: found.documents.map((one) => one.id),
        },
        now,
      )
    : null;
  if (drawn) return sendPdfBytes(c, drawn);
  const text = view.t('reminders.letter.nobody');
  return seeOther(needs, c, paths.policies, { state: 'waiting', text });
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
