import { compareDecimals, type Document, openAmount, sumDecimals } from '#domain/documents';
import type { KnownEntry } from './bank-entry.ts';

export type MatchReason = 'number' | 'amount' | 'name' | 'part';

/** Documents that an entry may pay, and what speaks for it. */
export interface Match {
  readonly documentIds: readonly string[];
  readonly because: readonly MatchReason[];
  /** `sure`: number and amount agree. `likely`: two things do, or the number alone. `possible`: one thing does. */
  readonly certainty: 'sure' | 'likely' | 'possible';
}

export type Proposer = (entry: Pick<KnownEntry, 'amount' | 'currency' | 'name' | 'text'>) => Match[];

/** More than these would not help anybody to choose. */
const mostMatches = 5;

/**
 * Makes the function that proposes, for money that came in, which of the open documents it pays: by number, amount and name,
 * best first, at most five. It only proposes; a person confirms.
 */
export function makeProposer(open: readonly Document[]): Proposer {
  const candidates = open.map((document) => ({
    document,
    number: patternOf(document.number ?? ''),
    due: openAmount(document),
    words: wordsOf(document.buyerName ?? ''),
  }));
  return (entry) => {
    const said = entry.text.toUpperCase();
    const payer = new Set([...wordsOf(entry.name), ...wordsOf(entry.text)]);
    const fitting = candidates.filter(
      ({ document }) => !entry.currency || !document.currency || document.currency === entry.currency,
    );
    const named = fitting.filter(({ number }) => number?.test(said));
    const together = allTogether(named, entry.amount);
    const single = fitting.flatMap((candidate) =>
      matchOf(candidate, { isNumber: named.includes(candidate), payer, amount: entry.amount }),
    );
    return [...together, ...single].sort((a, b) => rank(a) - rank(b)).slice(0, mostMatches);
  };
}

interface Candidate {
  readonly document: Document;
  readonly number: RegExp | null;
  readonly due: string | null;
  readonly words: readonly string[];
}

/** Several invoices paid in one go: all their numbers are named, and what is open of them makes the amount. */
function allTogether(named: readonly Candidate[], amount: string): Match[] {
  if (named.length < 2 || named.some(({ due }) => due === null)) return [];
  const sum = sumDecimals(named.map(({ due }) => due ?? '0'));
  if (compareDecimals(sum, amount) !== 0) return [];
  const documentIds = named.map(({ document }) => document.id);
  return [{ documentIds, because: ['number', 'amount'], certainty: 'sure' }];
}

function matchOf(
  { document, due, words }: Candidate,
  entry: { isNumber: boolean; payer: ReadonlySet<string>; amount: string },
): Match[] {
  const order = due === null ? null : compareDecimals(entry.amount, due);
  const isName = words.length > 0 && words.every((word) => entry.payer.has(word));
  const because: MatchReason[] = [
    ...(entry.isNumber ? (['number'] as const) : []),
    ...(order === 0 ? (['amount'] as const) : []),
    ...(order !== null && order < 0 && (entry.isNumber || isName) ? (['part'] as const) : []),
    ...(isName ? (['name'] as const) : []),
  ];
  const known = because.filter((reason) => reason !== 'part');
  const worth = known.length === 0 || (known.length === 1 && known[0] === 'name' && order !== 0);
  if (worth) return [];
  const isSure = entry.isNumber && order === 0;
  const isLikely = entry.isNumber || known.length > 1;
  const certainty = isSure ? 'sure' : isLikely ? 'likely' : 'possible';
  return [{ documentIds: [document.id], because, certainty }];
}

function rank({ certainty, because }: Match): number {
  return { sure: 0, likely: 10, possible: 20 }[certainty] - because.length;
}

/** Shorter numbers stand in any text by chance. */
const shortestNumber = 4;

/**
 * What finds a number in a text: people write `2026-0321` as `2026/0321` or `20260321`, and a number inside a longer row of digits
 * is another number. null where it is too short to say anything.
 */
function patternOf(number: string): RegExp | null {
  const signs = [...(signsOf(number) ?? '')];
  if (signs.length === 0) return null;
  const [before, behind] = [
    /^\d/.test(signs[0] ?? '') ? '(?<!\\d)' : '',
    /\d/.test(signs.at(-1) ?? '') ? '(?!\\d)' : '',
  ];
  return new RegExp(`${before}${signs.join('[^\\p{L}\\p{N}]{0,2}')}${behind}`, 'u');
}

/** A number as it is found in any writing: its letters and digits. null where it is too short to say anything. */
export function signsOf(number: string): string | null {
  const signs = number.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
  return [...signs].length < shortestNumber || !/\d/.test(signs) ? null : signs;
}

/** Forms of companies say nothing about which one it is. */
const forms =
  /^(bv|bvba|nv|sa|sas|sarl|srl|srls|spa|snc|gmbh|ag|kg|ohg|ug|ltd|limited|inc|llc|sprl|asbl|vzw|cie|co|and|und|et)$/;

function wordsOf(name: string): string[] {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1 && !forms.test(word));
}
