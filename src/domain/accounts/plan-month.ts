import { dayBegins, dayIn } from '#base/time';
import type { Company } from './company.ts';

/** A calendar month as a company's clocks show it: from its first instant to that of the next one. */
export interface PlanMonth {
  readonly since: Date;
  readonly until: Date;
}

/** The month in which a company is. */
export function monthOf({ timeZone }: Pick<Company, 'timeZone'>, now: Date): PlanMonth {
  const [year = 0, month = 0] = dayIn(timeZone, now).split('-').map(Number);
  const first = (of: number): string => new Date(Date.UTC(year, of - 1, 1)).toISOString().slice(0, 10);
  return { since: dayBegins(timeZone, first(month)), until: dayBegins(timeZone, first(month + 1)) };
}
