import { after, day, dayIn } from '#base/time';
import { type EvidenceTables, prunings } from '#domain/evidence';
import type { Tx } from '#stores/database';
import { selectDueSoon, selectHeldBack } from './retention-report-table.ts';
import type { TrackingTables } from './tracking-tables.ts';

/** What retention deleted on a day of the company's calendar. */
export interface PrunedDay {
  readonly day: string;
  /** Details older than this went. */
  readonly before: Date;
  /** Messages that details went of; hits; erased personal fields of events; answers of the DNS. */
  readonly messages: number;
  readonly hits: number;
  readonly fields: number;
  readonly dnsAnswers: number;
}

export interface RetentionReport {
  readonly retentionDays: number;
  /** What is older is deleted now. */
  readonly before: Date;
  /** Newest first. */
  readonly days: readonly PrunedDay[];
  /** What would be gone, were it not for legal holds. */
  readonly held: { readonly dispatches: number; readonly hits: number };
  /** When the oldest detail is due (null: there is none), and how many are in the next 30 days. */
  readonly next: { readonly at: Date | null; readonly hits: number };
}

const mostPrunings = 2000; // more than five years of days
const soon = 30 * day;

/** What retention has deleted for a company, as the log says, what legal holds keep, and what is due next. */
export async function retentionReport(
  tx: Tx<TrackingTables & EvidenceTables>,
  company: { readonly id: string; readonly retentionDays: number; readonly timeZone: string },
  now: Date,
): Promise<RetentionReport> {
  const { id, retentionDays, timeZone } = company;
  const kept = retentionDays * day;
  const before = after(now, -kept);
  const due = await selectDueSoon(tx, id, after(before, soon));
  return {
    retentionDays,
    before,
    days: byDay(await prunings(tx, id, mostPrunings), timeZone),
    held: await selectHeldBack(tx, id, before),
    next: { at: due.oldest && after(due.oldest, kept), hits: due.hits },
  };
}

type Pruning = Awaited<ReturnType<typeof prunings>>[number];

function byDay(events: readonly Pruning[], zone: string): PrunedDay[] {
  const days = new Map<string, PrunedDay>();
  for (const { at, data } of events) {
    const name = dayIn(zone, at);
    const number = (key: string): number => (typeof data[key] === 'number' ? data[key] : 0);
    const before = new Date(String(data['before']));
    const known = days.get(name) ?? { day: name, before, messages: 0, hits: 0, fields: 0, dnsAnswers: 0 };
    days.set(name, {
      day: name,
      before: before > known.before ? before : known.before,
      messages: known.messages + number('messages'),
      hits: known.hits + number('hits'),
      fields: known.fields + number('fields'),
      dnsAnswers: known.dnsAnswers + number('dnsAnswers'),
    });
  }
  return [...days.values()];
}
