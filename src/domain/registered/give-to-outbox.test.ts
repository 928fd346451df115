import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getLetters, type Message } from '#domain/outbox';
import { asWorker } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { noticeLeft } from '../../../test/notice.ts';
import { runDeliveries } from './index.ts';

let installation: TestInstallation;
let now = Date.parse('2026-11-27T08:00:00Z');

before(async () => {
  installation = await testInstallation({ clock: () => new Date(now) });
});
after(() => installation.close());

/** Receipts of a dispatch that were queued, as `<kind> to <address>`. */
async function receipts(dispatchId: string): Promise<string[]> {
  const messages = (await installation.messages(dispatchId)).filter((one) => one.role === 'notification');
  const letters = await asWorker(installation.database, (tx) =>
    getLetters(
      tx,
      messages.map((one) => one.letterId),
    ),
  );
  const fileOf = (message: Message) =>
    letters.find((letter) => letter.id === message.letterId)?.attachments[0]?.fileName;
  return messages.map((message) => `${fileOf(message)} to ${message.address}`).sort();
}

test('a receipt goes out once to each side, though a process dies with it in hand and others work at the same time', async () => {
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, { to: ['anna@once.example'], service: 'registered' });
  assert.ok(message);
  // No worker runs here: the notice counts as handed over.
  await noticeLeft(installation, message.id);
  const { registered, clock } = installation;
  let deaths = 0;
  const dying = {
    ...registered,
    files: {
      ...registered.files,
      get: registered.files.get.bind(registered.files),
      put: async (companyId: string, bytes: Uint8Array) => {
        const kept = await registered.files.put(companyId, bytes);
        if (Buffer.from(bytes.subarray(0, 5)).toString() !== '%PDF-') return kept; // the content, sealed
        deaths += 1;
        throw new Error('the process dies here');
      },
    },
  };
  for (let tries = 0; tries < 4; tries += 1)
    await runDeliveries(dying as unknown as typeof registered, clock).catch(() => undefined);
  assert.ok(deaths > 0);
  assert.deepEqual(await receipts(message.dispatchId), []);
  now += 6 * 60_000;
  await Promise.all(
    [1, 2, 3, 4].map(async () => {
      while (await runDeliveries(registered, clock));
    }),
  );
  assert.deepEqual(await receipts(message.dispatchId), [
    'receipt-submitted.pdf to anna@once.example',
    `receipt-submitted.pdf to ${installation.author.user.email}`,
  ]);
});
