import type { components } from '#client';
import { type Given, textOf } from '../command.ts';

/** How it is handed over: for commands that send. */
export const serviceOptions = {
  service: { type: 'string' },
  days: { type: 'string' },
  'hide-sender': { type: 'boolean' },
} as const;

export const serviceUsage = '[--service SERVICE] [--days N] [--hide-sender]';

type Order = components['schemas']['DispatchOrder'];

/** The same as the installation takes it; it refuses services that it does not offer. */
export function serviceOf(given: Given): Pick<Order, 'service' | 'serviceDays' | 'hideSender'> {
  const days = textOf(given, 'days');
  return {
    service: textOf(given, 'service') as Order['service'],
    ...(days === undefined ? {} : { serviceDays: Number(days) }),
    ...(given['hide-sender'] === true ? { hideSender: true } : {}),
  };
}

/** What is wrong with them as they were typed, as a sentence; null: nothing that could be known here. */
export function serviceFault(given: Given): string | null {
  const days = textOf(given, 'days');
  if (days !== undefined && !/^\d{1,2}$/.test(days)) return '--days needs a number of days, such as 7 or 15';
  const isLonely = textOf(given, 'service') === undefined && (days !== undefined || given['hide-sender']);
  return isLonely ? '--days and --hide-sender need --service registered or --service confidential' : null;
}
