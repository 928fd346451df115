import { type Language, languages } from '#base/language';
import { type DocumentFacts, type DocumentKind, noFacts } from '../facts.ts';
import {
  amountDueLabels,
  beforeTax,
  dueLabels,
  issueLabels,
  numberLabels,
  numberWord,
  totalLabels,
} from './labels.ts';
import { type Found, type PageText, splitText, valuesOf } from './page-text.ts';
import { proposeEmails } from './propose-emails.ts';
import { currencyIn, moneyIn } from './read-amount.ts';
import { daysIn, writesMonthFirst } from './read-day.ts';
import { kindTitles, languageWords } from './words.ts';

/**
 * Guesses the facts of a plain document from its text, as `inspectPdf` lays it out; null where nothing stands out. These
 * are proposals: a person confirms them.
 */
export function proposeFacts(text: string): DocumentFacts {
  const page = splitText(text);
  if (page.length === 0) return noFacts;
  const currency = mainCurrency(page);
  const isAmerican = writesMonthFirst(text) ?? currency === 'USD';
  const day = (piece: string) => daysIn(piece.slice(0, 60), isAmerican)[0] ?? null;
  const dueDate = firstOf(page, dueLabels, day)?.value ?? null;
  const titled = findTitle(page, isAmerican);
  const due = lastSum(page, amountDueLabels, false);
  const total = lastSum(page, totalLabels, false) ?? due ?? lastSum(page, totalLabels, true);
  return {
    ...noFacts,
    kind: titled?.kind ?? null,
    number: firstOf(page, numberLabels, numberIn)?.value ?? titled?.number ?? null,
    issueDate: firstOf(page, issueLabels, day)?.value ?? titled?.day ?? firstDay(page, isAmerican, dueDate),
    dueDate,
    currency,
    total,
    amountDue: due ?? total,
    buyerEmails: proposeEmails(page),
    buyerLanguage: mainLanguage(text),
  };
}

function firstOf<Value>(page: PageText, labels: readonly RegExp[], read: (text: string) => Value | null) {
  for (const label of labels) {
    const found: Found<Value> | undefined = valuesOf(page, label, read)[0];
    if (found) return found;
  }
  return null;
}

/** Sums stand at the end: of several, the last is the one. Those before tax are none. */
function lastSum(page: PageText, labels: readonly RegExp[], takesBelow: boolean): string | null {
  for (const label of labels) {
    const sums = page.map((cells) =>
      cells.some((cell) => beforeTax.test(cell) && label.test(cell)) ? [] : cells,
    );
    const found = valuesOf(sums, label, moneyIn).filter(({ isBelow }) => takesBelow || !isBelow);
    const last = found.at(-1);
    if (last) return last.value;
  }
  return null;
}

/** A document number has a digit, is no date and no amount, and may have a series before it ("ABC nr. 123"). */
function numberIn(piece: string): string | null {
  const series = /^([A-Z]{1,6})[ ,]{1,3}(?:nr|no|n[°º])\.? ?(\d{1,12})\b/iu.exec(piece);
  if (series) return `${series[1]} ${series[2]}`;
  const token = /^[\p{L}\d](?:[\p{L}\d/._-]{0,38}[\p{L}\d])?(?=$|[\s,;:)(])/u.exec(piece)?.[0] ?? null;
  if (token === null || !/\d/.test(token)) return null;
  return daysIn(token, false).length > 0 || /^\d+[.,]\d{2}$/.test(token) ? null : token;
}

type Titled = { readonly kind: DocumentKind; readonly number: string | null; readonly day: string | null };

/** The kind is in the title: a short cell that begins with its word; an order or a delivery may also be merely named. */
function findTitle(page: PageText, isAmerican: boolean): Titled | null {
  const found = page
    .slice(0, 80)
    .flatMap((cells) => cells.flatMap((cell) => titleIn(cell, isAmerican) ?? []));
  const named = ['order', 'delivery_note', 'receipt'];
  return found.find(({ kind }) => !named.includes(kind)) ?? found[0] ?? null;
}

function titleIn(cell: string, isAmerican: boolean): Titled[] | null {
  if (cell.length > 60) return null;
  for (const [kind, title] of kindTitles) {
    const match = title.exec(cell);
    // Before the title stands at most a word ("Your invoice").
    if (match && match.index <= 8) {
      const rest = cell
        .slice(match.index + match[0].length)
        .replace(/^(?:\s*\([^)]{0,20}\))?[\s:.#°º–-]+/, '');
      const bare = rest.replace(numberWord, '');
      return [{ kind, number: numberIn(bare), day: daysIn(bare, isAmerican)[0] ?? null }];
    }
  }
  return null;
}

function firstDay(page: PageText, isAmerican: boolean, except: string | null): string | null {
  const days = page.slice(0, 60).flatMap((cells) => cells.flatMap((cell) => daysIn(cell, isAmerican)));
  return days.find((day) => day !== except) ?? null;
}

/** The currency that is named most often. */
function mainCurrency(page: PageText): string | null {
  const counts = new Map<string, number>();
  for (const cell of page.flat()) {
    const currency = /\d/.test(cell) || cell.length < 25 ? currencyIn(cell) : null;
    if (currency) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

function mainLanguage(text: string): Language | null {
  const head = text.slice(0, 20_000);
  const counts = languages.map(
    (language) => [language, [...head.matchAll(languageWords[language])].length] as const,
  );
  const [best, second] = counts.toSorted((a, b) => b[1] - a[1]);
  return best && best[1] >= 3 && best[1] > (second?.[1] ?? 0) ? best[0] : null;
}
