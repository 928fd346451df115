import sanitizeHtml from 'sanitize-html';
import { maximumTextLength } from './text.ts';

/** What the editor makes, and what mail programs all show. */
const allowedTags = [
  'p',
  'div',
  'br',
  'strong',
  'b',
  'em',
  'i',
  'u',
  'del',
  's',
  'a',
  'ul',
  'ol',
  'li',
  'blockquote',
  'h1',
  'h2',
  'h3',
  'pre',
];

/**
 * Makes rich text of a user safe for a mail and for our pages: paragraphs, lists, headings, emphasis and links stay, and
 * links keep the address that was typed; scripts, styles, images, forms, comments and other addresses than http, https,
 * mailto and tel go. Throws on more than `maximumTextLength` characters: the edge refuses those.
 */
export function sanitiseLetter(html: string): string {
  if (html.length > maximumTextLength)
    throw new RangeError(`A letter may have ${maximumTextLength} characters at most.`);
  return sanitizeHtml(html, {
    allowedTags,
    allowedAttributes: { a: ['href'] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    nonTextTags: [
      'script',
      'style',
      'textarea',
      'option',
      'noscript',
      'title',
      'figure',
      'svg',
      'math',
      'template',
    ],
    nestingLimit: 30,
  }).trim();
}

/** Plain text of a program as such HTML: an empty line begins a paragraph, other line ends stay. */
export function htmlFromPlainText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br />')}</p>`)
    .join('');
}

/** Text as HTML content or attribute value. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
