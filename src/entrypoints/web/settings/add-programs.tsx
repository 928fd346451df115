import type { Context } from 'hono';
import {
  addSubmissionLogin,
  listCompanyIds,
  listSubmissionLogins,
  revokeSubmissionLogin,
} from '#domain/accounts';
import { changeWatchSettings, readWatchSettings } from '#domain/intake';
import { asWorker, inCompany } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import {
  loginTracking,
  type ProgramsModel,
  ProgramsScreen,
  watchSendings,
} from '../screens/settings-programs.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { ownersOnly } from '../staff/guard.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { fieldErrors } from '../staff/wording.ts';

type C = Context<StaffEnv>;
type Shown = Pick<ProgramsModel, 'made' | 'values' | 'errors'>;

const fresh: Shown = {
  made: null,
  values: { name: '', tracking: 'full', attach: true, link: true, ownText: true },
  errors: {},
};

/** Logins of the submission server. Everybody makes his own; owners see and end all of them. */
export function addPrograms(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.settingsPrograms, (c) => show(needs, c, fresh));
  app.post(paths.settingsPrograms, async (c) => {
    const form = await readForm(c);
    const values = {
      name: form.text('name').trim(),
      tracking: loginTracking.find((one) => one === form.text('tracking')) ?? 'full',
      attach: form.has('attach'),
      link: form.has('link'),
      ownText: form.has('ownText'),
    };
    const problem = problemOf(values);
    if (problem) return show(needs, c, { ...fresh, values, errors: fieldErrors(c.var.view, [problem]) }, 422);
    const { companyId, user } = c.var.session;
    const { login, password } = await inCompany(needs.database, companyId, (tx) =>
      addSubmissionLogin(tx, { companyId, userId: user.id, actor: 'user', ...values }, needs.clock()),
    );
    // Not a redirect: the password must not lie in a cookie or an address.
    return show(needs, c, { ...fresh, made: { name: login.name, username: login.username, password } });
  });
  app.post(paths.settingsWatch, ownersOnly(), async (c) => {
    const asked = (await readForm(c)).text('send');
    const { companyId, user } = c.var.session;
    const send = watchSendings.find((one) => one === asked) ?? 'never';
    await inCompany(needs.database, companyId, (tx) =>
      changeWatchSettings(tx, { companyId, send, userId: user.id, actor: 'user' }, needs.clock()),
    );
    const text = c.var.view.t('kit.saved');
    return seeOther(needs, c, `${paths.settingsPrograms}#watch`, { state: 'opened', text });
  });
  app.post('/settings/programs/:id/revoke', async (c) => {
    const { companyId } = c.var.session;
    const loginId = c.req.param('id') ?? '';
    const done = await inCompany(needs.database, companyId, async (tx) => {
      const mine = (await listSubmissionLogins(tx, companyId)).filter(isVisible(c));
      if (!mine.some((one) => one.id === loginId)) return false;
      return revokeSubmissionLogin(tx, { companyId, loginId, actor: 'user' }, needs.clock());
    });
    if (!done) return answerProblem(c, 'not_found');
    return seeOther(needs, c, paths.settingsPrograms, {
      state: 'opened',
      text: c.var.view.t('programs.revoked'),
    });
  });
}

function problemOf(values: ProgramsModel['values']) {
  if (values.name === '') return { path: 'name', reason: 'required' };
  if (values.name.length > 200) return { path: 'name', reason: 'too_long' };
  return values.attach || values.link ? null : { path: 'attach', reason: 'nothing_to_see' };
}

function isVisible(c: C): (login: { readonly userId: string }) => boolean {
  const { role, user } = c.var.session;
  return (login) => role === 'owner' || login.userId === user.id;
}

async function show(needs: WebNeeds, c: C, shown: Shown, status: 200 | 422 = 200): Promise<Response> {
  const { company, view } = c.var;
  const { logins, watch } = await inCompany(needs.database, company.id, async (tx) => ({
    logins: await listSubmissionLogins(tx, company.id),
    watch: await readWatchSettings(tx, company.id),
  }));
  const { submissionPort: port, submissionTlsPort: tlsPort } = needs.config;
  const model: ProgramsModel = {
    ...shown,
    server: { host: new URL(needs.publicUrl).hostname, port, tlsPort },
    logins: logins.filter(isVisible(c)),
    watch: {
      folder: await watchFolderOf(needs, company.id),
      send: watch.send,
      mayChange: c.var.session.role === 'owner',
    },
  };
  return page(c, <ProgramsScreen view={view} model={model} />, status);
}

/** Where this company's files are dropped: the folder itself while nobody shares it. */
async function watchFolderOf({ config, database }: WebNeeds, companyId: string): Promise<string | null> {
  const { watchFolder } = config;
  if (!watchFolder) return null;
  const isShared = (await asWorker(database, listCompanyIds)).length > 1;
  return isShared ? `${watchFolder}/${companyId}` : watchFolder;
}
