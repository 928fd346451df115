import { isLanguage, type Language, makeFormat, makeTexts } from '#base/language';
import type { Company } from '#domain/accounts';
import { kindNameIn, subtractDecimals } from '#domain/documents';
import { drawFactSheet } from '#formats/pdf';
import type { OpenFacts } from './open-facts.ts';
import de from './texts/de.json' with { type: 'json' };
import en from './texts/en.json' with { type: 'json' };
import fr from './texts/fr.json' with { type: 'json' };
import it from './texts/it.json' with { type: 'json' };
import nl from './texts/nl.json' with { type: 'json' };
import ro from './texts/ro.json' with { type: 'json' };

const texts = makeTexts({ en, fr, it, ro, de, nl });

type SheetCompany = Pick<Company, 'name' | 'address' | 'language' | 'country' | 'timeZone'>;

/** The page that stands for a document whose file we do not have: what it is, what is open of it. The same facts give the same bytes. */
export function drawOpenSheet(company: SheetCompany, { facts, paid }: OpenFacts): Promise<Buffer> {
  const given = facts.customer?.language ?? '';
  const language: Language = isLanguage(given) ? given : company.language;
  const t = texts(language);
  const date = new Date(`${facts.issueDate ?? '2000-01-01'}T12:00:00Z`);
  const format = makeFormat({ language, country: company.country, zone: company.timeZone, now: date });
  const currency = facts.currency ?? '';
  const money = (amount: string): string => format.moneyText(amount, currency);
  const row = (label: string, text: string) => ({ label, text });
  return drawFactSheet({
    title: `${kindNameIn(language, facts.kind)} ${facts.number}`,
    intro: [t('sheet.intro', { company: company.name })],
    language,
    date,
    footer: [company.name, ...company.address.split('\n')].filter(Boolean).join(' · '),
    sections: [
      {
        heading: facts.customer?.name ?? '',
        note: '',
        rows: [
          ...(facts.issueDate ? [row(t('sheet.date'), format.date(facts.issueDate))] : []),
          ...(facts.dueDate ? [row(t('sheet.due'), format.date(facts.dueDate))] : []),
          row(t('sheet.total'), money(facts.total)),
          ...(paid ? [row(t('sheet.paid'), money(paid))] : []),
          row(t('sheet.open'), money(subtractDecimals(facts.total, paid ?? '0'))),
        ],
      },
    ],
  });
}
