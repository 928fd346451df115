import type { Tx } from '#stores/database';
import {
  type CalendarDay,
  type CalendarSettings,
  everyDayWorks,
  type IsFree,
  isWeekend,
} from './calendar.ts';
import { type CalendarTables, selectCalendar } from './calendar-table.ts';
import { publicHolidays } from './public-holidays.ts';

/** What the company has chosen; without a choice: no day is left out, and the country that is given. */
export async function calendarOf(
  tx: Tx<CalendarTables>,
  company: { readonly id: string; readonly country: string },
): Promise<CalendarSettings> {
  const found = await selectCalendar(tx, company.id);
  return found ?? { avoids: false, country: company.country, region: null, ownDays: [] };
}

/** The list of a year, in the order of its days: public holidays, and what the company says of its own. */
export async function daysOfYear(
  settings: CalendarSettings,
  year: number,
  language: string,
): Promise<CalendarDay[]> {
  const own = new Map(settings.ownDays.map((one) => [one.day, one]));
  const days = new Map<string, CalendarDay>();
  for (const { day, name } of await publicHolidays(settings, year, language))
    if (day.startsWith(`${year}-`) && !days.has(day))
      days.set(day, { day, name, from: 'public', isFree: own.get(day)?.isFree ?? true });
  for (const { day, name, isFree } of own.values())
    if (day.startsWith(`${year}-`) && !days.has(day)) days.set(day, { day, name, from: 'own', isFree });
  return [...days.values()].sort((a, b) => a.day.localeCompare(b.day));
}

/**
 * The company's free days around a moment, as a question that is answered at once: from the year before to the second year after, further
 * than any reminder or opening is planned; Saturdays and Sundays among them, unless it has noted one as worked. Every day works for a company
 * that keeps no calendar.
 */
export async function freeDaysOf(tx: Tx<CalendarTables>, companyId: string, now: Date): Promise<IsFree> {
  const settings = await selectCalendar(tx, companyId);
  if (!settings?.avoids) return everyDayWorks;
  const year = now.getUTCFullYear();
  const free = new Set<string>();
  for (const each of [year - 1, year, year + 1, year + 2])
    for (const { day, isFree } of await daysOfYear(settings, each, 'en')) if (isFree) free.add(day);
  const worked = new Set(settings.ownDays.filter((one) => !one.isFree).map((one) => one.day));
  return (day) => free.has(day) || (isWeekend(day) && !worked.has(day));
}
