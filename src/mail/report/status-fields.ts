/** Fields of one block, by lower-case name; the first of a name counts. A Map, since names come from outside. */
export type Fields = ReadonlyMap<string, string>;

const fieldLine = /^\s{0,3}([A-Za-z][A-Za-z0-9-]{0,60})\s{0,3}:(.*)$/;
const maxBlocks = 2000; // more recipients than any server takes in one mail (RFC 5321 §4.5.3.1.8 asks for 100)

/**
 * Reads the blocks of fields of a machine-readable report (RFC 3464 §2.1, RFC 5965 §3, RFC 8098 §3.1): unfolds, takes
 * both line ends, and begins a new block at a blank line or where a name that may stand once per recipient comes
 * again. Lines that are no fields are left out.
 */
export function readFields(text: string): readonly Fields[] {
  const blocks: Map<string, string>[] = [];
  let block = new Map<string, string>();
  let last = '';
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line.trim() === '') {
      if (block.size > 0) blocks.push(block);
      if (blocks.length >= maxBlocks) return blocks;
      [block, last] = [new Map(), ''];
      continue;
    }
    const found = fieldLine.exec(line);
    if (found && !(last !== '' && /^[ \t]/.test(line) && !knownField(found[1]))) {
      const name = (found[1] ?? '').toLowerCase();
      if (beginsRecipient(block, name)) {
        blocks.push(block);
        block = new Map();
      }
      if (!block.has(name)) block.set(name, (found[2] ?? '').trim());
      last = name;
    } else if (last !== '' && /^[ \t]/.test(line)) {
      block.set(last, unfold(block.get(last) ?? '', line));
    }
  }
  if (block.size > 0) blocks.push(block);
  return blocks;
}

const known: ReadonlySet<string> = new Set([
  'original-recipient',
  'final-recipient',
  'action',
  'status',
  'diagnostic-code',
  'remote-mta',
  'last-attempt-date',
]);
const knownField = (name: string | undefined): boolean => known.has((name ?? '').toLowerCase());

const beginsRecipient = (block: ReadonlyMap<string, string>, name: string): boolean =>
  (name === 'final-recipient' && block.has('final-recipient')) ||
  (name === 'original-recipient' && block.has('original-recipient'));

/** Domino folds inside words, so the blank is its own; everybody else's belongs to the text (RFC 5322 §2.2.3). */
function unfold(value: string, line: string): string {
  if (value.length > 4000) return value;
  return /^x-notes\s*;/i.test(value) ? value + line.slice(1) : `${value} ${line.trim()}`;
}

/**
 * The address of a `type; address` field (RFC 3464 §2.1.2), decoded from xtext (RFC 3461 §4) or utf-8-addr-xtext
 * (RFC 6533 §3), or undefined when there is none in it.
 */
export function readTypedAddress(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const cut = /^\s*([\w-]{1,30})\s*;(.*)$/.exec(value);
  const type = (cut?.[1] ?? '').toLowerCase();
  const raw = bareAddress(cut?.[2] ?? value);
  const address = type === 'utf-8' ? decodeUtf8Address(raw) : decodeXtext(raw);
  return address.includes('@') || (address !== '' && type === 'x400') ? address : undefined;
}

function bareAddress(text: string): string {
  const trimmed = text.trim().slice(0, 512);
  const angled = /<([^<>]*@[^<>]*)>/.exec(trimmed);
  return (angled?.[1] ?? trimmed.replace(/^<|>$/g, '').replace(/\s+\([^()]*\)$/, '')).trim();
}

/** `+` and two hexadecimal digits stand for a character; a lone plus stays, as in `name+tag@…` written carelessly. */
function decodeXtext(text: string): string {
  return text.replace(/\+([0-9A-F]{2})/g, (whole, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return code === 0x2b || code === 0x3d ? String.fromCharCode(code) : whole;
  });
}

function decodeUtf8Address(text: string): string {
  return text.replace(/\\x\{([0-9A-Fa-f]{1,6})\}/g, (whole, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
      ? String.fromCodePoint(code)
      : whole;
  });
}
