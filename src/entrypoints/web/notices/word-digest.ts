import { makeFormat } from '#base/language';
import type { Digest, DigestNeeds } from '#domain/notices';
import { escapeHtml } from '#domain/templates';
import { inCompany } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { type NoticeModel, noticeTitle, noticeWhy, type Words } from '../screens/notice-words.ts';
import { staffTexts } from '../texts/index.ts';
import { noticeModels } from './notice-models.ts';

type Needs = Pick<WebNeeds, 'database' | 'publicUrl' | 'portalUrl' | 'clock'>;

/** So many are told in full; a mail with more is not read. */
const mostTold = 30;

/** Makes what puts a digest into the words of its reader: the same sentences as on the screen of notices, each with a link to it. */
export function makeWordDigest(needs: Needs): DigestNeeds['wordDigest'] {
  return async (digest, checkpoint) => {
    const { company, user, notices } = digest;
    const { language } = user;
    const { country, timeZone: zone } = company;
    const words: Words = {
      t: staffTexts(language),
      language,
      format: makeFormat({ language, country, zone, now: needs.clock() }),
    };
    const models = await inCompany(needs.database, company.id, (tx) =>
      noticeModels(tx, { view: words, companyId: company.id }, notices.slice(0, mostTold)),
    );
    const lines = linesOf(words, needs, digest, models);
    const proof = checkpoint ? { note: checkpoint, url: `${needs.portalUrl}/log/checkpoint` } : null;
    return {
      subject: lines.subject,
      text: plain(words, lines, proof),
      html: html(words, lines, proof),
    };
  };
}

interface Lines {
  readonly subject: string;
  readonly intro: string;
  readonly items: readonly {
    readonly title: string;
    readonly why: string;
    readonly at: string;
    readonly url: string;
  }[];
  readonly more: string;
  readonly settingsUrl: string;
}

type Proof = { readonly note: string; readonly url: string } | null;

function linesOf(
  words: Words,
  { publicUrl }: Needs,
  { company, notices }: Digest,
  models: readonly NoticeModel[],
): Lines {
  const { t, format } = words;
  const count = notices.length;
  const items = models.map((model) => ({
    title: noticeTitle(words, model),
    why: noticeWhy(words, model),
    at: format.dateTime(model.at),
    url: `${publicUrl}${paths.notice(model.id)}`,
  }));
  const rest = count - items.length;
  return {
    subject: t('digest.subject', { count, company: company.name, first: items[0]?.title ?? '' }).slice(
      0,
      200,
    ),
    intro: t('digest.intro', { count, company: company.name }),
    items,
    more: rest > 0 ? t('digest.more', { count: rest }) : '',
    settingsUrl: `${publicUrl}${paths.settingsProfile}#digest`,
  };
}

function plain({ t }: Words, lines: Lines, proof: Proof): string {
  const items = lines.items.map(({ title, why, at, url }) => `* ${title}\n  ${why}\n  ${at}\n  ${url}`);
  return [
    lines.intro,
    ...items,
    lines.more,
    `${t('digest.settings')}\n${lines.settingsUrl}`,
    proof ? `-- \n${t('digest.checkpoint')}\n${proof.url}\n\n${proof.note.trimEnd()}` : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

const muted = 'color:#6b665c;font-size:13px;line-height:20px';

function html({ t, language }: Words, lines: Lines, proof: Proof): string {
  const items = lines.items.map(
    ({ title, why, at, url }) =>
      `<div style="border-left:3px solid #b3532f;padding:2px 0 2px 14px;margin:0 0 20px"><p style="margin:0 0 4px;font-weight:600">${escapeHtml(title)}</p><p style="margin:0 0 4px">${escapeHtml(why)}</p><p style="margin:0;${muted}">${escapeHtml(at)} · <a href="${escapeHtml(url)}" style="color:#1f4a3a">${escapeHtml(t('digest.see'))}</a></p></div>`,
  );
  const foot = `<p style="margin:24px 0 0;${muted}">${escapeHtml(t('digest.settings'))} <a href="${escapeHtml(lines.settingsUrl)}" style="color:#1f4a3a">${escapeHtml(t('profile.digest'))}</a></p>`;
  const log = proof
    ? `<p style="margin:24px 0 4px;${muted}">${escapeHtml(t('digest.checkpoint'))} <a href="${escapeHtml(proof.url)}" style="color:#1f4a3a">${escapeHtml(proof.url)}</a></p><pre style="margin:0;white-space:pre-wrap;word-break:break-all;${muted};font-family:monospace">${escapeHtml(proof.note.trimEnd())}</pre>`
    : '';
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light"><title>${escapeHtml(lines.subject)}</title></head>
<body style="margin:0;padding:24px 12px;background:#f5f3ed;color:#1d1c19;font-family:system-ui,-apple-system,'Segoe UI',sans-serif;font-size:16px;line-height:24px">
<div style="max-width:600px;margin:0 auto;background:#ffffff;border:1px solid #e5e1d8;padding:28px 32px">
<p style="margin:0 0 20px">${escapeHtml(lines.intro)}</p>
${items.join('\n')}
${lines.more ? `<p style="margin:0 0 20px">${escapeHtml(lines.more)}</p>` : ''}
${foot}
${log}
</div></body></html>
`;
}
