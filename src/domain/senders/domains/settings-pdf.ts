import { type Language, makeFormat } from '#base/language';
import { drawFactSheet } from '#formats/pdf';
import type { SendingDomain } from './domain.ts';
import { shownDomain } from './domain-name.ts';
import { domainTexts } from './domain-texts.ts';

export interface SettingsSheet {
  readonly domain: SendingDomain;
  readonly companyName: string;
  readonly language: Language;
  /** The page on which the administrator sees whether the records are right. */
  readonly pageUrl: string;
}

/** The records of a domain on paper, for the person who sets them; the same records on the same day give the same bytes. */
export function drawSettingsPdf(
  { domain, companyName, language, pageUrl }: SettingsSheet,
  now: Date,
): Promise<Buffer> {
  const t = domainTexts(language);
  const name = shownDomain(domain.name);
  const missing = domain.records.filter((one) => !one.required && one.problem === 'absent');
  const format = makeFormat({ language, zone: 'UTC', now });
  return drawFactSheet({
    title: t('title', { domain: name }),
    intro: [t('intro', { company: companyName, domain: name }), t('live', { url: pageUrl })],
    language,
    date: now,
    footer: t('made', { date: format.longDate(now) }),
    sections: [
      ...domain.records.filter((one) => one.required),
      // What is advised and there already is not asked for again.
      ...missing,
    ].map((record) => ({
      heading: `${t(`purpose.${record.purpose}`)} · ${t(record.required ? 'required' : 'advised')}`,
      note: t(`purpose.${record.purpose}.why`),
      rows: [
        { label: t('type'), text: record.type },
        { label: t('name'), text: record.name },
        { label: t('value'), text: record.expected },
      ],
    })),
  });
}
