import { newId } from '#base/ids';
import type { Language } from '#base/language';
import { queueHouseMail, type WrittenContent } from '#domain/housemail';
import { escapeHtml } from '#domain/templates';
import { asWorker } from '#stores/database';
import type { WebNeeds } from '../needs.ts';

/** A mail about somebody's account: some sentences, and perhaps one link. */
export interface AccountMail {
  readonly companyId: string;
  readonly address: string;
  readonly language: Language;
  readonly subject: string;
  readonly sentences: readonly string[];
  readonly link: { readonly text: string; readonly url: string } | null;
}

/** Queues it; it leaves within seconds. The text, and a link in it, are forgotten when it has left. */
export async function mailAccount(
  { database, clock }: Pick<WebNeeds, 'database' | 'clock'>,
  mail: AccountMail,
): Promise<void> {
  const now = clock();
  await asWorker(database, (tx) =>
    queueHouseMail(tx, {
      id: newId('houseMail', now),
      companyId: mail.companyId,
      address: mail.address,
      messageId: null,
      createdAt: now,
      content: { kind: 'account', ...writeAccountMail(mail) },
    }),
  );
}

/** The mail as text and as a page. */
export function writeAccountMail(mail: Written): WrittenContent {
  return { subject: mail.subject, text: plain(mail), html: html(mail) };
}

type Written = Omit<AccountMail, 'companyId' | 'address'>;

function plain({ sentences, link }: Written): string {
  return `${[...sentences, ...(link ? [`${link.text}:\n${link.url}`] : [])].join('\n\n')}\n`;
}

function html({ language, subject, sentences, link }: Written): string {
  const paragraphs = sentences.map((one) => `<p style="margin:0 0 16px">${escapeHtml(one)}</p>`);
  const button = link
    ? `<p style="margin:24px 0 8px"><a href="${escapeHtml(link.url)}" style="color:#1f4a3a;font-weight:600">${escapeHtml(link.text)}</a></p>`
    : '';
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px 12px;background:#f5f3ed;color:#1d1c19;font-family:system-ui,-apple-system,'Segoe UI',sans-serif;font-size:16px;line-height:24px">
<div style="max-width:600px;margin:0 auto;background:#ffffff;border:1px solid #e5e1d8;padding:28px 32px">
${paragraphs.join('\n')}
${button}
</div></body></html>
`;
}
