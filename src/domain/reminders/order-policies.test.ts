import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openAmount } from '#domain/documents';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { reminding } from '../../../test/reminding.ts';
import { createPolicy, deletePolicy, listPolicies, orderPolicies } from './index.ts';

let installation: TestInstallation;
let story: ReturnType<typeof reminding>;
const clock = { now: new Date('2026-11-01T10:00:00Z') };

before(async () => {
  installation = await testInstallation({ clock: () => clock.now });
  story = reminding(installation, clock);
});
after(() => installation.close());

async function make(name: string, minimumAmount: string | null): Promise<string> {
  const { companyId, author } = installation;
  const change = { name, minimumAmount };
  const made = await story.inOwn((tx) => createPolicy(tx, { companyId, author, change }, clock.now));
  assert.ok(made.ok);
  return made.policy.id;
}

const order = (policyIds: readonly string[]) => {
  const { companyId, author } = installation;
  return story.inOwn((tx) => orderPolicies(tx, { companyId, author, policyIds }, clock.now));
};

test('a document belongs to the first policy of its kind of which it reaches the smallest amount', async () => {
  const invoice = await story.sentInvoice();
  const amount = openAmount(invoice) ?? '0';
  const large = await make('Large sums', '1000000');
  const usual = await make('Usual', amount);
  assert.equal((await story.planOf(invoice))?.policy?.name, 'Usual');
  const all = await make('All', null);
  assert.equal((await story.planOf(invoice))?.policy?.name, 'Usual', 'a new one comes last');
  assert.ok((await order([all, large, usual])).ok);
  assert.equal((await story.planOf(invoice))?.policy?.name, 'All');
});

test('where it reaches the amount of none, the plan says so of the first of its kind', async () => {
  const { companyId, author } = installation;
  const small = await story.sentInvoice();
  for (const one of await story.inOwn((tx) => listPolicies(tx, companyId)))
    if (one.name !== 'Large sums')
      await story.inOwn((tx) => deletePolicy(tx, { companyId, policyId: one.id, author }, clock.now));
  const plan = await story.planOf(small);
  assert.deepEqual([plan?.policy?.name, plan?.whyNot], ['Large sums', 'below_minimum']);
});

test('an order that does not name each policy once is refused', async () => {
  const [first] = await story.inOwn((tx) => listPolicies(tx, installation.companyId));
  const other = await make('Other', null);
  for (const ids of [[], [other], [other, other], [other, first?.id ?? '', 'rpo_x']])
    assert.equal((await order(ids)).ok, false);
});
