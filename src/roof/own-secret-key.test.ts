import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { silentLog } from '#base/log';
import { loadConfig } from '#config';
import { type TestInstallation, testInstallation } from '../../test/installation.ts';
import { backUp } from './backup.ts';
import { openInstallation } from './installation.ts';

let installation: TestInstallation;
let elsewhere: string;
before(async () => {
  installation = await testInstallation();
  elsewhere = await mkdtemp(join(tmpdir(), 'envoi-second-'));
});
after(async () => {
  await installation.close();
  await rm(elsewhere, { recursive: true, force: true });
});

function secondMachine(env: Record<string, string> = {}) {
  const loaded = loadConfig({
    DATABASE_URL: installation.database.url,
    ENVOI_DATA_DIR: elsewhere,
    PORT: '0',
    ...env,
  });
  if (!loaded.ok) throw new Error(loaded.problems.join(' '));
  return loaded.config;
}

const around = { clock: () => new Date(), log: silentLog, say: () => undefined };
const refusal = {
  name: 'UnusableKey',
  message:
    /is not the one of this installation: links in its mails would lead nowhere\. Set ENVOI_SECRET_KEY/,
};

test('a second machine that lacks the key of the first one does not start, and makes no backup', async () => {
  await assert.rejects(openInstallation(secondMachine(), around), refusal);
  const ENVOI_SECRET_KEY = Buffer.alloc(32, 7).toString('base64');
  await assert.rejects(openInstallation(secondMachine({ ENVOI_SECRET_KEY }), around), refusal);
  const order = { folder: join(elsewhere, 'backup'), passphrase: null };
  const now = new Date();
  await assert.rejects(backUp(secondMachine(), { ...around, now }, order), refusal);
});

test('with the same key it does', async () => {
  const key = Buffer.from(installation.senders.key).toString('base64');
  const second = await openInstallation(secondMachine({ ENVOI_SECRET_KEY: key }), around);
  await second.close();
});
