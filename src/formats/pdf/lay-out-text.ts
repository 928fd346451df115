/** A piece of text as pdf.js gives it: `transform` holds the place of its start in points, from the page's lower left. */
type TextItem = {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
};
type Piece = {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly end: number;
  readonly size: number;
};

/**
 * Puts the pieces of a page's text into lines as they stand on the page, top to bottom, left to right. A gap wider than
 * a few letters becomes a tab, so that columns can be told apart.
 */
export function layOutText(items: readonly unknown[]): string {
  const pieces = items.flatMap(pieceOf);
  const byHeight = pieces.sort((a, b) => b.y - a.y);
  const lines: Piece[][] = [];
  for (const piece of byHeight) {
    const line = lines.at(-1);
    // Letters of different sizes share a baseline only roughly.
    if (line && line[0]!.y - piece.y < Math.max(2, Math.min(line[0]!.size, piece.size) * 0.4))
      line.push(piece);
    else lines.push([piece]);
  }
  return lines.map(joinLine).join('\n');
}

function pieceOf(item: unknown): Piece[] {
  const { str, transform, width, height } = item as Partial<TextItem>;
  if (typeof str !== 'string' || str === '' || !transform) return [];
  const [, , , , x = 0, y = 0] = transform;
  const size = height || Math.abs(transform[3] ?? 0) || 10;
  return [{ text: str, x, y, end: x + (width ?? 0), size }];
}

function joinLine(line: Piece[]): string {
  let text = '';
  let end = Number.NEGATIVE_INFINITY;
  for (const piece of line.sort((a, b) => a.x - b.x)) {
    const gap = piece.x - end;
    const isSpace = piece.text.trim() === '';
    // pdf.js tells where it sees a space; a wide one parts columns.
    if (isSpace && piece.end - piece.x < piece.size * 1.2) text += ' ';
    if (isSpace) continue;
    if (text !== '') text += gap > piece.size * 1.2 ? '\t' : gap > piece.size * 0.3 ? ' ' : '';
    text += piece.text;
    end = Math.max(end, piece.end);
  }
  return text
    .replace(/ *\t */g, '\t')
    .replace(/[^\S\t]+/g, ' ')
    .trim();
}
