import { type Mailbox, needsSmtpUtf8 } from './address.ts';
import { type AddressOptions, type AddressReason, checkAddress, controlCharacter } from './check-address.ts';
import { readWords, unquote, type Words } from './read-words.ts';
import { type ListEntry, splitList } from './split-list.ts';

export type ParsedMailbox = Mailbox & {
  /** The local part is not ASCII: only servers with SMTPUTF8 take it (RFC 6531). */
  readonly needsSmtpUtf8: boolean;
};
export type AddressProblem = { readonly text: string; readonly reason: AddressReason };
export type ParsedAddressList = {
  readonly ok: boolean;
  readonly addresses: readonly ParsedMailbox[];
  readonly problems: readonly AddressProblem[];
};
export type ParsedAddress =
  | { readonly ok: true; readonly address: ParsedMailbox }
  | { readonly ok: false; readonly reason: AddressReason };

/** Ten thousand addresses with names fill about half of it; more is not a list of recipients. */
const maxListCharacters = 1_000_000;
const maxEntries = 10_000;
/** Longer names come from pasted paragraphs, not from people. */
const maxNameCharacters = 300;
/** Room for the longest name, the longest address and their quoting. */
const maxEntryCharacters = 2000;
const shownCharacters = 200;
const everyControlCharacter = new RegExp(controlCharacter.source, 'g');

/**
 * Reads what people type or paste as recipients: separated by comma, semicolon, line end, or by blanks between bare
 * addresses; `Name <a@b.c>`, `"Name, Ltd" <a@b.c>`, `Surname, Name <a@b.c>`, `a@b.c (Name)`, `mailto:a@b.c`.
 * What cannot be read comes back in `problems` with its reason; nothing is dropped in silence. `ok` means that
 * there is at least one address and no problem. Repeated addresses stay repeated.
 */
export function parseAddressList(text: string, options: AddressOptions = {}): ParsedAddressList {
  if (text.length > maxListCharacters) return refuse(text, 'too_long');
  const entries = splitList(cleanPasted(text)).filter((entry) => entry.text !== '');
  if (entries.length > maxEntries) return refuse(text, 'too_long');
  const addresses: ParsedMailbox[] = [];
  const problems: AddressProblem[] = [];
  for (const entry of joinSurnames(entries)) {
    for (const piece of entryPieces(entry)) {
      const read = readPiece(piece, options);
      if (read.ok) addresses.push(read.address);
      else problems.push({ text: shown(piece.text), reason: read.reason });
    }
  }
  if (addresses.length === 0 && problems.length === 0) return refuse(text, 'empty');
  return { ok: problems.length === 0, addresses, problems };
}

/** Reads exactly one address, with or without a name; a list, a line end or anything else around it is refused. */
export function parseAddress(text: string, options: AddressOptions = {}): ParsedAddress {
  if (controlCharacter.test(text.trim())) return { ok: false, reason: 'control_character' };
  const { addresses, problems } = parseAddressList(text, options);
  const [problem] = problems;
  if (problem) return { ok: false, reason: problem.reason };
  const [first, second] = addresses;
  if (!first) return { ok: false, reason: 'empty' };
  return second ? { ok: false, reason: 'bad_local' } : { ok: true, address: first };
}

function refuse(text: string, reason: AddressReason): ParsedAddressList {
  return { ok: false, addresses: [], problems: [{ text: shown(text), reason }] };
}

/** Drops what comes along unseen when text is copied from web pages and spreadsheets; tabs separate there. */
function cleanPasted(text: string): string {
  return text
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]/g, '')
    .replace(/[\t\u00a0\u3000]/g, ' ');
}

/** Outlook writes `Muster, Anna <anna@…>` without quotes: a lone comma piece before a named address is its surname. */
function joinSurnames(entries: readonly ListEntry[]): readonly string[] {
  const joined: string[] = [];
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i];
    const next = entries[i + 1];
    if (!entry) continue;
    const isSurname =
      entry.endedBy === ',' &&
      /^[\p{L}\p{M} .'’-]+$/u.test(entry.text) &&
      /^[^<@,"]+<[^<>]+>$/.test(next?.text ?? '');
    if (isSurname && next) {
      joined.push(
        `"${entry.text}, ${next.text.slice(0, next.text.indexOf('<')).trim()}" ${next.text.slice(next.text.indexOf('<'))}`,
      );
      i++;
    } else joined.push(entry.text);
  }
  return joined;
}

type Piece = { readonly text: string; readonly words: Words };

/** `a@b.c d@e.f`: bare addresses that only blanks separate are pieces of their own. */
function entryPieces(text: string): readonly Piece[] {
  const words = readWords(text);
  const isRow =
    words.angle === undefined && words.plain.length > 1 && words.plain.every((word) => word.includes('@'));
  return isRow
    ? words.plain.map((word) => ({ text: word, words: { plain: [word], comments: [], angle: undefined } }))
    : [{ text, words }];
}

function readPiece({ text, words }: Piece, options: AddressOptions): ParsedAddress {
  if (text.length > maxEntryCharacters) return { ok: false, reason: 'too_long' };
  if (controlCharacter.test(text)) return { ok: false, reason: 'control_character' };
  const last = words.plain[words.plain.length - 1] ?? '';
  const bare = words.angle ?? last;
  const before = words.angle === undefined ? words.plain.slice(0, -1).join(' ') : (words.nameText ?? '');
  if (words.angle === undefined && !last.includes('@')) {
    return { ok: false, reason: text.includes('@') ? 'bad_domain' : 'missing_at' };
  }
  if (words.angle === undefined && /[@<>:[\]\\]/.test(unquote(before)))
    return { ok: false, reason: 'bad_local' };
  const address = bareAddress(bare);
  const checked = checkAddress(address, options);
  if (!checked.ok) return checked;
  const name = cleanName(before, words.comments, address);
  if (name.length > maxNameCharacters) return { ok: false, reason: 'too_long' };
  return { ok: true, address: { name, address, needsSmtpUtf8: needsSmtpUtf8(address) } };
}

/** Takes off what surrounds a copied address: `mailto:`, single quotes, the full stop of its sentence. */
function bareAddress(text: string): string {
  const trimmed = text
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/\.$/, '');
  return /^'[^']*'$/.test(trimmed) ? trimmed.slice(1, -1) : trimmed;
}

function cleanName(before: string, comments: readonly string[], address: string): string {
  const name = unquote(before).replace(/\s+/g, ' ').trim();
  const bare = /^'.*'$/.test(name) ? name.slice(1, -1).trim() : name;
  const chosen = bare === '' ? comments.join(' ').replace(/\s+/g, ' ').trim() : bare;
  return chosen === address ? '' : chosen.replace(/\p{Cs}/gu, '\ufffd');
}

function shown(text: string): string {
  return text.slice(0, shownCharacters).replace(everyControlCharacter, ' ').trim();
}
