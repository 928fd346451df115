import type { Context } from 'hono';
import { endOtherSessions, endSession, listSessions } from '#domain/accounts';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import type { SessionsModel } from '../screens/settings-sessions.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, seeOther } from '../staff/page.tsx';
import { wordAgent } from './word-agent.ts';

/** A person's own signed-in browsers: one of them ended, or all the others. */
export function addSessions(app: StaffApp, needs: WebNeeds): void {
  app.post('/settings/profile/sessions/:id', async (c) => {
    const { user } = c.var.session;
    const done = await endSession(needs.database, user.id, c.req.param('id'));
    if (!done) return answerProblem(c, 'not_found');
    return seeOther(needs, c, `${paths.settingsProfile}#sessions`, {
      state: 'opened',
      text: c.var.view.t('sessions.ended'),
    });
  });
  app.post(paths.settingsSessions, async (c) => {
    const { user, id } = c.var.session;
    await endOtherSessions(needs.database, user.id, id);
    return seeOther(needs, c, `${paths.settingsProfile}#sessions`, {
      state: 'opened',
      text: c.var.view.t('sessions.othersEnded'),
    });
  });
}

/** What the list of a person's browsers shows. */
export async function sessionsModel(needs: WebNeeds, c: Context<StaffEnv>): Promise<SessionsModel> {
  const { session, view } = c.var;
  const sessions = await listSessions(needs.database, session.user.id, needs.clock());
  const companies = [...(view.company ? [view.company] : []), ...view.otherCompanies];
  return {
    sessions: sessions.map((one) => ({
      id: one.id,
      browser: wordAgent(one.agent),
      network: one.network || null,
      companyName: companies.find(({ id }) => id === one.companyId)?.name ?? '',
      since: one.since,
      lastSeenAt: one.lastSeenAt,
      isHere: one.id === session.id,
    })),
  };
}
