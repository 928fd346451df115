import { type Language, makeFormat } from '#base/language';
import { day, dayIn } from '#base/time';
import { type Company, getCompany } from '#domain/accounts';
import { type Document, getDocuments, openAmount, storeExtraFile, sumDecimals } from '#domain/documents';
import { drawOpenItems, type OpenItemsView } from '#formats/pdf';
import { inCompany } from '#stores/database';
import { numbersOf, slipOf } from './letter-slip.ts';
import { languageOf } from './line-language.ts';
import type { FileAsked } from './run.ts';
import { updateLine } from './run-line-table.ts';
import type { RunNeeds } from './run-needs.ts';
import { textsOf } from './texts.ts';

/**
 * Draws the letter of a line, a list of what is open with how to pay, keeps it as an extra file, and notes it at the line for the documents
 * that it lists. Files are written outside of any transaction.
 */
export async function makeLetter(needs: RunNeeds, asked: FileAsked, now: Date): Promise<void> {
  const { run, line, documentIds } = asked;
  const { companyId } = run;
  const drawn = await drawLetter(needs, { companyId, line, documentIds }, now);
  if (!drawn) return;
  const stored = await storeExtraFile(needs, { companyId, ...drawn }, now);
  if (!stored.ok) throw new Error(`The letter of line ${line.id} was not kept: ${stored.reason}.`);
  const letter = { fileId: stored.file.id, documentIds };
  await inCompany(needs.database, companyId, (tx) =>
    updateLine(tx, line, { choice: { ...line.choice, letter } }),
  );
}

/** Draws the letter of a line for these documents, without keeping it: to look at. Null where company or documents are gone. */
export async function drawLetter(
  needs: Pick<RunNeeds, 'database' | 'files'>,
  of: {
    readonly companyId: string;
    readonly line: { readonly customerName: string; readonly draft: { readonly language: string } | null };
    readonly documentIds: readonly string[];
  },
  now: Date,
): Promise<{ readonly fileName: string; readonly bytes: Buffer } | null> {
  const { companyId, line, documentIds } = of;
  const { company, documents } = await inCompany(needs.database, companyId, async (tx) => ({
    company: await getCompany(tx, companyId),
    documents: await getDocuments(tx, companyId, documentIds),
  }));
  if (!company || documents.length === 0) return null;
  const language = languageOf(line, company);
  const logo = company.logo ? await needs.files.get(companyId, company.logo) : null;
  const view = viewOf({ company, documents, language, to: line.customerName, logo }, now);
  return {
    fileName: `${textsOf(language)('fileName')} ${dayIn(company.timeZone, now)}.pdf`,
    bytes: await drawOpenItems(view),
  };
}

function viewOf(
  of: {
    readonly company: Company;
    readonly documents: readonly Document[];
    readonly language: Language;
    readonly to: string;
    readonly logo: Buffer | null;
  },
  now: Date,
): OpenItemsView {
  const { company, documents, language, logo } = of;
  const t = textsOf(language);
  const format = makeFormat({ language, country: company.country, zone: company.timeZone, now });
  const today = dayIn(company.timeZone, now);
  const currency = documents[0]?.currency ?? '';
  const money = (amount: string | null): string => (amount === null ? '–' : format.money(amount, '').amount);
  const lateOf = ({ dueDate }: Document): number =>
    dueDate ? Math.max(0, Math.round((Date.parse(today) - Date.parse(dueDate)) / day)) : 0;
  const total = sumDecimals(documents.flatMap((one) => openAmount(one) ?? []));
  return {
    language,
    title: t('title'),
    date: new Date(`${today}T00:00:00Z`),
    from: [company.name, ...company.address.split('\n')],
    to: [of.to],
    day: format.date(today),
    intro: t('intro', { day: format.date(today) }),
    heads: [t('number'), t('due'), t('late'), t('amount'), t('open')],
    rows: documents.map((one) => [
      one.number ?? '–',
      one.dueDate ? format.date(one.dueDate) : '–',
      String(lateOf(one)),
      money(one.total),
      money(openAmount(one)),
    ]),
    total: [t('total'), `${money(total)} ${currency}`.trim()],
    pay: t(company.iban ? 'payTo' : 'pay', { numbers: format.list(numbersOf(documents)) }),
    logo,
    color: company.brandColor ?? '#2f5d50',
    slip: slipOf({ company, documents, language }, { amount: total, currency }),
  };
}
