import type { Context } from 'hono';
import {
  changeRole,
  fullName,
  hasFeature,
  invite,
  inviteToReset,
  limitMember,
  listInvitations,
  listMembers,
  removeMember,
  revokeInvitation,
} from '#domain/accounts';
import { listSenders } from '#domain/senders';
import { getSingleSignOn } from '#domain/single-sign-on';
import { inCompany } from '#stores/database';
import { mailAccount } from '../gate/account-mail.ts';
import { type FlashModel, paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { type PeopleModel, PeopleScreen, roles } from '../screens/settings-people.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { ownersOnly, planHas } from '../staff/guard.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { fieldErrors, wrong } from '../staff/wording.ts';
import { limitsModel, postedLimits } from './member-limits.ts';

type C = Context<StaffEnv>;
type Shown = Pick<PeopleModel, 'made' | 'values' | 'errors'>;

const fresh: Shown = { made: null, values: { email: '', role: 'member' }, errors: {} };

/** Who may sign in for the company. Only owners see and change it; a link is shown in the answer that made it. */
export function addPeople(app: StaffApp, needs: WebNeeds): void {
  app.use(paths.settingsPeople, ownersOnly());
  app.use(`${paths.settingsPeople}/*`, ownersOnly());
  app.get(paths.settingsPeople, (c) => show(needs, c, fresh));
  app.post(paths.settingsPeople, planHas('users'), (c) => inviteOne(needs, c));
  app.post('/settings/people/:id/role', async (c) => {
    const asked = (await readForm(c)).text('role');
    const role = roles.find((one) => one === asked);
    if (!role) return answerProblem(c, 'not_found');
    const done = await changeRole(needs.database, refOf(c), role, needs.clock());
    return back(needs, c, done.ok ? 'kit.saved' : done.reason);
  });
  app.post('/settings/people/:id/limits', async (c) => {
    const form = await readForm(c);
    const { companyId } = c.var.session;
    const senders = await inCompany(needs.database, companyId, (tx) => listSenders(tx, companyId));
    const limits = postedLimits(form, senders);
    const done = await limitMember(needs.database, refOf(c), limits, needs.clock());
    return back(needs, c, done.ok ? 'kit.saved' : done.reason);
  });
  app.post('/settings/people/:id/remove', async (c) => {
    const done = await removeMember(needs.database, refOf(c), needs.clock());
    return back(needs, c, done.ok ? 'people.removed' : done.reason);
  });
  app.post('/settings/people/:id/reset', async (c) => {
    const { companyId, userId } = refOf(c);
    const made = await inCompany(needs.database, companyId, (tx) =>
      inviteToReset(tx, { companyId, userId, by: byOf(c) }, needs.clock()),
    );
    if (!made.ok) return answerProblem(c, 'not_found');
    return showMade(needs, c, made);
  });
  app.post('/settings/people/invitations/:id/revoke', async (c) => {
    const { companyId } = c.var.session;
    const of = { companyId, id: c.req.param('id') ?? '', actor: 'user' } as const;
    const done = await inCompany(needs.database, companyId, (tx) => revokeInvitation(tx, of, needs.clock()));
    return back(needs, c, done ? 'people.revoked' : 'not_found');
  });
}

async function inviteOne(needs: WebNeeds, c: C): Promise<Response> {
  const form = await readForm(c);
  const email = form.text('email').trim();
  const role = roles.find((one) => one === form.text('role')) ?? 'member';
  const { companyId } = c.var.session;
  const made = await inCompany(needs.database, companyId, (tx) =>
    invite(tx, { companyId, email, role, by: byOf(c) }, needs.clock()),
  );
  // Not a redirect: the link must not lie in a cookie or an address of ours.
  if (made.ok) return showMade(needs, c, made);
  const errors = fieldErrors(c.var.view, [{ path: 'email', reason: made.reason }]);
  return show(needs, c, { made: null, values: { email, role }, errors }, 422);
}

/** Mails the link, and shows it once: mail may not be set up yet. */
async function showMade(
  needs: WebNeeds,
  c: C,
  made: { readonly token: string; readonly invitation: { email: string; purpose: 'join' | 'reset' } },
): Promise<Response> {
  const { email, purpose } = made.invitation;
  const { view, company, session } = c.var;
  const url = `${needs.publicUrl}${paths.join}?token=${made.token}`;
  const facts = { company: company.name, who: fullName(session.user) || session.user.email };
  const { t, language } = view;
  const key = purpose === 'join' ? 'invite' : 'reset';
  await mailAccount(needs, {
    companyId: company.id,
    address: email,
    language,
    subject: t(`accountMail.${key}.subject`, facts),
    sentences: [t(`accountMail.${key}.text`, facts), t('accountMail.ignore')],
    link: { text: t(`accountMail.${key}.link`, facts), url },
  });
  return show(needs, c, { ...fresh, made: { email, purpose, url } });
}

function byOf(c: C) {
  return { actor: 'user', id: c.var.session.user.id } as const;
}

function refOf(c: C) {
  return { companyId: c.var.session.companyId, userId: c.req.param('id') ?? '', actor: 'user' } as const;
}

function back(
  needs: WebNeeds,
  c: C,
  said: 'kit.saved' | 'people.removed' | 'people.revoked' | 'not_found' | 'last_owner',
): Promise<Response> | Response {
  if (said === 'not_found') return answerProblem(c, 'not_found');
  const { view } = c.var;
  const flash: FlashModel =
    said === 'last_owner'
      ? { state: 'failed', text: wrong(view, said) }
      : { state: 'opened', text: view.t(said) };
  return seeOther(needs, c, paths.settingsPeople, flash);
}

async function show(needs: WebNeeds, c: C, shown: Shown, status: 200 | 422 = 200): Promise<Response> {
  const { company, view, session } = c.var;
  const found = await inCompany(needs.database, company.id, async (tx) => ({
    members: await listMembers(tx, company.id),
    invitations: await listInvitations(tx, company.id, needs.clock()),
    senders: await listSenders(tx, company.id),
    signOn: await getSingleSignOn(tx, company.id),
  }));
  const { signOn } = found;
  const model: PeopleModel = {
    ...shown,
    mayInvite: hasFeature(company, 'users'),
    singleSignOn: signOn && { host: new URL(signOn.issuer).host, isRequired: signOn.isRequired },
    members: found.members.map((one) => ({
      userId: one.userId,
      name: fullName(one),
      email: one.email,
      role: one.role,
      isSelf: one.userId === session.user.id,
      limits: limitsModel(one, found.senders),
    })),
    invitations: found.invitations,
  };
  return page(c, <PeopleScreen view={view} model={model} />, status);
}
