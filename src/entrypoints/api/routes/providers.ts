import { getCompany, hasFeature } from '#domain/accounts';
import { getDispatches } from '#domain/dispatch';
import { getIncamail, listReceipts, saveIncamail } from '#domain/registered';
import { getSender } from '#domain/senders';
import { type Answer, json, refuse, refuseFields } from '../answer.ts';
import { byKey } from '../author.ts';
import { type ApiTx, type Call, inOwnCompany } from '../call.ts';
import { incamailError } from '../field-words.ts';
import { once } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { listOf } from '../shapes/common.ts';
import {
  type IncamailJson,
  incamailInput,
  incamailShape,
  receiptShape,
  showIncamail,
  showReceipt,
} from '../shapes/provider.ts';

const tag = 'Providers';

const get = defineRoute({
  method: 'get',
  path: '/providers/incamail',
  operationId: 'getIncamail',
  tag,
  summary: 'Show the account with IncaMail',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: incamailShape },
  handle: (call) =>
    inOwnCompany(call, async (tx) => ((await isInPlan(tx, call)) ? show(tx, call) : refuse('not_found'))),
});

const save = defineRoute({
  method: 'post',
  path: '/providers/incamail',
  operationId: 'saveIncamail',
  tag,
  summary: 'Set up the account with IncaMail, or change it',
  description:
    'Its services are then offered beside the built-in ones while it is active. Server, marking and root certificates are not published by Swiss Post: your contract names them. Connect the mailbox of `senderId` so that receipts are found.',
  right: 'all',
  body: { json: incamailInput },
  success: { kind: 'json', statuses: [200], schema: incamailShape },
  handle: (call) =>
    once(call, async (tx) => {
      if (!(await isInPlan(tx, call))) return refuse('not_found');
      const { actor, id: by } = byKey(call);
      const of = { companyId: call.companyId, actor, by };
      const { password, ...rest } = call.body;
      const input = password === undefined ? rest : { ...rest, password };
      const saved = await saveIncamail(tx, call.needs.senders, of, input, call.now);
      if (saved.ok) return show(tx, call);
      return refuseFields(
        saved.problems.map(({ path, reason }) => ({ path, message: incamailError(reason) })),
      );
    }),
});

const receipts = defineRoute({
  method: 'get',
  path: '/dispatches/{id}/receipts',
  operationId: 'listProviderReceipts',
  tag,
  summary: 'List the receipts of an outside provider about a dispatch',
  description:
    'As they came, oldest first. `kind` is what a receipt says, `signature` what checking the signature of its PDF found; nothing is claimed beyond that.',
  id: 'dispatch',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: listOf(receiptShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const [dispatch] = await getDispatches(tx, call.companyId, { ids: [call.id] });
      if (!dispatch) return refuse('not_found');
      const rows = await listReceipts(tx, call.companyId, { dispatchId: call.id });
      return json({ items: rows.map(showReceipt), nextCursor: null });
    }),
});

async function isInPlan(tx: ApiTx, call: Call): Promise<boolean> {
  const company = await getCompany(tx, call.companyId);
  return company !== null && hasFeature(company, 'registered');
}

async function show(tx: ApiTx, call: Call): Promise<Answer<IncamailJson>> {
  const account = await getIncamail(tx, call.companyId);
  if (!account) return refuse('not_found');
  return json(showIncamail(account, await getSender(tx, call.companyId, account.senderId)));
}

export const providerRoutes: readonly Route[] = [get, save, receipts];
