import { dayBegins, dayIn, minute } from '#base/time';

/**
 * The first instant at which a notice of `days` days is over: they are counted from the day after the notice, in the zone of the sender, and the
 * last one lasts to its end (CPCE R.53-3 for the 15 days of France; the same rule is kept for every number). Where clocks are put
 * back over midnight, the later end counts: never too early.
 */
export function deadlineOf(notifiedAt: Date, days: number, zone: string): Date {
  return dayBegins(zone, addDays(dayIn(zone, notifiedAt), days + 1));
}

/** Whole days that are left, the present one included; 0 when it is over. */
export function daysLeft(deadline: Date, now: Date, zone: string): number {
  if (now >= deadline) return 0;
  const last = dayIn(zone, new Date(deadline.getTime() - 1));
  return Math.round((Date.parse(last) - Date.parse(dayIn(zone, now))) / (24 * 60 * minute)) + 1;
}

function addDays(day: string, count: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + count);
  return at.toISOString().slice(0, 10);
}
