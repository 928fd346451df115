// RFC 2047 §2 allows words of 75 characters on lines of 76. These are kept at 63, so that a header name fits before the first.
const maxPayload = 51;
// RFC 2047 §5 (3): what may stand in a phrase as it is; everywhere else it is allowed too.
const qPlain = /^[A-Za-z0-9!*+/-]$/;

/**
 * Encodes a text of any characters as RFC 2047 words in UTF-8, separated by single blanks at which a header may be
 * folded; no character is cut in two. Takes Q where it stays readable and B where it is shorter.
 */
export function encodeWords(text: string): string {
  const plain = text.match(/[A-Za-z0-9 !*+/-]/g)?.length ?? 0;
  return plain * 2 >= text.length ? words(text, 'Q', qEncode, qLength) : words(text, 'B', bEncode, bLength);
}

/** Tells whether a text can stand in a header as it is: printable ASCII without anything that looks encoded. */
export function isPlainHeaderText(text: string): boolean {
  return /^[ -~]*$/.test(text) && !/=\?[^? ]*\?[bq]\?[^? ]*\?=/i.test(text);
}

function words(text: string, letter: string, encode: (part: string) => string, length: LengthOf): string {
  const encoded: string[] = [];
  let part = '';
  let used = 0;
  for (const character of text) {
    const octets = Buffer.byteLength(character);
    if (part !== '' && length(used, character, octets) > maxPayload) {
      encoded.push(`=?UTF-8?${letter}?${encode(part)}?=`);
      part = '';
      used = 0;
    }
    part += character;
    used = letter === 'B' ? used + octets : length(used, character, octets);
  }
  if (part !== '') encoded.push(`=?UTF-8?${letter}?${encode(part)}?=`);
  return encoded.join(' ');
}

/** Length of the payload when `character` is added to a part of which `used` is known. */
type LengthOf = (used: number, character: string, octets: number) => number;

function qLength(used: number, character: string, octets: number): number {
  return used + (character === ' ' || qPlain.test(character) ? 1 : 3 * octets);
}

function bLength(used: number, _character: string, octets: number): number {
  return Math.ceil((used + octets) / 3) * 4;
}

function qEncode(part: string): string {
  let out = '';
  for (const octet of Buffer.from(part)) {
    const character = String.fromCharCode(octet);
    if (octet === 0x20) out += '_';
    else if (qPlain.test(character)) out += character;
    else out += `=${octet < 16 ? '0' : ''}${octet.toString(16).toUpperCase()}`;
  }
  return out;
}

function bEncode(part: string): string {
  return Buffer.from(part).toString('base64');
}
