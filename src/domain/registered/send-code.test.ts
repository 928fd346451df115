import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readEvents } from '#domain/evidence';
import { asWorker } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { getHeld, sendCode } from './index.ts';

let installation: TestInstallation;
before(async () => {
  installation = await testInstallation();
});
after(() => installation.close());

/** Asks for a code while the way out does that, and returns what is recorded of it. */
async function asked(deliver: () => never | Promise<{ readonly kind: string }>): Promise<string[]> {
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, { to: ['anna@codes.example'], service: 'registered' });
  const id = message?.id ?? '';
  const held = await asWorker(installation.database, (tx) => getHeld(tx, id));
  assert.ok(held);
  const transports = { for: () => ({ deliver }) } as never;
  const deps = { ...installation.registered, transports };
  await sendCode(deps, { held, session: 'browser', asked: 'email' }, installation.clock()).catch(() => {});
  const events = await asWorker(installation.database, (tx) =>
    readEvents(tx, { kind: 'message', id, limit: 100 }),
  );
  return events.map((one) => one.type).filter((type) => type.startsWith('code.'));
}

test('a code that a thrown error keeps from leaving is recorded as failed', async () => {
  const broken = () => {
    throw new Error('The network is gone.');
  };
  assert.deepEqual(await asked(broken), ['code.failed']);
  assert.deepEqual(await asked(() => Promise.reject(new Error('The key is gone.'))), ['code.failed']);
});

test('a code that the server refuses is recorded as failed, and one that it takes as sent', async () => {
  assert.deepEqual(await asked(() => Promise.resolve({ kind: 'permanent' })), ['code.failed']);
  assert.deepEqual(await asked(() => Promise.resolve({ kind: 'accepted' })), ['code.sent']);
});
