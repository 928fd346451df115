import type { By } from '#domain/documents';
import { type EvidenceTables, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import type { CalendarSettings } from './calendar.ts';
import { type CalendarTables, deleteDay, saveCalendar, saveDay } from './calendar-table.ts';
import { countriesWithHolidays, regionsOf } from './public-holidays.ts';
import { calendarOf } from './read-calendar.ts';

/** What is to change; absent fields stay. A new country without a region is kept as a whole. */
export interface CalendarChange {
  readonly avoids?: boolean;
  readonly country?: string;
  readonly region?: string | null;
  /** `usual`: as the public holidays say. */
  readonly days?: readonly {
    readonly day: string;
    readonly is: 'free' | 'work' | 'usual';
    readonly name?: string;
  }[];
}

export interface CalendarProblem {
  readonly path: string;
  readonly reason: 'not_a_country' | 'not_a_region' | 'not_a_date' | 'too_long' | 'too_many';
}

export type CalendarChanged =
  | { readonly ok: true; readonly settings: CalendarSettings }
  | { readonly ok: false; readonly problems: readonly CalendarProblem[] };

export const longestDayName = 100;
/** A closure of every day for two years; more is a mistake of a program. */
const mostDays = 800;

/** Changes a company's calendar. Refuses countries and regions whose holidays are not known, and what is no day; then nothing is changed. */
export async function changeCalendar(
  tx: Tx<CalendarTables & EvidenceTables>,
  which: { readonly company: { readonly id: string; readonly country: string }; readonly by: By },
  change: CalendarChange,
  now: Date,
): Promise<CalendarChanged> {
  const { company, by } = which;
  const before = await calendarOf(tx, company);
  const country = change.country ?? before.country;
  const kept = country === before.country ? before.region : null;
  const next = {
    avoids: change.avoids ?? before.avoids,
    country,
    region: change.region === undefined ? kept : change.region,
  };
  const problems = [...(await placeProblems(next)), ...dayProblems(before, change)];
  if (problems.length > 0) return { ok: false, problems };
  await saveCalendar(tx, company.id, next, now);
  for (const { day, is, name = '' } of change.days ?? [])
    if (is === 'usual') await deleteDay(tx, company.id, day);
    else await saveDay(tx, company.id, { day, name: name.trim(), isFree: is === 'free' });
  await record(tx, [
    {
      type: 'company.calendar_changed',
      companyId: company.id,
      at: now,
      actor: by.actor,
      data: { by: by.id, ...next, days: (change.days ?? []).map(({ day, is }) => ({ day, is })) },
    },
  ]);
  return { ok: true, settings: await calendarOf(tx, company) };
}

async function placeProblems(
  place: Pick<CalendarSettings, 'country' | 'region'>,
): Promise<CalendarProblem[]> {
  const { country, region } = place;
  if (!(await countriesWithHolidays()).includes(country))
    return [{ path: 'country', reason: 'not_a_country' }];
  const isKnown = region === null || (await regionsOf(country)).some(({ code }) => code === region);
  return isKnown ? [] : [{ path: 'region', reason: 'not_a_region' }];
}

function dayProblems(before: CalendarSettings, { days = [] }: CalendarChange): CalendarProblem[] {
  if (before.ownDays.length + days.length > mostDays) return [{ path: 'days', reason: 'too_many' }];
  return days.flatMap(({ day, name = '' }, n): CalendarProblem[] => [
    ...(isDay(day) ? [] : [{ path: `days.${n}.day`, reason: 'not_a_date' as const }]),
    ...(name.length > longestDayName ? [{ path: `days.${n}.name`, reason: 'too_long' as const }] : []),
  ]);
}

/** A day that is in the calendar: the 30th of February is none. */
function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}
