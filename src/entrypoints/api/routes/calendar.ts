import { z } from '@hono/zod-openapi';
import { getCompany } from '#domain/accounts';
import {
  type CalendarSettings,
  calendarOf,
  changeCalendar,
  daysOfYear,
  longestDayName,
} from '#domain/calendar';
import { type Answer, json, refuse, refuseFields } from '../answer.ts';
import { byKey } from '../author.ts';
import { inOwnCompany } from '../call.ts';
import { fieldErrors } from '../field-words.ts';
import { once } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { day } from '../shapes/common.ts';

const tag = 'Calendar';

const shape = z
  .object({
    avoids: z
      .boolean()
      .openapi({ description: 'reminders and office hours leave weekends and free days out' }),
    country: z.string().openapi({ example: 'BE' }),
    region: z
      .string()
      .nullable()
      .openapi({ description: 'a part of the country, as in ISO 3166-2; null: all of it' }),
    year: z.int(),
    days: z.array(
      z.object({
        day,
        name: z.string(),
        from: z.enum(['public', 'own']),
        isFree: z.boolean().openapi({ description: 'false: the company works on it' }),
      }),
    ),
  })
  .openapi('Calendar');

type CalendarJson = z.input<typeof shape>;

const year = z.coerce.number().int().min(1970).max(2100);

async function show(settings: CalendarSettings, of: number): Promise<Answer<CalendarJson>> {
  const { avoids, country, region } = settings;
  return json({ avoids, country, region, year: of, days: await daysOfYear(settings, of, 'en') });
}

const get = defineRoute({
  method: 'get',
  path: '/calendar',
  operationId: 'getCalendar',
  tag,
  summary: 'Show the days on which nobody is reminded',
  description: 'The public holidays of a country or region in a year, and the company’s own days.',
  right: 'read',
  query: z.strictObject({ year: year.optional() }),
  success: { kind: 'json', statuses: [200], schema: shape },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const company = await getCompany(tx, call.companyId);
      if (!company) return refuse('not_found');
      return show(await calendarOf(tx, company), call.query.year ?? call.now.getUTCFullYear());
    }),
});

const change = defineRoute({
  method: 'patch',
  path: '/calendar',
  operationId: 'changeCalendar',
  tag,
  summary: 'Change the days on which nobody is reminded',
  description:
    'Absent fields stay. With `avoids`, what is due on a free day, a Saturday or a Sunday waits for the next working day, and office hours do not open on it.',
  right: 'all',
  body: {
    json: z.strictObject({
      avoids: z.boolean().optional(),
      country: z.string().max(2).optional(),
      region: z.string().max(10).nullish(),
      days: z
        .array(
          z.strictObject({
            day,
            is: z.enum(['free', 'work', 'usual']).openapi({
              description: '`work`: worked although it is a holiday; `usual`: as the public holidays say',
            }),
            name: z.string().max(longestDayName).optional(),
          }),
        )
        .max(400)
        .optional(),
    }),
  },
  success: { kind: 'json', statuses: [200], schema: shape },
  handle: (call) =>
    once(call, async (tx) => {
      const company = await getCompany(tx, call.companyId);
      if (!company) return refuse('not_found');
      const done = await changeCalendar(tx, { company, by: byKey(call) }, call.body, call.now);
      if (!done.ok) return refuseFields(fieldErrors(done.problems));
      return show(done.settings, call.now.getUTCFullYear());
    }),
});

export const calendarRoutes: readonly Route[] = [get, change];
