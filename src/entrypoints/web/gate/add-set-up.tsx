import type { Context } from 'hono';
import { isLanguage, negotiateLanguage } from '#base/language';
import {
  changeCompany,
  type Founding,
  foundingProblems,
  isEmptyInstallation,
  usualTimeZone,
} from '#domain/accounts';
import { inCompany } from '#stores/database';
import type { Assets } from '../assets/bundle.ts';
import { type Errors, paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { type SetUpModel, SetUpScreen } from '../screens/set-up.tsx';
import { countriesIn, guessCountry, timeZones } from '../settings/countries.ts';
import { readLogo } from '../settings/read-logo.ts';
import { isSameVisit } from '../staff/csrf.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { visitorView } from '../staff/make-view.ts';
import { page } from '../staff/page.tsx';
import { type PostedForm, readForm } from '../staff/read-form.ts';
import { markedErrors } from '../staff/wording.ts';
import { enter } from './enter.ts';

type C = Context<StaffEnv>;
type Values = SetUpModel['values'];

/** The first run. It exists only while there is no company, and one visitor at a time founds one. */
export function addSetUp(app: StaffApp, needs: WebNeeds, assets: Assets): void {
  let turn: Promise<unknown> = Promise.resolve();
  app.use(paths.setUp, async (c, next) => {
    if (!(await isEmptyInstallation(needs.database))) return c.redirect(paths.home, 303);
    c.set('view', visitorView(needs, assets, c));
    return next();
  });
  app.get(paths.setUp, (c) => show(c, firstValues(c)));
  app.post(paths.setUp, async (c) => {
    const mine = turn.then(() => foundOnce(needs, c));
    turn = mine.catch(() => undefined);
    return mine;
  });
}

async function foundOnce(needs: WebNeeds, c: C): Promise<Response> {
  if (!(await isEmptyInstallation(needs.database))) return c.redirect(paths.signIn, 303);
  const form = await readForm(c);
  const values = readValues(c, form);
  if (!(await isSameVisit(needs, c))) return show(c, values, { '': c.var.view.t('signIn.stale') }, 403);
  const upload = form.file('logo');
  const logo = upload ? await readLogo(Buffer.from(await upload.arrayBuffer())) : null;
  const founding = toFounding(values, form.text('password'));
  const problems = [
    ...foundingProblems(founding).map(({ path, reason }) => ({ path: fieldNames[path] ?? path, reason })),
    ...(values.tracking ? [] : [{ path: 'tracking', reason: 'required' }]),
    ...(logo && !logo.ok ? [{ path: 'logo', reason: logo.reason }] : []),
  ];
  if (problems.length > 0) return show(c, values, markedErrors(c.var.view, problems), 422);
  const founded = await needs.found(founding);
  if (!founded.ok) return show(c, values, markedErrors(c.var.view, founded.problems, fieldNames), 422);
  const { companyId, userId } = founded;
  const sha256 = logo?.ok ? await needs.files.put(companyId, logo.png) : undefined;
  const timeZone = values.timeZone || usualTimeZone(values.country);
  await inCompany(needs.database, companyId, (tx) =>
    changeCompany(tx, companyId, { timeZone, logo: sha256 }, needs.clock()),
  );
  await enter(needs, c, { userId, companyId });
  return c.redirect(form.text('next') === 'sender' ? `${paths.settingsSenders}?sender=new` : paths.home, 303);
}

/** Paths of `Founding` as the fields of the page: the company's name is `company`, the person's `name`. */
const fieldNames: Readonly<Record<string, string>> = { name: 'company', firstName: 'name', lastName: 'name' };

function firstValues(c: C): Values {
  const header = c.req.header('accept-language');
  const language = negotiateLanguage(header, 'en');
  const country = guessCountry(header, language);
  return { country, language, timeZone: '', tracking: null, basis: 'consent' };
}

function readValues(c: C, form: PostedForm): Values {
  const first = firstValues(c);
  const [language, zone, tracking] = [form.text('language'), form.text('timeZone'), form.text('tracking')];
  return {
    company: form.text('company').trim(),
    address: form.text('address').trim(),
    country: form.text('country'),
    vatId: form.text('vatId').trim(),
    language: isLanguage(language) ? language : first.language,
    timeZone: timeZones.includes(zone) ? zone : '',
    name: form.text('name').trim(),
    email: form.text('email').trim(),
    tracking: tracking === 'none' || tracking === 'links' || tracking === 'full' ? tracking : null,
    basis: form.text('basis') === 'other' ? 'other' : 'consent',
  };
}

function toFounding(values: Values, password: string): Founding {
  const [firstName = '', ...rest] = (values.name ?? '').split(/\s+/);
  return {
    company: {
      name: values.company ?? '',
      address: values.address,
      country: values.country,
      vatId: values.vatId || null,
      language: values.language,
      trackingMode: values.tracking ?? 'none',
      trackingBasis: values.basis,
    },
    owner: { email: values.email ?? '', password, firstName, lastName: rest.join(' ') },
  };
}

function show(c: C, values: Values, errors: Errors = {}, status: 200 | 403 | 422 = 200): Promise<Response> {
  const { view } = c.var;
  const model = { values, countries: countriesIn(view.language), timeZones, errors };
  return page(c, <SetUpScreen view={view} model={model} />, status);
}
