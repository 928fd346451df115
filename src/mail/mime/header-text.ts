import { controlCharacter, encodeWords, isPlainHeaderText } from '#mail/address';

// RFC 5322 §2.1.1: lines should not pass 78 and must not pass 998 characters; RFC 2047 §2 says 76 for encoded words.
const foldAt = 76;
/** A longer run without a blank could not be folded within 998. */
const maxPlainWord = 900;
const everyControlCharacter = new RegExp(controlCharacter.source, 'g');
/** A word with the quoted text in it: quoted names are not folded, some readers would keep the line end. */
const listWord = /(?:"(?:[^"\\]|\\.)*"|[^ "])+/g;

/** The text with line ends and every other control as a blank: nothing in it can start a header of its own. */
export function oneLine(text: string): string {
  return (controlCharacter.test(text) ? text.replace(everyControlCharacter, ' ') : text).trim();
}

/** A header line of free text with its CRLF: as it is where it is plain ASCII, in encoded words elsewhere; folded. */
export function textHeader(name: string, value: string): string {
  const clean = oneLine(value);
  const words = clean.split(' ');
  const isPlain =
    isPlainHeaderText(clean) && words.every((word) => word !== '' && word.length <= maxPlainWord);
  return foldHeader(name, isPlain ? words : encodeWords(clean).split(' '));
}

/** A header line of ready items (mailboxes, ids) with its CRLF, folded between words but never inside quotes. */
export function listHeader(name: string, items: readonly string[], separator: ',' | ''): string {
  return foldHeader(name, items.join(`${separator} `).match(listWord) ?? []);
}

function foldHeader(name: string, words: readonly string[]): string {
  let folded = `${name}:`;
  let used = folded.length;
  for (const [index, word] of words.entries()) {
    // The first word stays beside the name: a line of blanks only is an obsolete form (RFC 5322 §3.2.2).
    const breaks = index > 0 && used + 1 + word.length > foldAt;
    folded += breaks ? `\r\n ${word}` : ` ${word}`;
    used = breaks ? 1 + word.length : used + 1 + word.length;
  }
  return `${folded}\r\n`;
}
