import { after, minute } from '#base/time';

/** When offices are open: working days from 8 to 18 h. */
const opens = 8;
const closes = 18;

/**
 * The first moment from `from` on that lies in office hours of the zone (IANA name): `from` itself, or the next opening. Holidays are
 * not known here. Works over changes of the clock, because every step asks the zone's calendar.
 */
export function nextOfficeTime(zone: string, from: Date): Date {
  let at = from;
  // An opening is never further away than a long weekend of 64 hours; steps end at full quarters of an hour.
  for (let step = 0; step < 4 * 24 * 5 && !isOpen(zone, at); step += 1)
    at = after(new Date(Math.floor(at.getTime() / (15 * minute)) * 15 * minute), 15 * minute);
  return at;
}

function isOpen(zone: string, at: Date): boolean {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: 'weekday' | 'hour'): string => parts.find((one) => one.type === type)?.value ?? '';
  const now = Number(part('hour'));
  return !['Sat', 'Sun'].includes(part('weekday')) && now >= opens && now < closes;
}
