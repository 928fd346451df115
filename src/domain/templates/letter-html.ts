import { type DocumentSummary, footLines, type LetterParts, recordedModes, summaries } from './letter.ts';
import { letterTexts } from './letter-texts.ts';
import { onlyFor, PIXEL_URL_PLACEHOLDER, PORTAL_URL_PLACEHOLDER, WITHDRAW_URL_PLACEHOLDER } from './links.ts';
import { type LetterColors, lookColors } from './look.ts';
import { escapeHtml } from './sanitise-letter.ts';
import { splitBody } from './split-body.ts';

/**
 * The letter as HTML for all mail programs: tables and inline styles, which Outlook and Gmail keep; the style sheet only
 * adds the dark look and narrow screens. Complete without pictures. It holds the placeholders that `withLinks` fills.
 */
export function letterHtml(parts: LetterParts): string {
  const colors = lookColors(parts.look.brandColor);
  const { before, after } = splitBody(parts.bodyHtml);
  const rows = [
    head(parts, colors),
    textRow(before, colors),
    ...summaries(parts).flatMap((summary) => [summaryRow(summary), buttonRow(summary, colors)]),
    textRow(after, colors),
    foot(parts),
  ];
  return `<!doctype html>
<html lang="${parts.language}" xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(parts.subject)}</title>
<style>
${styleSheet(colors)}
</style>
</head>
<body class="bg" style="margin:0;padding:0;background:#f5f3ed;-webkit-text-size-adjust:100%">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(preview(parts))}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="bg" style="background:#f5f3ed"><tr><td align="center" style="padding:24px 12px">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="card" style="max-width:600px;text-align:left;background:#ffffff;border:1px solid #e5e1d8;border-top:4px solid ${colors.button};font-family:${sans}">
${rows.filter((row) => row !== '').join('\n')}
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>${parts.tracking === 'full' ? onlyFor('full', pixel) : ''}
</body>
</html>
`;
}

const sans = "-apple-system,'Segoe UI',Roboto,Inter,Helvetica,Arial,sans-serif";
const serif = "Charter,'Charis SIL',Cambria,Georgia,serif";

const pixel = `<img src="${PIXEL_URL_PLACEHOLDER}" width="1" height="1" alt="" style="display:block;width:1px;height:1px;border:0">`;

/** Only improves: a program that drops it shows the letter on white. `data-ogsc` is what Outlook on the web rewrites to. */
function styleSheet({ darkBrand, onDarkBrand }: LetterColors): string {
  return `:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 37.5em) { .pad { padding-left: 20px !important; padding-right: 20px !important; } .full { width: 100% !important; } .stack { display: block !important; padding-bottom: 0 !important; text-align: left !important; } }
@media (prefers-color-scheme: dark) {
  .bg { background: #181715 !important; } .card { background: #201f1c !important; border-color: ${darkBrand} #3a3833 #3a3833 !important; }
  .ink { color: #ece9e2 !important; } .soft { color: #b5b0a6 !important; } .rule { border-color: #3a3833 !important; }
  .brand { color: ${darkBrand} !important; } .btn td { background: ${darkBrand} !important; } .btn a { color: ${onDarkBrand} !important; }
}
[data-ogsc] .ink { color: #ece9e2 !important; } [data-ogsc] .soft { color: #b5b0a6 !important; } [data-ogsc] .brand { color: ${darkBrand} !important; }`;
}

/** What lists of mails show behind the subject. */
function preview(parts: LetterParts): string {
  const all = summaries(parts);
  const only = all.length === 1 ? all[0] : undefined;
  if (!only) return parts.format.list(all.map((one) => one.title));
  const amount = only.amount && `${only.amount.amount}\u00a0${only.amount.currency}`;
  return [only.title, amount, only.due].filter((part) => part !== null).join(', ');
}

function head({ look }: LetterParts, { brand }: LetterColors): string {
  const name = escapeHtml(look.companyName);
  const shown = look.logoUrl
    ? `<img src="${escapeHtml(look.logoUrl)}" height="40" alt="${name}" style="display:block;height:40px;max-width:100%;border:0">`
    : name;
  return `<tr><td class="pad brand" style="padding:24px 36px 0;font-family:${serif};font-size:22px;line-height:28px;color:${brand}">${shown}</td></tr>`;
}

