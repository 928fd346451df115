import { type CompanyChange, changeCompany, getCompany } from '#domain/accounts';
import { json, refuse, refuseFields } from '../answer.ts';
import { inOwnCompany } from '../call.ts';
import { fieldErrors } from '../field-words.ts';
import { orNothing } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { companyEdit, companyShape, showCompany } from '../shapes/company.ts';

const tag = 'Company';

const get = defineRoute({
  method: 'get',
  path: '/company',
  operationId: 'getCompany',
  tag,
  summary: 'Show your company and its defaults',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: companyShape },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const company = await getCompany(tx, call.companyId);
      return company ? json(showCompany(company)) : refuse('not_found');
    }),
});

const change = defineRoute({
  method: 'patch',
  path: '/company',
  operationId: 'changeCompany',
  tag,
  summary: 'Change your company and its defaults',
  description:
    'What is absent stays as it is. A narrower `trackingMode` holds for everything that is sent from then on.',
  right: 'all',
  body: { json: companyEdit },
  success: { kind: 'json', statuses: [200], schema: companyShape },
  handle: (call) =>
    orNothing(call, async (tx) => {
      const edit = call.body as CompanyChange; // the schema has the fields of a change, one by one
      const changed = await changeCompany(tx, call.companyId, edit, call.now);
      if (!changed.ok) return refuseFields(fieldErrors(changed.problems));
      const company = await getCompany(tx, call.companyId);
      return company ? json(showCompany(company)) : refuse('not_found');
    }),
});

export const companyRoutes: readonly Route[] = [get, change];
