import { isLanguage, type Language, makeFormat, makeTexts } from '#base/language';
import { day, dayIn } from '#base/time';
import { type Company, getCompany } from '#domain/accounts';
import {
  type Document,
  type DocumentStores,
  getDocuments,
  openAmount,
  storeExtraFile,
  sumDecimals,
} from '#domain/documents';
import { drawOpenItems, type OpenItemsView } from '#formats/pdf';
import { inCompany } from '#stores/database';
import type { Run, RunLine } from './run.ts';
import { updateLine } from './run-line-table.ts';
import type { RunNeeds } from './run-needs.ts';
import de from './texts/de.json' with { type: 'json' };
import en from './texts/en.json' with { type: 'json' };
import fr from './texts/fr.json' with { type: 'json' };
import it from './texts/it.json' with { type: 'json' };
import nl from './texts/nl.json' with { type: 'json' };
import ro from './texts/ro.json' with { type: 'json' };

const textsOf = makeTexts({ en, fr, it, ro, de, nl });

/** What the letter lists: the documents that are still open, in the order of the line. */
export type LetterAsked = {
  readonly run: Run;
  readonly line: RunLine;
  readonly documentIds: readonly string[];
};

/**
 * Draws the letter of a line, a list of what is overdue with how to pay, keeps it as an extra file, and notes it at the line for the
 * documents that it lists. Files are written outside of any transaction.
 */
export async function makeLetter(needs: RunNeeds, asked: LetterAsked, now: Date): Promise<void> {
  const { run, line, documentIds } = asked;
  const { companyId } = run;
  const { company, documents } = await inCompany(needs.database, companyId, async (tx) => ({
    company: await getCompany(tx, companyId),
    documents: await getDocuments(tx, companyId, documentIds),
  }));
  if (!company) return;
  const language = languageOf(line, company);
  const view = viewOf({ company, documents, language, to: line.customerName }, now);
  const bytes = await drawOpenItems(view);
  const upload = { companyId, fileName: `${textsOf(language)('fileName')} ${view.day}.pdf`, bytes };
  const stored = await storeExtraFile(
    needs as Pick<DocumentStores, 'database' | 'files' | 'limits'>,
    upload,
    now,
  );
  if (!stored.ok) throw new Error(`The letter of line ${line.id} was not kept: ${stored.reason}.`);
  const letter = { fileId: stored.file.id, documentIds };
  await inCompany(needs.database, companyId, (tx) =>
    updateLine(tx, line, { choice: { ...line.choice, letter } }),
  );
}

function languageOf(line: RunLine, company: Company): Language {
  const asked = line.draft?.language ?? '';
  return isLanguage(asked) ? asked : company.language;
}

function viewOf(
  of: {
    readonly company: Company;
    readonly documents: readonly Document[];
    readonly language: Language;
    readonly to: string;
  },
  now: Date,
): OpenItemsView {
  const { company, documents, language } = of;
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
    pay: t('pay', { numbers: format.list(documents.flatMap((one) => one.number ?? [])) }),
  };
}
