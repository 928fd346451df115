import { z } from '@hono/zod-openapi';
import { languages } from '#base/language';
import { getCompany } from '#domain/accounts';
import { releaseForSender } from '#domain/outbox';
import {
  addDomain,
  checkDomain,
  type DomainRefusal,
  domainPageToken,
  drawSettingsPdf,
  getDomain,
  listDomains,
  listSenders,
  removeDomain,
  rotateKey,
  type SendingDomain,
  setFallback,
} from '#domain/senders';
import { domainOf } from '#mail/address';
import { empty, json, type Refusal, refuse, refuseFields } from '../answer.ts';
import { type ApiTx, type Call, inOwnCompany } from '../call.ts';
import { domainError } from '../field-words.ts';
import { once, onceAround, orNothing } from '../once.ts';
import type { ProblemCode } from '../problems.ts';
import { defineRoute, type Route } from '../route.ts';
import { listOf } from '../shapes/common.ts';
import { domainEdit, domainShape, newDomain, showDomain } from '../shapes/domain.ts';

const tag = 'Domains';

const list = defineRoute({
  method: 'get',
  path: '/domains',
  operationId: 'listDomains',
  tag,
  summary: 'List the domains that the company sends from',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: listOf(domainShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const domains = await listDomains(tx, call.companyId);
      return json({ items: domains.map(showDomain), nextCursor: null });
    }),
});

const get = defineRoute({
  method: 'get',
  path: '/domains/{id}',
  operationId: 'getDomain',
  tag,
  summary: 'Show a domain with its records, as the last check found them',
  id: 'domain',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: domainShape },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const domain = await getDomain(tx, call.companyId, { id: call.id });
      return domain ? json(showDomain(domain)) : refuse('not_found');
    }),
});

const create = defineRoute({
  method: 'post',
  path: '/domains',
  operationId: 'addDomain',
  tag,
  summary: 'Add a domain of the company',
  description:
    'Makes its keys and says which records its DNS must have. It is `pending` until a check has found them.',
  right: 'all',
  body: { json: newDomain },
  success: { kind: 'json', statuses: [201], schema: domainShape },
  refusals: ['domain_exists'],
  handle: (call) =>
    once(call, async (tx) => {
      const input = { companyId: call.companyId, by: call.caller.name, ...call.body };
      const added = await addDomain(tx, call.needs.senders, input, 'program', call.now);
      return added.ok ? json(showDomain(added.domain), 201) : refuseDomain(added.reason);
    }),
});

const change = defineRoute({
  method: 'patch',
  path: '/domains/{id}',
  operationId: 'changeDomain',
  tag,
  summary: 'Change the signing key, or what sends while the domain is broken',
  id: 'domain',
  right: 'all',
  body: { json: domainEdit },
  success: { kind: 'json', statuses: [200], schema: domainShape },
  refusals: ['spare_key_not_published'],
  handle: (call) =>
    orNothing(call, async (tx) => {
      const done = await changeOne(tx, call, call.body);
      return done.ok ? json(showDomain(done.domain)) : refuseDomain(done.reason);
    }),
});

async function changeOne(
  tx: ApiTx,
  call: Call,
  edit: z.output<typeof domainEdit>,
): Promise<{ ok: true; domain: SendingDomain } | { ok: false; reason: DomainRefusal }> {
  const ref = { companyId: call.companyId, domainId: call.id };
  if (edit.fallbackSenderId !== undefined) {
    const set = await setFallback(tx, ref, edit.fallbackSenderId);
    if (!set.ok) return set;
  }
  if (edit.rotateKey) return rotateKey(tx, call.needs.senders, ref, 'program', call.now);
  const domain = await getDomain(tx, call.companyId, { id: call.id });
  return domain ? { ok: true, domain } : { ok: false, reason: 'not_found' };
}

const remove = defineRoute({
  method: 'delete',
  path: '/domains/{id}',
  operationId: 'removeDomain',
  tag,
  summary: 'Take a domain out of use',
  id: 'domain',
  right: 'all',
  success: { kind: 'empty' },
  refusals: ['domain_in_use'],
  handle: (call) =>
    orNothing(call, async (tx) => {
      const ref = { companyId: call.companyId, domainId: call.id };
      const removed = await removeDomain(tx, ref, 'program', call.now);
      return removed.ok ? empty : refuseDomain(removed.reason);
    }),
});

const check = defineRoute({
  method: 'post',
  path: '/domains/{id}/check',
  operationId: 'checkDomain',
  tag,
  summary: 'Ask the DNS for the records of a domain, now',
  description: "Asks the domain's own name servers first, so that a change shows at once.",
  id: 'domain',
  right: 'all',
  success: { kind: 'json', statuses: [200], schema: domainShape },
  handle: (call) =>
    onceAround(call, async () => {
      const ref = { companyId: call.companyId, domainId: call.id };
      const checked = await checkDomain(call.needs.senders, { ...ref, actor: 'program' });
      if (!checked.ok) return refuseDomain(checked.reason);
      await releaseWaiting(call, checked.domain);
      return json(showDomain(checked.domain));
    }),
});

/** What waited for this domain goes out as soon as its senders work. */
async function releaseWaiting(call: Call, domain: SendingDomain): Promise<void> {
  await inOwnCompany(call, async (tx) => {
    const senders = await listSenders(tx, call.companyId);
    for (const sender of senders)
      if (sender.method === 'domain' && sender.state === 'valid' && domainOf(sender.address) === domain.name)
        await releaseForSender(tx, call.companyId, sender.id, call.now);
  });
}

const settingsPdf = defineRoute({
  method: 'get',
  path: '/domains/{id}/settings.pdf',
  operationId: 'downloadDomainSettings',
  tag,
  summary: 'Download the records as a PDF for the administrator',
  id: 'domain',
  right: 'read',
  query: z.strictObject({ language: z.enum(languages).optional() }),
  success: { kind: 'file', mediaType: 'application/pdf' },
  handle: async (call) => {
    const { domain, company } = await inOwnCompany(call, async (tx) => ({
      domain: await getDomain(tx, call.companyId, { id: call.id }),
      company: await getCompany(tx, call.companyId),
    }));
    if (!domain || !company) return refuse('not_found');
    const language = call.query.language ?? company.language;
    const pageUrl = `${call.needs.publicUrl}/dns/${domainPageToken(call.needs.senders.key, domain.id)}`;
    const bytes = await drawSettingsPdf({ domain, companyName: company.name, language, pageUrl }, call.now);
    return { kind: 'file', bytes, mediaType: 'application/pdf', fileName: `${domain.name}.pdf` };
  },
});

function refuseDomain(reason: DomainRefusal): Refusal {
  const field = domainError(reason);
  return field ? refuseFields([field]) : refuse(reason as Extract<DomainRefusal, ProblemCode>);
}

export const domainRoutes: readonly Route[] = [list, get, create, change, remove, check, settingsPdf];
