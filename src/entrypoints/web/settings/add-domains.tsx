import type { Context } from 'hono';
import { fullName, getCompany } from '#domain/accounts';
import { releaseForSender } from '#domain/outbox';
import {
  addDomain,
  checkDomain,
  type DomainRefusal,
  drawSettingsPdf,
  getDomain,
  listDomains,
  listSenders,
  mailSettings,
  removeDomain,
  rotateKey,
  type SendingDomain,
  setFallback,
} from '#domain/senders';
import { domainOf } from '#mail/address';
import { inCompany, type Tx } from '#stores/database';
import { type Errors, type FlashModel, paths } from '../kit/index.ts';
import type { WebNeeds, WebTables } from '../needs.ts';
import { DomainScreen } from '../screens/domain.tsx';
import { DomainsScreen } from '../screens/settings-domains.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { ownersOnly } from '../staff/guard.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { wrong } from '../staff/wording.ts';
import { domainModel, domainsModel, mailsSettings, pageUrl } from './domain-models.ts';
import { problemSentence } from './sender-words.ts';

type C = Context<StaffEnv>;

/** The company's domains: list, records, check, keys, and what helps the administrator. */
export function addDomains(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.settingsDomains, (c) => showList(needs, c, { errors: {}, typed: '' }));
  app.post(paths.settingsDomains, ownersOnly(), (c) => add(needs, c));
  app.get('/settings/domains/:id', (c) => showOne(needs, c, { errors: {}, typedTo: '' }));
  app.get('/settings/domains/:id/settings.pdf', (c) => sendPdf(needs, c));
  app.post('/settings/domains/:id/check', ownersOnly(), (c) => check(needs, c, idOf(c)));
  app.post('/settings/domains/:id/mail', ownersOnly(), (c) => mail(needs, c));
  app.post('/settings/domains/:id/fallback', ownersOnly(), async (c) => {
    const chosen = (await readForm(c)).text('fallback') || null;
    return change(needs, c, 'kit.saved', (tx) => setFallback(tx, refOf(c), chosen));
  });
  app.post('/settings/domains/:id/rotate', ownersOnly(), (c) =>
    change(needs, c, 'domain.keys.rotated', (tx) =>
      rotateKey(tx, needs.senders, refOf(c), 'user', needs.clock()),
    ),
  );
  app.post('/settings/domains/:id/delete', ownersOnly(), async (c) => {
    const companyId = c.var.company.id;
    const done = await inCompany(needs.database, companyId, (tx) =>
      removeDomain(tx, refOf(c), 'user', needs.clock()),
    );
    if (!done.ok) return refuse(needs, c, done.reason);
    const text = c.var.view.t('domain.deleted', { name: done.name });
    return seeOther(needs, c, paths.settingsDomains, { state: 'opened', text });
  });
}

const idOf = (c: C): string => c.req.param('id') ?? '';
const refOf = (c: C) => ({ companyId: c.var.company.id, domainId: idOf(c) });

type Done = { readonly ok: true } | { readonly ok: false; readonly reason: DomainRefusal };
async function add(needs: WebNeeds, c: C): Promise<Response> {
  const typed = (await readForm(c)).text('name');
  const { company, session, view } = c.var;
  const input = { companyId: company.id, name: typed, by: fullName(session.user) };
  const added = await inCompany(needs.database, company.id, (tx) =>
    addDomain(tx, needs.senders, input, 'user', needs.clock()),
  );
  if (!added.ok) return showList(needs, c, { errors: { name: wrong(view, added.reason) }, typed }, 422);
  return check(needs, c, added.domain.id);
}

/** Looks at the DNS now, and lets what waited for the domain go out. */
async function check(needs: WebNeeds, c: C, domainId: string): Promise<Response> {
  const companyId = c.var.company.id;
  const checked = await checkDomain(needs.senders, { companyId, domainId, actor: 'user' });
  if (!checked.ok) return answerProblem(c, 'not_found');
  const released = await releaseWaiting(needs, checked.domain);
  const { t } = c.var.view;
  const flash: FlashModel | undefined =
    released > 0 ? { state: 'opened', text: t('senders.released', { count: released }) } : undefined;
  return seeOther(needs, c, paths.domain(domainId), flash);
}

