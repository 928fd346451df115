import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { catalogueProblems, languages } from '#base/language';
import { listDeliveries } from '#domain/registered';
import { asWorker } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { noticeLeft } from '../../../test/notice.ts';
import { registeredCatalogues } from '../../domain/registered/registered-deps.ts';
import { freezeDispatches } from './freeze-dispatches.ts';

let now = new Date('2026-11-27T08:00:00Z');
let installation: TestInstallation;
before(async () => {
  installation = await testInstallation({ clock: () => now });
});
after(() => installation.close());

test('the page with a document behind a code is never kept as if it had been served, and a plain one is', async () => {
  const document = await installation.addInvoice();
  const messages = await Promise.all(
    (['registered', 'standard'] as const).map(async (service) => {
      const sent = await installation.send(document, { to: ['a@one.example'], service, copyToSender: false });
      await noticeLeft(installation, sent[0]?.id ?? '');
      return sent[0]?.id;
    }),
  );
  now = new Date(now.getTime() + 15 * 60_000); // nobody draws pages here: after a while they are kept without
  while ((await freezeDispatches(installation)) > 0);
  const { rows } = await installation.database.owner.query('select distinct dispatch_id from frozen_pages');
  const [, plain] = messages;
  const found = await installation.database.owner.query('select dispatch_id from messages where id = $1', [
    plain,
  ]);
  assert.deepEqual(rows, found.rows);
});

test('behind a code each recipient has a record of his own, and nobody is put in copy', async () => {
  const document = await installation.addInvoice();
  const messages = await installation.send(document, {
    to: ['a@two.example', 'b@two.example'],
    service: 'registered',
    attach: true,
  });
  assert.deepEqual(
    messages.map((one) => one.role),
    ['to', 'to'],
  );
  const which = { dispatchId: messages[0]?.dispatchId ?? '' };
  const rows = await asWorker(installation.database, (tx) =>
    listDeliveries(tx, installation.companyId, which),
  );
  assert.equal(rows.length, 2);
  await assert.rejects(
    installation.send(document, { to: ['a@two.example'], cc: ['c@two.example'], service: 'registered' }),
    /service_only_to/,
  );
  await assert.rejects(
    installation.send(document, { to: ['a@two.example'], service: 'registered', serviceDays: 400 }),
    /service_days/,
  );
  await assert.rejects(
    installation.send(document, {
      to: ['a@two.example'],
      service: 'registered',
      subject: 'Votre LRE',
      text: 'x',
    }),
    /term_protected/,
  );
});

test('the words of deliveries are complete in six languages and name no protected service', () => {
  assert.deepEqual(catalogueProblems(registeredCatalogues, languages), []);
});
