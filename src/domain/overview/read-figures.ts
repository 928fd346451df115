import { day } from '#base/time';
import type { Envelope } from '#domain/dispatch';
import { type Database, inCompany } from '#stores/database';
import {
  type DayTally,
  selectDayTallies,
  selectMedianOpening,
  selectMedianPayment,
} from './figures-table.ts';
import type { DayFilter } from './message-table.ts';
import type { OverviewTables } from './overview-tables.ts';

/** What became of the e-mails of a day or month. Each counts what is known, so the later ones are parts of the earlier. */
export interface Bucket {
  /** `YYYY-MM-DD`, or `YYYY-MM` for a month. */
  readonly name: string;
  /** Left us, or was to leave and failed. */
  readonly sent: number;
  /** Accepted by the recipient's server, or seen. */
  readonly reached: number;
  readonly opened: number;
  readonly failed: number;
}

export interface Figures {
  readonly buckets: readonly Bucket[];
  readonly by: 'day' | 'month';
  readonly total: Bucket;
  readonly secondsToOpening: number | null;
  readonly daysToPayment: number | null;
}

const mostDays = 62;
const mostForMedian = 5000; // the newest of them: more would move the median by minutes and cost ten times as long

/**
 * Counts per day (per month where the span is longer than two months) and the medians, by period, kind and sender. A day without mail
 * counts zero, from the first day that was asked for (else that of the first mail) to the last that has come (`today`) or has mail.
 */
export async function readFigures(
  database: Database<OverviewTables>,
  companyId: string,
  filter: DayFilter,
  today: string,
): Promise<Figures> {
  return inCompany(database, companyId, async (tx) => {
    const tallies = await selectDayTallies(tx, companyId, filter);
    const days = daysOf(filter, tallies, today);
    const by = days.length > mostDays ? 'month' : 'day';
    return {
      by,
      buckets: bucketsOf(days, tallies, by),
      total: bucketOf('', tallies),
      secondsToOpening: await selectMedianOpening(tx, companyId, filter, mostForMedian),
      daysToPayment: await selectMedianPayment(tx, companyId, filter, mostForMedian),
    };
  });
}

/** Every day of the span, in its order; none where nothing was sent. */
function daysOf({ fromDay, toDay }: DayFilter, tallies: readonly DayTally[], today: string): string[] {
  const [first, last] = [tallies[0]?.day, tallies.at(-1)?.day];
  if (!first || !last) return [];
  const from = fromDay ?? first;
  const come = today > last ? today : last;
  const to = toDay && toDay < come ? toDay : come;
  const length = Math.max(0, (Date.parse(to) - Date.parse(from)) / day) + 1;
  return Array.from({ length }, (_, n) => new Date(Date.parse(from) + n * day).toISOString().slice(0, 10));
}

function bucketsOf(days: readonly string[], tallies: readonly DayTally[], by: Figures['by']): Bucket[] {
  const nameOf = (date: string): string => (by === 'day' ? date : date.slice(0, 7));
  const groups = new Map<string, DayTally[]>(days.map((date) => [nameOf(date), []]));
  for (const tally of tallies) groups.get(nameOf(tally.day))?.push(tally);
  return [...groups].map(([name, group]) => bucketOf(name, group));
}

const opened: ReadonlySet<Envelope> = new Set(['opened', 'viewed', 'downloaded', 'replied']);
const left: ReadonlySet<Envelope> = new Set([...opened, 'sent', 'accepted', 'unconfirmed', 'failed']);

function bucketOf(name: string, tallies: readonly DayTally[]): Bucket {
  const sum = (fits: (envelope: Envelope) => boolean): number =>
    tallies.filter(({ envelope }) => fits(envelope)).reduce((total, { count }) => total + count, 0);
  return {
    name,
    sent: sum((envelope) => left.has(envelope)),
    reached: sum((envelope) => envelope === 'accepted' || opened.has(envelope)),
    opened: sum((envelope) => opened.has(envelope)),
    failed: sum((envelope) => envelope === 'failed'),
  };
}
