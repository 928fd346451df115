import type { components } from '#client';
import { type Command, misused, printResult } from '../command.ts';
import { askRunning, runningOptions } from './ask-running.ts';

type Calendar = components['schemas']['Calendar'];

/** Shows the days of a year on which nobody is reminded. */
export const calendar: Command = {
  name: 'calendar',
  usage: '[--year YEAR] [--api URL] [--key KEY]',
  summary: 'shows the holidays and own days on which reminders and office hours wait',
  options: { year: { type: 'string' }, ...runningOptions },
  words: [0, 0],
  run: async ({ given, isJson }, world) => {
    const year = given['year'] === undefined ? undefined : Number(given['year']);
    if (year !== undefined && !Number.isInteger(year)) return misused(world, 'A year is four digits.');
    return askRunning(
      given,
      world,
      (client) => client.GET('/calendar', { params: { query: { year } } }),
      (found) => printResult(world, isJson, found, linesOf(found)),
    );
  },
};

const kinds = ['free', 'work', 'usual'] as const;

/** Changes the calendar: whether it is kept, of which country, and single days. */
export const changeCalendar: Command = {
  name: 'calendar set',
  usage:
    '[on|off|free DAY|work DAY|usual DAY] [--country CC] [--region RR] [--name NAME] [--api URL] [--key KEY]',
  summary: 'keeps the holidays of a country or region, or none; makes a day free, worked, or as usual again',
  options: {
    country: { type: 'string' },
    region: { type: 'string' },
    name: { type: 'string' },
    ...runningOptions,
  },
  words: [0, 2],
  run: async ({ words: [what, day], given, isJson }, world) => {
    const text = (option: string) => {
      const value = given[option];
      return typeof value === 'string' ? value : undefined;
    };
    const is = kinds.find((one) => one === what);
    const isSwitch = what === 'on' || what === 'off';
    const isWrong = what !== undefined && !isSwitch && !is;
    if (isWrong || (is !== undefined) !== (day !== undefined))
      return misused(world, 'Say: on, off, or free, work or usual with a day as YYYY-MM-DD.');
    return askRunning(
      given,
      world,
      (client) =>
        client.PATCH('/calendar', {
          body: {
            ...(isSwitch ? { avoids: what === 'on' } : {}),
            country: text('country'),
            region: text('region'),
            ...(is && day ? { days: [{ day, is, name: text('name') }] } : {}),
          },
        }),
      (found) => printResult(world, isJson, found, linesOf(found)),
    );
  },
};

function linesOf({ avoids, country, region, year, days }: Calendar): string[] {
  const place = region === null ? country : `${country}-${region}`;
  return [
    `${year} · ${place} · ${avoids ? 'reminders and office hours wait on these days' : 'not kept'}`,
    ...days.map(({ day, name, from, isFree }) =>
      [`${weekdayOf(day)} ${day}`, name, from, isFree ? 'free' : 'worked'].filter(Boolean).join(' · '),
    ),
  ];
}

const weekday = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'UTC' });

function weekdayOf(day: string): string {
  return weekday.format(new Date(`${day}T00:00:00Z`));
}
