/** Where in a text the documents stand, each with its amount, due date and button. Without it they follow the text. */
export const DOCUMENTS_PLACEHOLDER = '[[documents]]';

export interface SplitBody {
  readonly before: string;
  readonly after: string;
}

/**
 * Cuts cleaned HTML at the first documents placeholder, wherever it stands: elements that are open there are closed in the
 * first half and opened again in the second. Further placeholders are taken out.
 */
export function splitBody(html: string): SplitBody {
  const at = html.indexOf(DOCUMENTS_PLACEHOLDER);
  if (at < 0) return { before: html, after: '' };
  const head = html.slice(0, at);
  const rest = html.slice(at + DOCUMENTS_PLACEHOLDER.length).replaceAll(DOCUMENTS_PLACEHOLDER, '');
  const open = openTags(head);
  const closing = open
    .map((tag) => `</${tag.name}>`)
    .reverse()
    .join('');
  return {
    before: trimBlanks(head + closing),
    after: trimBlanks(open.map((tag) => tag.source).join('') + rest),
  };
}

interface OpenTag {
  readonly name: string;
  readonly source: string;
}

/** Cleaned HTML is well-formed and its attribute values hold no bare `>`, so that a pattern can read it. */
function openTags(html: string): OpenTag[] {
  const open: OpenTag[] = [];
  for (const [source, slash, name] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
    if (name === undefined || name === 'br') continue;
    if (slash === '/') open.pop();
    else open.push({ name, source });
  }
  return open;
}

/** Takes away empty lines and emptied elements at both ends, where the cut left them. */
function trimBlanks(html: string): string {
  let text = html;
  for (let before = ''; before !== text; ) {
    before = text;
    text = text
      .replace(/<(p|div|strong|em|blockquote|li|ul|ol|a|h1|pre)(?: [^>]*)?>(?:\s|&nbsp;|<br \/>)*<\/\1>/g, '')
      .replace(/^((?:<(?:p|div)>)*)(?:\s|&nbsp;|<br \/>)+/, '$1')
      .replace(/(?:\s|&nbsp;|<br \/>)+((?:<\/(?:p|div)>)*)$/, '$1');
  }
  return text;
}
