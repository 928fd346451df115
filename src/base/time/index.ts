export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Where the present comes from; tests hand in their own. */
export type Clock = () => Date;

/** The machine's clock. Only the roof and the entrypoints take it; rules get `now` as a value. */
export const systemClock: Clock = () => new Date();

/** Returns the time `ms` milliseconds after `from`. */
export function after(from: Date, ms: number): Date {
  return new Date(from.getTime() + ms);
}

/** Waits `ms` milliseconds, or until the signal is aborted; never rejects. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
}

// Making a formatter takes a hundred times as long as using it; there are a few hundred zones.
const days = new Map<string, Intl.DateTimeFormat>();

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What a clock on the wall shows in a time zone, as `YYYY-MM-DDTHH:MM:SS`; refuses (throws on) an unknown zone. */
export function clockIn(zone: string, at: Date): string {
  const style = { dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' } as const;
  const known = clocks.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, ...style });
  clocks.set(zone, known);
  return known.format(at).replace(' ', 'T');
}

/** The calendar day of an instant in a time zone, as `YYYY-MM-DD`; refuses (throws on) an unknown zone. */
export function dayIn(zone: string, at: Date): string {
  const known = days.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  days.set(zone, known);
  return known.format(at);
}

const quarter = 15 * minute; // zones differ from UTC by whole quarters of an hour

/** When a calendar day (`YYYY-MM-DD`) begins in a time zone; where clocks are put back over midnight, the later of both times. Refuses as `dayIn` does. */
export function dayBegins(zone: string, day: string): Date {
  // It does so between 14 hours before and 12 hours after it does in UTC; look from the far end.
  let at = Date.parse(`${day}T00:00:00Z`) + 14 * hour;
  while (dayIn(zone, new Date(at - quarter)) >= day) at -= quarter;
  return new Date(at);
}
