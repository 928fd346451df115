import { noticeText } from '#domain/registered';
import { htmlFromPlainText } from '#domain/templates';
import { isBehindCode } from './dispatch.ts';
import type { Draft } from './draft.ts';

/** The mail that announces a delivery behind a code; null for a plain mail. */
export function noticeFor(
  of: Pick<Draft, 'service' | 'serviceDays' | 'senderHidden' | 'company' | 'documents' | 'language'>,
) {
  const { service, serviceDays: days, senderHidden, company, documents, language } = of;
  if (!isBehindCode(service)) return null;
  const document = documents.map((one) => one.number ?? one.fileName).join(', ');
  const { subject, text } = noticeText(language, {
    service,
    company: company.name,
    document,
    days,
    senderHidden,
  });
  return { subject, html: htmlFromPlainText(text) };
}
