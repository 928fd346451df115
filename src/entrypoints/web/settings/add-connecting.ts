import type { Context } from 'hono';
import { openSecret, sealSecret } from '#base/crypto';
import { minute } from '#base/time';
import { followMailboxChoice } from '#domain/returns';
import {
  beginConnecting,
  type Consent,
  finishConnecting,
  getGrant,
  getSender,
  type ProviderSender,
} from '#domain/senders';
import { inCompany } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { forgetCookie, groundOf, keepCookie, readCookie } from '../staff/cookies.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { ownersOnly } from '../staff/guard.ts';
import { answerProblem, seeOther } from '../staff/page.tsx';
import { wrong } from '../staff/wording.ts';

type C = Context<StaffEnv>;

const cookie = 'envoi_connecting';
const patience = 15 * minute; // somebody may have to look for a second factor

/** What the browser keeps while its person is at the provider's; sealed for this session, so that nobody else can bring it back. */
interface Visit {
  readonly senderId: string;
  readonly consent: Consent;
  readonly until: number;
}

/** The way to the provider's page and back; `test` then tries the sender and lets go out what waits for it. */
export function addConnecting(
  app: StaffApp,
  needs: WebNeeds,
  test: (c: C, senderId: string) => Promise<Response>,
): void {
  app.get('/settings/senders/:id/connect', ownersOnly(), (c) => leave(needs, c));
  app.get('/settings/senders/connected/:provider', ownersOnly(), (c) => comeBack(needs, c, test));
}

/** A sender at Google or Microsoft was saved: what is left to do is to connect it, unless it is. */
export async function afterAccount(needs: WebNeeds, c: C, sender: ProviderSender): Promise<Response> {
  const { company, view } = c.var;
  const ref = { companyId: company.id, senderId: sender.id };
  const { grant, mailbox } = await inCompany(needs.database, company.id, async (tx) => ({
    grant: await getGrant(tx, ref),
    mailbox: await followMailboxChoice(tx, needs.senders, { ...ref, ...deciderOf(c) }, needs.clock()),
  }));
  const provider = view.t(`method.${sender.method}`);
  const saved = mailbox === 'again' ? view.t('senders.mailbox.again', { provider }) : view.t('kit.saved');
  const text = grant?.state === 'live' ? saved : view.t('senders.connect.next', { provider });
  return seeOther(needs, c, `${paths.settingsSenders}#${sender.id}`, { state: 'opened', text });
}

async function leave(needs: WebNeeds, c: C): Promise<Response> {
  const ref = { companyId: c.var.company.id, senderId: c.req.param('id') ?? '' };
  const begun = await beginConnecting(needs.senders, ref, needs.publicUrl);
  if (!begun.ok) {
    if (begun.reason === 'not_found') return answerProblem(c, 'not_found');
    const text = wrong(c.var.view, begun.reason);
    return seeOther(needs, c, paths.settingsSenders, { state: 'failed', text });
  }
  const until = needs.clock().getTime() + patience;
  const visit: Visit = { senderId: ref.senderId, consent: begun.consent, until };
  const value = sealSecret(needs.senders.key, purposeOf(c), JSON.stringify(visit)).toString('base64url');
  keepCookie(c, groundOf(needs.publicUrl, c), { name: cookie, value, maxAge: patience / 1000 });
  return c.redirect(begun.url, 303);
}

async function comeBack(
  needs: WebNeeds,
  c: C,
  test: (c: C, senderId: string) => Promise<Response>,
): Promise<Response> {
  const { company, session, view } = c.var;
  const provider = c.req.param('provider') ?? '';
  const named = { provider: view.t(`method.${provider === 'microsoft' ? 'microsoft' : 'google'}`) };
  const visit = takeVisit(needs, c);
  if (!visit) {
    const text = view.t('senders.connect.wrong.stale');
    return seeOther(needs, c, paths.settingsSenders, { state: 'failed', text });
  }
  const ref = { companyId: company.id, senderId: visit.senderId, by: session.user.id };
  const parameters = new URL(c.req.url).searchParams;
  const back = { consent: visit.consent, parameters, publicUrl: needs.publicUrl, provider };
  const connected = await finishConnecting(needs.senders, ref, back);
  if (connected.ok) {
    await inCompany(needs.database, company.id, (tx) =>
      followMailboxChoice(tx, needs.senders, { ...ref, ...deciderOf(c) }, needs.clock()),
    );
    return test(c, visit.senderId);
  }
  if (connected.reason === 'not_found') return answerProblem(c, 'not_found');
  needs.log.warn({ senderId: visit.senderId, reason: connected.reason }, 'an account was not connected');
  const sender = await inCompany(needs.database, company.id, (tx) =>
    getSender(tx, company.id, visit.senderId),
  );
  const text =
    connected.reason === 'provider_not_set_up'
      ? wrong(view, connected.reason)
      : view.t(`senders.connect.wrong.${connected.reason}`, {
          ...named,
          account: connected.message,
          address: sender?.address ?? '',
        });
  return seeOther(needs, c, `${paths.settingsSenders}#${visit.senderId}`, { state: 'failed', text });
}

/** What this session took along, once; null when it took nothing, somebody else did, or it is too long ago. */
function takeVisit(needs: WebNeeds, c: C): Visit | null {
  const ground = groundOf(needs.publicUrl, c);
  const value = readCookie(c, ground, cookie);
  if (value === undefined) return null;
  forgetCookie(c, ground, cookie);
  try {
    const opened = openSecret(needs.senders.key, purposeOf(c), Buffer.from(value, 'base64url'));
    const visit = JSON.parse(opened) as Visit;
    return visit.until > needs.clock().getTime() ? visit : null;
  } catch {
    return null;
  }
}

function deciderOf(c: C) {
  return { actor: 'user', by: c.var.session.user.id } as const;
}

function purposeOf(c: C): string {
  return `connecting:${c.var.company.id}:${c.var.session.csrfToken}`;
}
