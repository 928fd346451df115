import { day as dayMs } from '#base/time';

/** A day that a company has named itself: closed, or worked although it is a public holiday. */
export interface OwnDay {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly name: string;
  readonly isFree: boolean;
}

/** Which days a company leaves out. */
export interface CalendarSettings {
  /** Whether reminders and office hours leave the free days out at all. */
  readonly avoids: boolean;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** As date-holidays names it, the part after the country in ISO 3166-2; null: the whole country. */
  readonly region: string | null;
  readonly ownDays: readonly OwnDay[];
}

/** One day of the year's list. */
export interface CalendarDay {
  readonly day: string;
  readonly name: string;
  readonly from: 'public' | 'own';
  readonly isFree: boolean;
}

/** Whether a calendar day (`YYYY-MM-DD`) is no working day. */
export type IsFree = (day: string) => boolean;

/** Whether a calendar day (`YYYY-MM-DD`) is a Saturday or Sunday. */
export function isWeekend(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/** The calendar of a company that keeps none. */
export const everyDayWorks: IsFree = () => false;

/** No company is closed for longer in one piece; a calendar in which every day is free must not keep anybody waiting for ever. */
const longestClosure = 366;

/** The first working day from `from` on (`YYYY-MM-DD`), itself included; `from` where there is none within a year. */
export function nextWorkingDay(from: string, isFree: IsFree): string {
  for (let days = 0; days <= longestClosure; days += 1) {
    const day = new Date(Date.parse(`${from}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
    if (!isFree(day)) return day;
  }
  return from;
}
