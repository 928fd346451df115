import type { Context } from 'hono';
import { second } from '#base/time';
import { getCompany } from '#domain/accounts';
import {
  checkDomain,
  domainTexts,
  getDomainAnywhere,
  readDomainPageToken,
  shownDomain,
  zoneSnippet,
} from '#domain/senders';
import { asWorker } from '#stores/database';
import type { Assets } from '../assets/bundle.ts';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { DnsPage } from '../screens/dns-page.tsx';
import { recordModel } from '../settings/domain-models.ts';
import { isSameVisit } from '../staff/csrf.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { visitorView } from '../staff/make-view.ts';
import { answerProblem, page } from '../staff/page.tsx';

type C = Context<StaffEnv>;

/** Somebody who presses the button again and again asks the DNS no more often than this. */
const restMs = 5 * second;

/** The page for a domain's administrator: whoever has its address sees the records and may check them again, and nothing else. */
export function addDnsPage(app: StaffApp, needs: WebNeeds, assets: Assets): void {
  app.get('/dns/:token', (c) => show(needs, assets, c));
  app.post('/dns/:token', async (c) => {
    const domain = await domainOf(needs, c);
    if (domain && (await isSameVisit(needs, c)) && isRested(domain.checkedAt, needs.clock()))
      await checkDomain(needs.senders, {
        companyId: domain.companyId,
        domainId: domain.id,
        actor: 'unknown',
      });
    return c.redirect(paths.dnsPage(c.req.param('token') ?? ''), 303);
  });
}

async function show(needs: WebNeeds, assets: Assets, c: C): Promise<Response> {
  c.set('view', visitorView(needs, assets, c));
  c.header('x-robots-tag', 'noindex');
  const domain = await domainOf(needs, c);
  if (!domain) return answerProblem(c, 'not_found');
  const { view } = c.var;
  const company = await asWorker(needs.database, (tx) => getCompany(tx, domain.companyId));
  const t = domainTexts(view.language);
  const name = shownDomain(domain.name);
  const model = {
    name,
    title: t('title', { domain: name }),
    intro: t('intro', { company: company?.name ?? name, domain: name }),
    path: paths.dnsPage(c.req.param('token') ?? ''),
    stateWord: t(`state.${domain.state}`),
    records: domain.records.map((record) => recordModel(view, record)),
    zone: zoneSnippet(domain.name, domain.records),
  };
  return page(c, <DnsPage view={view} model={model} />);
}

async function domainOf(needs: WebNeeds, c: C) {
  const id = readDomainPageToken(needs.senders.key, c.req.param('token') ?? '');
  return id ? asWorker(needs.database, (tx) => getDomainAnywhere(tx, id)) : null;
}

function isRested(checkedAt: Date | null, now: Date): boolean {
  return !checkedAt || now.getTime() - checkedAt.getTime() >= restMs;
}
