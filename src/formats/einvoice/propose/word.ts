/**
 * A pattern for words that stand before facts on documents in English, French, Italian, Romanian, German and Dutch: any of the
 * alternatives as whole words. Matched against one cell of text at a time.
 */
export const word = (...alternatives: readonly string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\d])(?:${alternatives.join('|')})(?![\\p{L}])`, 'iu');
