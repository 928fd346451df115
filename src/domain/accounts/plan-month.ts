import { clockIn, day, dayIn, hour } from '#base/time';
import type { Company } from './company.ts';

/** A calendar month as a company's clocks show it: from its first instant to that of the next one. */
export interface PlanMonth {
  readonly since: Date;
  readonly until: Date;
}

/** The month in which a company is. */
export function monthOf({ timeZone }: Pick<Company, 'timeZone'>, now: Date): PlanMonth {
  const [year = 0, month = 0] = dayIn(timeZone, now).split('-').map(Number);
  return { since: firstInstant(timeZone, year, month), until: firstInstant(timeZone, year, month + 1) };
}

/** When the clocks of a zone first show the first day of a month: looked for by the quarter of an hour, as offsets differ and change. */
function firstInstant(zone: string, year: number, month: number): Date {
  const utc = Date.UTC(year, month - 1, 1);
  const wanted = new Date(utc).toISOString().slice(0, 10);
  // No zone is more than 14 hours before UTC, or 12 behind it.
  for (let at = utc - 15 * hour; at <= utc + day; at += hour / 4)
    if (clockIn(zone, new Date(at)).slice(0, 10) >= wanted) return new Date(at);
  return new Date(utc);
}
