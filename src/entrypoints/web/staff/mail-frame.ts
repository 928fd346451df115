import type { Context } from 'hono';
import sanitizeHtml from 'sanitize-html';
import type { ReadMail } from '#mail/mime';

/**
 * Answers with a mail for a sandboxed frame of ours: it runs nothing, posts nothing, and its links open in a new tab. `imagesFrom`
 * are the origins that pictures may come from; none: an archived mail must not fetch our own pixel.
 */
export function answerMail(
  c: Context,
  mail: Pick<ReadMail, 'html' | 'text'>,
  imagesFrom: readonly string[],
): Response {
  c.header('Content-Security-Policy', framePolicy(imagesFrom));
  c.header('X-Frame-Options', 'SAMEORIGIN');
  c.header('Referrer-Policy', 'no-referrer');
  return c.html(
    mail.html === undefined ? textPage(mail.text ?? '') : `<!doctype html>${safeMailHtml(mail.html)}`,
  );
}

/** The frame's own policy says the sandbox once more: it holds also where somebody opens the address by itself. */
function framePolicy(imagesFrom: readonly string[]): string {
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'", // mails carry their styles inline; nothing else of theirs is let through
    `img-src data: ${imagesFrom.join(' ')}`.trim(),
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-popups allow-popups-to-escape-sandbox',
  ].join('; ');
}

const layout = [
  ...['html', 'head', 'body', 'style', 'table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th', 'caption'],
  ...['div', 'p', 'span', 'br', 'hr', 'img', 'a', 'center', 'font'],
];
const words = [
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code'],
  ...['b', 'strong', 'i', 'em', 'u', 's', 'del', 'small', 'sub', 'sup'],
];
const everywhere = [
  ...['style', 'class', 'id', 'lang', 'dir', 'title', 'role', 'hidden', 'aria-hidden', 'aria-label'],
  ...['align', 'valign', 'width', 'height', 'bgcolor', 'border', 'cellpadding', 'cellspacing'],
  ...['colspan', 'rowspan'],
];

/** What mails are made of stays; scripts, forms, frames, refreshes and event handlers go. */
export function safeMailHtml(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [...layout, ...words],
    allowVulnerableTags: true, // `style`: the frame's policy lets it fetch nothing but pictures of the named origins
    allowedAttributes: {
      '*': everywhere,
      a: ['href', 'target', 'rel'],
      img: ['src', 'alt'],
      font: ['color', 'size', 'face'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['http', 'https', 'data'] },
    allowProtocolRelative: false,
    nonTextTags: ['script', 'title', 'textarea', 'option', 'noscript', 'svg', 'math', 'template', 'object'],
    nestingLimit: 100,
    transformTags: {
      a: (tagName, attribs) => ({
        tagName,
        attribs: { ...attribs, target: '_blank', rel: 'noopener noreferrer' },
      }),
    },
  });
}

function textPage(text: string): string {
  const escaped = sanitizeHtml(text, { allowedTags: [], disallowedTagsMode: 'recursiveEscape' });
  return `<!doctype html><html><head><style>body{margin:24px}pre{white-space:pre-wrap;font:15px/1.5 sans-serif}</style></head><body><pre>${escaped}</pre></body></html>`;
}
