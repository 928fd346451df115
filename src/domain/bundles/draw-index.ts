import { stringify } from 'csv-stringify/sync';
import { type ProofWords, proofWordsIn, utcTime, wordKnown } from '#domain/proofs';
import { escapeHtml } from '#domain/templates';
import type { Bundle, BundleFile } from './bundle.ts';

/** The list of what lies in a bundle, as a page that any browser shows without a network. */
export function indexHtml(bundle: Bundle, files: readonly BundleFile[], portalUrl: string): string {
  const t = proofWordsIn(bundle.language);
  const rows = files.map((file) => htmlRow(cellsOf(t, file), file)).join('\n');
  const heads = headsOf(t)
    .map((head) => `<th scope="col">${escapeHtml(head)}</th>`)
    .join('');
  return `<!doctype html>
<html lang="${bundle.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(t('index.title'))}</title>
<style>
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem; color: #1d2227; background: #fff; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid #d5d9dd; }
td:last-child { font: 11px/1.4 ui-monospace, monospace; word-break: break-all; min-width: 12rem; }
ul { margin: 0; padding: 0; list-style: none; }
</style>
</head>
<body>
<h1>${escapeHtml(t('index.title'))}</h1>
<p>${escapeHtml(t('index.line', { count: files.length, time: utcTime(bundle.createdAt) }))}</p>
<p>${escapeHtml(t('index.check', { url: `${portalUrl}/verify` }))}</p>
<table>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows}
</tbody>
</table>
</body>
</html>
`;
}

/** The same list for spreadsheets; what would be a formula there is text. The byte order mark is for Excel. */
export function indexCsv(bundle: Bundle, files: readonly BundleFile[]): string {
  const t = proofWordsIn(bundle.language);
  const lines = files.map((file) =>
    cellsOf(t, file).map((cell) => (typeof cell === 'string' ? cell : cell.join('\n'))),
  );
  return stringify([headsOf(t), ...lines], { bom: true, escape_formulas: true, record_delimiter: 'windows' });
}

function headsOf(t: ProofWords): string[] {
  return [
    t('index.file'),
    t('fact.sentAt'),
    t('fact.document'),
    t('fact.subject'),
    t('fact.service'),
    t('index.recipients'),
    'SHA-256',
  ];
}

type Cell = string | readonly string[];

function cellsOf(t: ProofWords, { name, facts, sha256 }: BundleFile): Cell[] {
  if (!facts) return [name, t('index.failed'), '', '', '', '', ''];
  const { sentAt, documents, subject, service, recipients } = facts;
  return [
    name,
    utcTime(new Date(sentAt)),
    documents,
    subject,
    t(`service.${service}` as 'service.standard'),
    recipients.map((one) => `${one.address}: ${wordKnown(t, { service, ...one }).join('; ')}`),
    sha256 ?? '',
  ];
}

function htmlRow(cells: readonly Cell[], { name, facts }: BundleFile): string {
  const [, ...rest] = cells;
  const file = facts ? `<a href="${escapeHtml(name)}">${escapeHtml(name)}</a>` : escapeHtml(name);
  return `<tr><td>${file}</td>${rest.map((cell) => `<td>${htmlCell(cell)}</td>`).join('')}</tr>`;
}

function htmlCell(cell: Cell): string {
  return typeof cell === 'string'
    ? escapeHtml(cell)
    : `<ul>${cell.map((one) => `<li>${escapeHtml(one)}</li>`).join('')}</ul>`;
}
