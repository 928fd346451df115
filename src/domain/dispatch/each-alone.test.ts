import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import PostalMime from 'postal-mime';
import { changeCompany } from '#domain/accounts';
import { listDeliveries } from '#domain/registered';
import { type Loop, startWorker } from '#entrypoints/worker';
import { inCompany } from '#stores/database';
import { connectIncamail, sendByIncamail } from '../../../test/incamail-account.ts';
import { type TestInstallation, testInstallation, until } from '../../../test/installation.ts';
import { type FakeIncamail, startIncamail } from '../../../test/servers/index.ts';
import type { DispatchRequest } from './index.ts';

let installation: TestInstallation;
let fake: FakeIncamail;
let worker: Loop;

before(async () => {
  installation = await testInstallation();
  fake = await startIncamail();
  worker = await startWorker(installation);
});
after(async () => {
  await worker.stop();
  await fake.close();
  await installation.close();
});

const two = ['anna@alone.example', 'bert@alone.example'];

/** Sends to both and returns whom each mail names in To, by its recipient. */
async function namedIn(more: Partial<DispatchRequest>): Promise<Map<string, readonly string[]>> {
  const messages = await installation.send(await installation.addInvoice(), { to: two, ...more });
  const ids = messages.filter((one) => one.role === 'to').map((one) => one.id);
  const rows = await until(
    'the mails have come',
    async () => {
      const found = await installation.database.owner.query<{ recipient: string; raw: Buffer }>(
        'select recipient, raw from sandbox_mails where message_id = any ($1)',
        [ids],
      );
      return found.rows.length === ids.length && found.rows;
    },
    60_000,
  );
  const read = await Promise.all(
    rows.map(async ({ recipient, raw }) => {
      const { to = [] } = await PostalMime.parse(raw);
      return [recipient, to.map((one) => one.address ?? '')] as const;
    }),
  );
  return new Map(read);
}

test('a plain mail shows everybody in To to each of them', async () => {
  const named = await namedIn({});
  for (const address of two) assert.deepEqual(named.get(address), two);
});

for (const service of ['registered', 'confidential'] as const)
  test(`the notice of a ${service} delivery names its own recipient alone: who else has one is not his business`, async () => {
    const named = await namedIn({ service });
    for (const address of two) assert.deepEqual(named.get(address), [address]);
  });

test('so do mails through an outside provider', async () => {
  await connectIncamail(installation, fake);
  await sendByIncamail(installation, two);
  for (const address of two) {
    const { headers } = await fake.taken(address);
    const others = two.filter((one) => one !== address);
    assert.ok(headers.get('to')?.includes(address));
    assert.ok(!others.some((one) => headers.get('to')?.includes(one)));
  }
});

test('whether the sender is named before acceptance follows the company’s habit, unless a send says otherwise', async () => {
  const { database, companyId, clock } = installation;
  const isHidden = async (more: Partial<DispatchRequest>) => {
    const [message] = await installation.send(await installation.addInvoice(), {
      to: [two[0] ?? ''],
      ...more,
    });
    const which = { dispatchId: message?.dispatchId ?? '' };
    const found = await inCompany(database, companyId, (tx) => listDeliveries(tx, companyId, which));
    return found[0]?.senderHidden;
  };
  assert.equal(await isHidden({ service: 'registered' }), false);
  await inCompany(database, companyId, (tx) => changeCompany(tx, companyId, { hideSender: true }, clock()));
  assert.equal(await isHidden({ service: 'registered' }), true);
  assert.equal(await isHidden({ service: 'confidential' }), true);
  assert.equal(await isHidden({ service: 'registered', hideSender: false }), false);
  assert.equal(await isHidden({}), undefined, 'a plain mail has nothing to hide');
  await inCompany(database, companyId, (tx) => changeCompany(tx, companyId, { hideSender: false }, clock()));
});
