import type { Context } from 'hono';
import { digestModes, digestSettingOf, setDigest, usualDigest } from '#domain/notices';
import { inCompany } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import type { DigestModel } from '../screens/settings-digest.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';

/** When a person is mailed of notices of the company that he is signed in for. */
export function addDigest(app: StaffApp, needs: WebNeeds): void {
  app.post(paths.settingsDigest, async (c) => {
    const form = await readForm(c);
    const mode = digestModes.find((one) => one === form.text('mode')) ?? usualDigest.mode;
    const hour = /^\d{1,2}$/.test(form.text('hour')) ? Number(form.text('hour')) : Number.NaN;
    const { user, companyId } = c.var.session;
    const done = await inCompany(needs.database, companyId, (tx) =>
      setDigest(tx, { companyId, userId: user.id }, { mode, hour }),
    );
    if (!done.ok) return answerProblem(c, 'not_found');
    const text = c.var.view.t('kit.saved');
    return seeOther(needs, c, `${paths.settingsProfile}#digest`, { state: 'opened', text });
  });
}

/** What the profile shows of it. */
export async function digestModel(needs: WebNeeds, c: Context<StaffEnv>): Promise<DigestModel> {
  const { user, companyId } = c.var.session;
  const setting = await inCompany(needs.database, companyId, (tx) =>
    digestSettingOf(tx, { companyId, userId: user.id }),
  );
  return { ...setting, zone: c.var.company.timeZone };
}
