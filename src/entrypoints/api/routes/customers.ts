import { z } from '@hono/zod-openapi';
import {
  type CustomerRefused,
  type CustomersImported,
  changeCustomer,
  createCustomer,
  getCustomer,
  importCustomers,
  listCustomers,
  pauseCustomerReminders,
} from '#domain/customers';
import { readTable } from '#formats/csv';
import { inCompany, inPassing } from '#stores/database';
import { json, type Refusal, refuse, refuseFields } from '../answer.ts';
import type { ApiTables } from '../api-needs.ts';
import { byKey } from '../author.ts';
import { inOwnCompany } from '../call.ts';
import { fieldErrors } from '../field-words.ts';
import { once, orNothing } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { file, listOf, loosePage } from '../shapes/common.ts';
import {
  customerEdit,
  customerShape,
  importLine,
  newCustomer,
  showCustomer,
  showImportLine,
} from '../shapes/customer.ts';

const tag = 'Customers';

const create = defineRoute({
  method: 'post',
  path: '/customers',
  operationId: 'createCustomer',
  tag,
  summary: 'Make a customer with contacts',
  right: 'send',
  body: { json: newCustomer },
  success: { kind: 'json', statuses: [201], schema: customerShape },
  handle: (call) =>
    once(call, async (tx) => {
      const made = await createCustomer(
        tx,
        { companyId: call.companyId, by: byKey(call) },
        call.body,
        call.now,
      );
      return made.ok ? json(showCustomer(made.customer), 201) : refuseCustomer(made);
    }),
});

const importTable = defineRoute({
  method: 'post',
  path: '/customers/import',
  operationId: 'importCustomers',
  tag,
  summary: 'Bring in customers from a table (CSV, XLSX)',
  description:
    'The first row names the columns; rows of one customer become his contacts. A column with the category is taken too. Who is known gets what the table says; empty cells change nothing. With `dryRun` nothing is kept.',
  right: 'send',
  body: { form: z.strictObject({ file, dryRun: z.enum(['true', 'false']).optional() }) },
  success: { kind: 'json', statuses: [200], schema: listOf(importLine) },
  handle: async (call) => {
    const table = await readTable(call.body.file.bytes);
    if (!table.ok) return refuseTable(table.reason);
    const isDry = call.body.dryRun === 'true';
    const run = isDry ? inPassing : inCompany;
    const which = { companyId: call.companyId, by: byKey(call) };
    const done = await run<ApiTables, CustomersImported>(call.needs.database, call.companyId, (tx) =>
      importCustomers(tx, which, table.rows, call.now),
    );
    if (!done.ok) return refuseTable(done.reason);
    return json({ items: done.lines.map(showImportLine), nextCursor: null });
  },
});

function refuseTable(reason: string): Refusal {
  return refuseFields([
    { path: 'file', message: `The table cannot be read: ${reason.replaceAll('_', ' ')}.` },
  ]);
}

const list = defineRoute({
  method: 'get',
  path: '/customers',
  operationId: 'listCustomers',
  tag,
  summary: 'List customers by name',
  right: 'read',
  query: z.strictObject({
    ...loosePage,
    q: z.string().max(200).optional().openapi({ description: 'part of a name, VAT id or contact' }),
  }),
  success: { kind: 'json', statuses: [200], schema: listOf(customerShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const found = await listCustomers(tx, call.companyId, call.query);
      if (!found.ok)
        return refuseFields([{ path: 'cursor', message: 'This is no cursor of an earlier page.' }]);
      return json({ items: found.items.map(showCustomer), nextCursor: found.nextCursor });
    }),
});

const get = defineRoute({
  method: 'get',
  path: '/customers/{id}',
  operationId: 'getCustomer',
  tag,
  summary: 'Show a customer',
  id: 'customer',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: customerShape },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const customer = await getCustomer(tx, call.companyId, call.id);
      return customer ? json(showCustomer(customer)) : refuse('not_found');
    }),
});

const change = defineRoute({
  method: 'patch',
  path: '/customers/{id}',
  operationId: 'changeCustomer',
  tag,
  summary: 'Change a customer',
  description: 'What is absent stays as it is.',
  id: 'customer',
  right: 'send',
  body: { json: customerEdit },
  success: { kind: 'json', statuses: [200], schema: customerShape },
  refusals: ['customer_merged'],
  handle: (call) =>
    orNothing(call, async (tx) => {
      const which = { companyId: call.companyId, customerId: call.id, by: byKey(call) };
      const { remindersPausedUntil: until, remindersPauseReason: reason = null, ...given } = call.body;
      const changed = await changeCustomer(tx, which, given, call.now);
      if (!changed.ok) return refuseCustomer(changed);
      if (until === undefined) return json(showCustomer(changed.customer));
      const paused = await pauseCustomerReminders(tx, which, { until, reason }, call.now);
      if (!paused.ok)
        return refuseFields(fieldErrors([{ path: 'remindersPausedUntil', reason: 'not_a_date' }]));
      const customer = await getCustomer(tx, call.companyId, call.id);
      return customer ? json(showCustomer(customer)) : refuse('not_found');
    }),
});

function refuseCustomer(refused: CustomerRefused): Refusal {
  if (refused.reason === 'invalid') return refuseFields(fieldErrors(refused.problems));
  return refuse(refused.reason === 'merged' ? 'customer_merged' : 'not_found');
}

export const customerRoutes: readonly Route[] = [create, importTable, list, get, change];
