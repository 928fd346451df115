import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hour } from '#base/time';
import { startWorker } from '#entrypoints/worker';
import { type TestInstallation, testInstallation, until } from '../../test/installation.ts';
import { testWeb, visitor } from '../../test/staff.ts';
import { findTroubles, makeHealth } from './health.ts';
import type { Installation } from './installation.ts';

let aheadMs = 0;
let installation: TestInstallation;

before(async () => {
  installation = await testInstallation({ clock: () => new Date(Date.now() + aheadMs) });
});
after(() => installation.close());

async function ready(of: Installation = installation) {
  const answer = await makeHealth(of).request('/readyz');
  return { code: answer.status, said: await answer.json() };
}

/** What Home says to whoever is signed in. */
async function home(of: Installation = installation): Promise<string> {
  const web = await testWeb(of);
  try {
    const browser = visitor(web.app);
    await browser.signIn();
    return await (await browser.get('/')).text();
  } finally {
    await web.close();
  }
}

test('a worker that does not run is said by /readyz and on Home', async () => {
  assert.deepEqual(await ready(), { code: 503, said: notReady('worker_stopped') });
  assert.match(await home(), /the worker does not run/);
});

test('an e-mail that nobody tries for ten minutes is a stuck queue, there and on Home', async () => {
  await installation.send(await installation.addInvoice(), { to: ['els@peeters.example'] });
  aheadMs = hour;
  assert.deepEqual(await findTroubles(installation), ['worker_stopped', 'queue_stuck']);
  assert.match(await home(), /wait much longer than they should/);
});

test('once the worker runs and has caught up all is well, and Home says nothing', async () => {
  const worker = await startWorker(installation);
  try {
    await until('all is well', async () => (await findTroubles(installation)).length === 0);
    assert.deepEqual(await ready(), { code: 200, said: { status: 'ready', troubles: [] } });
    assert.doesNotMatch(await home(), /the worker does not run|wait much longer/);
    const full = { ...installation, files: { ...installation.files, freeBytes: async () => 100 * 2 ** 20 } };
    assert.deepEqual(await ready(full), { code: 503, said: notReady('disk_full') });
    assert.match(await home(full), /disk is nearly full/);
  } finally {
    await worker.stop();
  }
});

test('a database that is away is said by /readyz, while /healthz says that the process is up', async () => {
  const away = await testInstallation();
  await away.close();
  assert.deepEqual(await ready(away), { code: 503, said: notReady('database_unreachable') });
  assert.equal((await makeHealth(away).request('/healthz')).status, 200);
});

function notReady(...troubles: string[]) {
  return { status: 'not_ready', troubles };
}
