import { compile } from 'html-to-text';
import { footLines, type LetterParts, recordedModes, summaries } from './letter.ts';
import { letterTexts } from './letter-texts.ts';
import { onlyFor, WITHDRAW_URL_PLACEHOLDER, withoutMarks } from './links.ts';
import { splitBody } from './split-body.ts';

/** The same letter as plain text, with CRLF-free line ends (`\n`) and the placeholders that `withLinks` fills. */
export function letterText(parts: LetterParts): string {
  const t = letterTexts(parts.language);
  const { before, after } = splitBody(parts.bodyHtml);
  const documents = summaries(parts).map(({ title, amount, due, button, url }) =>
    [
      title,
      [amount && `${amount.amount}\u00a0${amount.currency}`, due].filter((part) => part !== null).join(', '),
      url && `${button}: ${url}`,
    ]
      .filter((line) => line)
      .join('\n'),
  );
  const recorded = recordedModes(parts.tracking).map((mode) =>
    onlyFor(mode, `\n${t(`recorded.${mode}`)}\n${t('whatIsRecorded')}: ${WITHDRAW_URL_PLACEHOLDER}`),
  );
  const foot = footLines(parts).map(withoutMarks).join('\n') + recorded.join('');
  return `${[plain(before), ...documents.map(withoutMarks), plain(after), `--\n${foot}`].filter((part) => part !== '').join('\n\n')}\n`;
}

/** The text of a letter for where no HTML is shown; the marks of the documents' place are left out. */
export function plainText(bodyHtml: string): string {
  const { before, after } = splitBody(bodyHtml);
  return [plain(before), plain(after)].filter((part) => part !== '').join('\n\n');
}

/** RFC 5322 §2.1.1 recommends lines of 78 characters at most; addresses are not broken. */
const toText = compile({
  wordwrap: 76,
  selectors: [
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['<', '>'] } },
    ...['h1', 'h2', 'h3'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
});

function plain(html: string): string {
  return withoutMarks(toText(html).trim());
}
