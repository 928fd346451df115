import { after, clockIn, minute } from '#base/time';
import { everyDayWorks, type IsFree, isWeekend } from '#domain/calendar';

/** When offices are open: working days from 8 to 18 h. */
const opens = 8;
const closes = 18;

/** A closure of a month with the weekends around it; whoever is closed longer is not waited for. Steps of a quarter of an hour. */
const mostSteps = 4 * 24 * 45;

/**
 * The first moment from `from` on that lies in office hours of the zone (IANA name): `from` itself, or the next opening. Days that are
 * free in the company's calendar are left out. Works over changes of the clock, because every step asks the zone's calendar.
 */
export function nextOfficeTime(zone: string, from: Date, isFree: IsFree = everyDayWorks): Date {
  let at = from;
  for (let step = 0; step < mostSteps && !isOpen(zone, at, isFree); step += 1)
    at = after(new Date(Math.floor(at.getTime() / (15 * minute)) * 15 * minute), 15 * minute);
  return at;
}

function isOpen(zone: string, at: Date, isFree: IsFree): boolean {
  const [day = '', time = ''] = clockIn(zone, at).split('T');
  const hour = Number(time.slice(0, 2));
  return !isWeekend(day) && hour >= opens && hour < closes && !isFree(day);
}
