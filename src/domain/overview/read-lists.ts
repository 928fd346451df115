import { asWorker, type Database, inCompany, type Tx } from '#stores/database';
import {
  countMessageRows,
  type MessageFilter,
  selectMessageRows,
  selectMessageRowsAmong,
  sumDays,
  type Tally,
  tallyRows,
  tallyRowsAmong,
} from './message-table.ts';
import type { DocumentRow, MessageRow, OverviewTables } from './overview-tables.ts';
import {
  type Counted,
  countDocumentRows,
  countFoundRows,
  type DocumentFilter,
  type Place,
  selectDocumentRows,
  selectDocumentRowsAmong,
} from './read-table.ts';

type Overview = Database<OverviewTables>;

/** A page: what comes after `before` in a list sorted by newest first. */
export interface Page {
  readonly before: Place | null;
  readonly limit: number;
}

/** A page of the company's documents, newest first; replaced and canceled ones are left out. */
export function listDocuments(
  database: Overview,
  companyId: string,
  filter: DocumentFilter,
  page: Page,
): Promise<DocumentRow[]> {
  return read(database, companyId, filter.q, (tx) => {
    const everywhere = () => selectDocumentRows(tx, companyId, filter, page);
    if (!filter.q?.trim()) return everywhere();
    const among = (most: number) => selectDocumentRowsAmong(tx, companyId, filter, page, most);
    return searchNewestFirst(page.limit, among, everywhere);
  });
}

/** A page of the company's messages, newest first. */
export function listMessages(
  database: Overview,
  companyId: string,
  filter: MessageFilter,
  page: Page,
): Promise<MessageRow[]> {
  return read(database, companyId, textOf(filter), (tx) => {
    const everywhere = () => selectMessageRows(tx, companyId, filter, page);
    if (!filter.q?.trim() && !filter.recipientPart) return everywhere();
    const among = (most: number) => selectMessageRowsAmong(tx, companyId, filter, page, most);
    return searchNewestFirst(page.limit, among, everywhere);
  });
}

/** How many documents fit the filter: exact up to a thousand. */
export function countDocuments(
  database: Overview,
  companyId: string,
  filter: Omit<DocumentFilter, 'q'>,
): Promise<Counted> {
  return inCompany(database, companyId, (tx) => countDocumentRows(tx, companyId, filter));
}

/** How many documents with the text of `shared` fit each of the filters: exact, but of a text that many have, as many as the newest rows say. */
export function countFound(
  database: Overview,
  companyId: string,
  shared: DocumentFilter,
  filters: readonly Omit<DocumentFilter, 'q'>[],
): Promise<Counted[]> {
  return asWorker(database, async (tx) => {
    const found = (among: number | null) => countFoundRows(tx, companyId, shared, [{}, ...filters], among);
    const { counts, isAll } = await lookAsFar(found, ({ counts: [hits = 0] }) => hits);
    return counts.slice(1).map((count) => ({ count, isMore: !isAll }));
  });
}

/** How many messages fit the filter, which has no text: exact up to a thousand. */
export function countMessages(
  database: Overview,
  companyId: string,
  filter: Omit<MessageFilter, 'q' | 'recipient' | 'recipientPart'>,
): Promise<Counted> {
  return inCompany(database, companyId, (tx) => countMessageRows(tx, companyId, filter));
}

/** Counts per category and state; `isPart` where there are more than were looked at. */
export interface MessageTotals {
  readonly tallies: readonly Tally[];
  readonly isPart: boolean;
}

const mostTallied = 10_000;

/** How many messages fit the filter per category and state: exact, but where text or address is searched, up to ten thousand. */
export async function totalMessages(
  database: Overview,
  companyId: string,
  filter: MessageFilter,
): Promise<MessageTotals> {
  const { kind, category, senderId, envelopes, fromDay, toDay, withoutCopies, ...rest } = filter;
  if (withoutCopies && Object.values(rest).every((value) => value === undefined)) {
    const days = { kind, category, senderId, envelopes, fromDay, toDay };
    const tallies = await inCompany(database, companyId, (tx) => sumDays(tx, companyId, days));
    return { tallies, isPart: false };
  }
  return read(database, companyId, textOf(filter), async (tx) => {
    if (filter.q?.trim() || filter.recipientPart) {
      const found = (among: number | null) =>
        among ? tallyRowsAmong(tx, companyId, filter, among) : tallyAll(tx, companyId, filter);
      const { tallies, isAll } = await lookAsFar(found, (one) => sumOf(one.tallies));
      return { tallies, isPart: !isAll };
    }
    const { tallies, isAll } = await tallyAll(tx, companyId, filter);
    return { tallies, isPart: !isAll };
  });
}

async function tallyAll(tx: Tx<OverviewTables>, companyId: string, filter: MessageFilter) {
  const tallies = await tallyRows(tx, companyId, filter, mostTallied);
  return { tallies, isAll: sumOf(tallies) < mostTallied };
}

const [aFew, many] = [2500, 15_000]; // rows: 3 ms, and 20
const common = 30; // as many finds in 15,000 rows are thousands in a million, for which the index takes 300 ms

/** Counts a text: a common one among the newest rows, and says that there may be more; a rare one by the index of texts, all of it. */
async function lookAsFar<Found extends { readonly isAll: boolean }>(
  found: (among: number | null) => Promise<Found>,
  hits: (found: Found) => number,
): Promise<Found> {
  const first = await found(aFew);
  if (first.isAll) return first;
  if (hits(first) * (many / aFew) < common) return found(null);
  const second = await found(many);
  return second.isAll || hits(second) >= common ? second : found(null);
}

function sumOf(tallies: readonly Tally[]): number {
  return tallies.reduce((sum, { count }) => sum + count, 0);
}

// 500 rows are looked through in a millisecond, whatever is searched; 12,000 take as long as the index needs for a thousand finds.
const steps = [500, 2500, 12_000] as const;

/**
 * The index of texts reads and sorts all that it finds, however many, to show the newest fifty. So the newest rows are looked through
 * first, further where enough was found to make it likely that the page is full there, and the index is asked only for what is rare.
 */
async function searchNewestFirst<Row>(
  limit: number,
  among: (most: number) => Promise<Row[]>,
  everywhere: () => Promise<Row[]>,
): Promise<Row[]> {
  for (const [n, most] of steps.entries()) {
    const found = await among(most);
    if (found.length >= limit) return found;
    const growth = (steps[n + 1] ?? 0) / most;
    if (found.length * growth < Math.min(limit, growth)) break; // at the first step one find is enough to look further
  }
  return everywhere();
}

function textOf(filter: MessageFilter): string | undefined {
  return filter.q?.trim() || filter.recipientPart || filter.recipient;
}

/**
 * Text search cannot use its index under row-level security, because `like` and `lower` are not leakproof (PostgreSQL manual, "Rules and
 * Privileges"): it runs as the worker, and the query's own company is the only lock.
 */
function read<T>(
  database: Overview,
  companyId: string,
  q: string | undefined,
  work: (tx: Tx<OverviewTables>) => Promise<T>,
): Promise<T> {
  return q?.trim() ? asWorker(database, work) : inCompany(database, companyId, work);
}