function textRow(html: string, colors: LetterColors): string {
  if (html === '') return '';
  return `<tr><td class="pad ink" style="padding:22px 36px 0;font-size:16px;line-height:25px;color:#1d1c19">${styled(html, colors)}</td></tr>`;
}

/** Gives the user's elements the inline styles that programs without style sheets need; the last paragraph has no gap. */
function styled(html: string, { brand }: LetterColors): string {
  const styles: Readonly<Record<string, string>> = {
    p: 'margin:0 0 16px',
    h1: 'margin:0 0 12px;font-size:20px;line-height:28px',
    h2: 'margin:0 0 12px;font-size:18px;line-height:26px',
    h3: 'margin:0 0 12px;font-size:16px;line-height:25px',
    ul: 'margin:0 0 16px;padding:0 0 0 24px',
    ol: 'margin:0 0 16px;padding:0 0 0 24px',
    blockquote: 'margin:0 0 16px;padding:0 0 0 14px;border-left:3px solid #e5e1d8',
    pre: 'margin:0 0 16px;white-space:pre-wrap;font-family:monospace;font-size:14px',
  };
  return html
    .replace(
      /<(p|h[1-3]|ul|ol|blockquote|pre)>/g,
      (_tag, name: string) => `<${name} style="${styles[name]}">`,
    )
    .replace(/<a(?= |>)/g, `<a class="brand" style="color:${brand}"`)
    .replace(/<p style="[^"]*">((?:(?!<p )[\s\S])*)<\/p>$/, '<p style="margin:0">$1</p>');
}

function summaryRow({ title, amount, due }: DocumentSummary): string {
  const small = 'font-size:14px;line-height:20px;color:#5a564f';
  const pad = amount ? '12px 0 2px' : '12px 0';
  const big = amount
    ? `<tr><td colspan="2" class="ink" style="padding:0 0 12px;font-family:${serif};font-size:30px;line-height:36px;color:#1d1c19">${escapeHtml(amount.amount)} <span style="font-size:16px">${escapeHtml(amount.currency)}</span></td></tr>`
    : '';
  return `<tr><td class="pad" style="padding:22px 36px 0"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="rule" style="border-top:1px solid #e5e1d8;border-bottom:1px solid #e5e1d8"><tr><td class="soft stack" style="padding:${pad};${small}">${escapeHtml(title)}</td><td class="soft stack" align="right" style="padding:${pad};${small}">${escapeHtml(due ?? '')}</td></tr>${big}</table></td></tr>`;
}

function buttonRow({ button, url }: DocumentSummary, { button: color, onButton }: LetterColors): string {
  if (url === null) return '';
  return `<tr><td class="pad" style="padding:22px 36px 0"><table role="presentation" cellpadding="0" cellspacing="0" border="0" class="btn full"><tr><td bgcolor="${color}" style="background:${color};border-radius:5px;text-align:center"><a href="${url}" style="display:block;padding:13px 26px;font-size:16px;line-height:22px;font-weight:600;color:${onButton};text-decoration:none">${escapeHtml(button)}</a></td></tr></table></td></tr>`;
}

function foot(parts: LetterParts): string {
  const t = letterTexts(parts.language);
  const link = (url: string, words: string, more = ''): string =>
    `<a href="${url}" class="soft" style="color:#5a564f${more}">${words}</a>`;
  const buttonFails = t
    .parts<string>('buttonFails', {
      url: PORTAL_URL_PLACEHOLDER,
      a: (inside) => link(PORTAL_URL_PLACEHOLDER, inside.join(''), ';word-break:break-all'),
    })
    .join('');
  const recorded = recordedModes(parts.tracking).map((mode) =>
    onlyFor(
      mode,
      `<br>${escapeHtml(t(`recorded.${mode}`))} ${link(WITHDRAW_URL_PLACEHOLDER, escapeHtml(t('whatIsRecorded')))}`,
    ),
  );
  const lines = [...footLines(parts).map(escapeHtml), ...(parts.linked ? [buttonFails] : [])];
  return `<tr><td class="pad" style="padding:26px 36px 24px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="rule" style="border-top:1px solid #e5e1d8"><tr><td class="soft" style="padding:12px 0 0;font-size:13px;line-height:20px;color:#5a564f">${lines.join('<br>')}${recorded.join('')}</td></tr></table></td></tr>`;
}
