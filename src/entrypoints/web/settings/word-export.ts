import { makeFormat } from '#base/language';
import type { ExportDeps } from '#domain/exports';
import { writeAccountMail } from '../gate/account-mail.ts';
import { paths } from '../kit/index.ts';
import { staffTexts } from '../texts/index.ts';

/** Makes what words the mail that everything of a company is ready to be downloaded, or could not be put together. */
export function makeWordExport(publicUrl: string): ExportDeps['wordExport'] {
  return (company, { language }, one) => {
    const t = staffTexts(language);
    const { country, timeZone: zone } = company;
    const format = makeFormat({ language, country, zone, now: one.readyAt ?? one.createdAt });
    const asked = format.dateTime(one.createdAt);
    const url = `${publicUrl}${paths.settingsData}`;
    const subject = t(`exportMail.${one.state === 'ready' ? 'ready' : 'failed'}.subject`, {
      company: company.name,
    });
    if (one.state !== 'ready' || !one.expiresAt) {
      const sentences = [t('exportMail.failed.text', { company: company.name, asked })];
      return writeAccountMail({ language, subject, sentences, link: { text: t('exportMail.link'), url } });
    }
    const size = format.bytes(one.bytes);
    const until = format.date(one.expiresAt);
    const sentences = [
      t('exportMail.ready.text', { company: company.name, asked, size, until }),
      t('exportMail.ready.careful'),
    ];
    return writeAccountMail({ language, subject, sentences, link: { text: t('exportMail.link'), url } });
  };
}