function releaseWaiting(needs: WebNeeds, { companyId, name }: SendingDomain): Promise<number> {
  return inCompany(needs.database, companyId, async (tx) => {
    let released = 0;
    for (const sender of await listSenders(tx, companyId))
      if (sender.method === 'domain' && sender.state === 'valid' && domainOf(sender.address) === name)
        released += await releaseForSender(tx, companyId, sender.id, needs.clock());
    return released;
  });
}

/** Mails the records to the person who sets them, from the company's usual address. */
async function mail(needs: WebNeeds, c: C): Promise<Response> {
  const { company, session, view } = c.var;
  const typedTo = (await readForm(c)).text('to').trim();
  const { domain, senders } = await readOne(needs, c);
  const sender = mailsSettings(senders);
  if (!domain || !sender) return answerProblem(c, 'not_found');
  const order = {
    domain,
    sender,
    to: typedTo,
    companyName: company.name,
    language: view.language,
    replyTo: session.user.email,
    pageUrl: pageUrl(needs, domain),
  };
  const sent = await mailSettings(needs.senders, order, needs.clock());
  if (!sent.ok) {
    const error =
      sent.reason === 'address_invalid'
        ? wrong(view, sent.reason)
        : problemSentence(view, sent.reason, typedTo);
    return showOne(needs, c, { errors: { to: error }, typedTo }, 422);
  }
  const text = view.t('domain.mail.sent', { address: typedTo });
  return seeOther(needs, c, paths.domain(domain.id), { state: 'opened', text });
}

async function sendPdf(needs: WebNeeds, c: C): Promise<Response> {
  const { domain, company } = await readOne(needs, c);
  if (!domain || !company) return answerProblem(c, 'not_found');
  const { language } = c.var.view;
  const sheet = { domain, companyName: company.name, language, pageUrl: pageUrl(needs, domain) };
  const bytes = await drawSettingsPdf(sheet, needs.clock());
  c.header('content-type', 'application/pdf');
  c.header('content-disposition', `attachment; filename="${domain.name}.pdf"`);
  return c.body(new Uint8Array(bytes));
}

async function change(
  needs: WebNeeds,
  c: C,
  saying: 'kit.saved' | 'domain.keys.rotated',
  work: (tx: Tx<WebTables>) => Promise<Done>,
): Promise<Response> {
  const done = await inCompany(needs.database, c.var.company.id, work);
  if (!done.ok) return refuse(needs, c, done.reason);
  return seeOther(needs, c, paths.domain(idOf(c)), { state: 'opened', text: c.var.view.t(saying) });
}

function refuse(needs: WebNeeds, c: C, reason: DomainRefusal): Promise<Response> | Response {
  if (reason === 'not_found') return answerProblem(c, 'not_found');
  return seeOther(needs, c, paths.domain(idOf(c)), { state: 'failed', text: wrong(c.var.view, reason) });
}

function readOne(needs: WebNeeds, c: C) {
  const companyId = c.var.company.id;
  return inCompany(needs.database, companyId, async (tx) => ({
    domain: await getDomain(tx, companyId, { id: idOf(c) }),
    senders: await listSenders(tx, companyId),
    company: await getCompany(tx, companyId),
  }));
}

async function showOne(
  needs: WebNeeds,
  c: C,
  form: { readonly errors: Errors; readonly typedTo: string },
  status: 200 | 422 = 200,
): Promise<Response> {
  const { view } = c.var;
  const { domain, senders } = await readOne(needs, c);
  if (!domain) return answerProblem(c, 'not_found');
  const model = { ...domainModel({ view, needs, senders }, domain), ...form };
  return page(c, <DomainScreen view={view} model={model} />, status);
}

async function showList(
  needs: WebNeeds,
  c: C,
  form: { readonly errors: Errors; readonly typed: string },
  status: 200 | 422 = 200,
): Promise<Response> {
  const { view, company } = c.var;
  const domains = await inCompany(needs.database, company.id, (tx) => listDomains(tx, company.id));
  const model = { ...domainsModel(view, needs, domains), ...form };
  return page(c, <DomainsScreen view={view} model={model} />, status);
}
