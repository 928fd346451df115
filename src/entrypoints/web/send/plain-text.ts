const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: '\u00A0',
};

/** Cleaned HTML as the editor needs it: its blocks have no gap between them, so paragraphs become empty lines of one block. */
export function editorHtml(html: string): string {
  const joined = html.replace(/<\/p>\s*<p>/g, '<br /><br />');
  return joined.replace(/<(\/?)p>/g, '<$1div>');
}

/** Cleaned HTML of a letter as plain text for a textarea: paragraphs by empty lines, list items by dashes. */
export function plainText(html: string): string {
  return html
    .replace(/\s*\n\s*/g, ' ')
    .replace(/<br\s*\/?>\s*/g, '\n')
    .replace(/<li>/g, '- ')
    .replace(/<\/li>/g, '\n')
    .replace(/<\/(p|div|h[1-3]|ul|ol|blockquote|pre)>\s*/g, '\n\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
