import type { Context } from 'hono';
import { countryName } from '#base/language';
import { dayIn } from '#base/time';
import {
  type CalendarChange,
  type CalendarProblem,
  calendarOf,
  changeCalendar,
  countriesWithHolidays,
  daysOfYear,
  regionsOf,
} from '#domain/calendar';
import { inCompany } from '#stores/database';
import { byOf } from '../documents/author.ts';
import { type Errors, paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { type CalendarModel, CalendarScreen } from '../screens/settings-calendar.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { ownersOnly } from '../staff/guard.ts';
import { page, seeOther } from '../staff/page.tsx';
import { type PostedForm, readForm } from '../staff/read-form.ts';

type C = Context<StaffEnv>;
type Typed = Pick<CalendarModel, 'typed' | 'errors'>;

const nothing: Typed = { typed: { day: '', name: '' }, errors: {} };

/** The days on which nobody is reminded: everybody of the company sees them, owners change them. */
export function addCalendar(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.settingsCalendar, (c) => show(needs, c, nothing));
  app.post(paths.settingsCalendar, ownersOnly(), async (c) => {
    const form = await readForm(c);
    const country = form.text('country');
    // The regions that the form offered were those of the country before.
    const region = form.text('regionOf') === country ? form.text('region') || null : null;
    return save(needs, c, form, { avoids: form.has('avoids'), country, region });
  });
  app.post(paths.settingsCalendarDay, ownersOnly(), async (c) => {
    const form = await readForm(c);
    const [, is, day] = /^(work|usual):(\d{4}-\d\d-\d\d)$/.exec(form.text('set')) ?? [];
    if (day && (is === 'work' || is === 'usual')) return save(needs, c, form, { days: [{ day, is }] });
    return save(needs, c, form, { days: [{ day: form.text('day'), is: 'free', name: form.text('name') }] });
  });
}

async function save(needs: WebNeeds, c: C, form: PostedForm, change: CalendarChange): Promise<Response> {
  const { company, view } = c.var;
  const done = await inCompany(needs.database, company.id, (tx) =>
    changeCalendar(tx, { company, by: byOf(c) }, change, needs.clock()),
  );
  const typed = { day: form.text('day'), name: form.text('name') };
  if (!done.ok) return show(needs, c, { typed, errors: errorsOf(c, done.problems) });
  const year = yearOf(c) ?? '';
  const back = year === '' ? paths.settingsCalendar : `${paths.settingsCalendar}?year=${year}`;
  return seeOther(needs, c, back, { state: 'opened', text: view.t('kit.saved') });
}

function errorsOf(c: C, problems: readonly CalendarProblem[]): Errors {
  const { t } = c.var.view;
  return Object.fromEntries(
    problems.map(({ path, reason }) => [path.replace(/^days\.\d+\./, ''), t(`calendar.wrong.${reason}`)]),
  );
}

function yearOf(c: C): number | null {
  const asked = c.req.query('year') ?? '';
  return /^(19[7-9]\d|20\d\d)$/.test(asked) ? Number(asked) : null;
}

async function show(needs: WebNeeds, c: C, typed: Typed): Promise<Response> {
  const { company, view, session } = c.var;
  const { language } = view;
  const settings = await inCompany(needs.database, company.id, (tx) => calendarOf(tx, company));
  const year = yearOf(c) ?? Number(dayIn(company.timeZone, needs.clock()).slice(0, 4));
  const { compare } = new Intl.Collator(language);
  const countries = [...(await countriesWithHolidays())]
    .map((value) => ({ value, text: countryName(value, language) }))
    .sort((a, b) => compare(a.text, b.text));
  const regions = await regionsOf(settings.country, language);
  const model: CalendarModel = {
    ...typed,
    avoids: settings.avoids,
    country: settings.country,
    region: settings.region ?? '',
    countries,
    regions: regions.map(({ code, name }) => ({ value: code, text: name })),
    year,
    days: await daysOfYear(settings, year, language),
    mayChange: session.role === 'owner',
  };
  return page(
    c,
    <CalendarScreen view={view} model={model} />,
    Object.keys(typed.errors).length > 0 ? 422 : 200,
  );
}
