import type { Context } from 'hono';
import { languages } from '#base/language';
import { type CompanyChange, changeCompany } from '#domain/accounts';
import { closeCustomerLinks } from '#domain/dispatch';
import { documentKinds, fileNamePattern } from '#domain/documents';
import { inCompany } from '#stores/database';
import { byOf } from '../documents/author.ts';
import { type Errors, paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { CompanyScreen } from '../screens/settings.tsx';
import type { CompanyModel } from '../screens/settings-model.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { ownersOnly } from '../staff/guard.ts';
import { page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { markedErrors } from '../staff/wording.ts';
import { companyValues, readCompany } from './company-form.ts';
import { countriesIn, timeZones } from './countries.ts';
import { readLogo } from './read-logo.ts';

type C = Context<StaffEnv>;

/** The company: who it is, how it looks, what holds for its sends, what is recorded. */
export function addCompany(app: StaffApp, needs: WebNeeds): void {
  addCloseLinks(app, needs);
  // With the list of all settings: on a phone that alone is seen.
  app.get(paths.settings, (c) => show(needs, c, companyValues(c.var.company)));
  app.get(paths.settingsCompany, (c) => show(needs, c, companyValues(c.var.company)));
  app.post(paths.settingsCompany, ownersOnly(), async (c) => {
    const form = await readForm(c);
    const read = readCompany(form, c.var.company);
    const upload = form.file('logo');
    const logo = upload ? await readLogo(Buffer.from(await upload.arrayBuffer())) : null;
    const logoProblem = logo && !logo.ok ? [{ path: 'logo', reason: logo.reason }] : [];
    const early = [...read.problems, ...logoProblem];
    if (early.length > 0) return show(needs, c, read.values, markedErrors(c.var.view, early));
    const change: CompanyChange = {
      ...read.change,
      ...(form.has('removeLogo') ? { logo: null } : {}),
      ...(logo?.ok ? { logo: await needs.files.put(c.var.company.id, logo.png) } : {}),
    };
    const changed = await inCompany(needs.database, c.var.company.id, (tx) =>
      changeCompany(tx, c.var.company.id, change, needs.clock()),
    );
    if (!changed.ok) return show(needs, c, read.values, markedErrors(c.var.view, changed.problems));
    return seeOther(needs, c, paths.settingsCompany, { state: 'opened', text: c.var.view.t('kit.saved') });
  });
}

/** Every link that is out closes: for a mailbox that leaked, or when the company stops using this installation. */
function addCloseLinks(app: StaffApp, needs: WebNeeds): void {
  app.post(paths.closeAllLinks, ownersOnly(), async (c) => {
    const of = { companyId: c.var.company.id, documentId: null, by: byOf(c) };
    const count = await inCompany(needs.database, c.var.company.id, (tx) =>
      closeCustomerLinks(tx, of, needs.clock()),
    );
    const text = c.var.view.t('links.closed', { count });
    return seeOther(needs, c, paths.settingsCompany, { state: 'opened', text });
  });
}

const usualFileNames = Object.fromEntries(
  documentKinds.flatMap((kind) =>
    languages.map((language) => [`${kind}.${language}`, fileNamePattern({}, kind, language)]),
  ),
);

function show(needs: WebNeeds, c: C, values: CompanyModel['values'], errors: Errors = {}): Promise<Response> {
  const { view, company } = c.var;
  const model: CompanyModel = {
    values,
    errors,
    countries: countriesIn(view.language),
    timeZones,
    logoUrl: company.logo ? `/logo/${company.id}/${company.logo.slice(0, 16)}.png` : null,
    kinds: documentKinds,
    usualFileNames,
    canTrackReplies: needs.senders.house.platformDomain !== 'localhost',
    saved: false,
  };
  return page(c, <CompanyScreen view={view} model={model} />, Object.keys(errors).length > 0 ? 422 : 200);
}
