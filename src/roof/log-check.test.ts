import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { day } from '#base/time';
import { checkLogWhenDue, lastLogChecks, makeCheckpoint } from '#domain/evidence';
import { startWorker } from '#entrypoints/worker';
import { asWorker } from '#stores/database';
import { type TestInstallation, testInstallation, until } from '../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../test/staff.ts';
import type { Web } from '../entrypoints/web/index.ts';
import { examine } from './doctor.ts';
import { makeHealth } from './health.ts';

let now = Date.parse('2026-11-27T08:00:00Z');
let installation: TestInstallation;
let web: Web;
let browser: Visitor;

before(async () => {
  installation = await testInstallation({ clock: () => new Date(now) });
  await installation.send(await installation.addInvoice());
  await makeCheckpoint(installation.database, installation.keys.log, new Date(now));
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
});
after(async () => {
  await web.close();
  await installation.close();
});

const page = async () => (await browser.get('/operator')).text();
const metrics = async () => (await makeHealth(installation).request('/metrics')).text();
const doctor = async () => (await examine(installation)).find((one) => one.name === 'log');
const checkNow = () => {
  now += 3 * day;
  const { database, keys, clock } = installation;
  return checkLogWhenDue({ database, verifiers: keys.logVerifiers, clock }, new AbortController().signal);
};

test('before the first check of the log all of them say that there was none', async () => {
  assert.match(await page(), /not made yet; it is made at night/);
  assert.equal((await doctor())?.state, 'unknown');
  now += 60_000;
  assert.match(await metrics(), /^envoi_log_verified_age_seconds 60$/m, 'the age of the log');
});

test('a worker verifies the log when that is due, also what came in the hours without one, and all of them say how far it held', async () => {
  for (const number of ['2026-0801', '2026-0802']) {
    now += day;
    await installation.addInvoice({ number });
  }
  now += day;
  const worker = await startWorker(installation);
  await until('the log is checked', async () => (await asWorker(installation.database, lastLogChecks)).last);
  await worker.stop();
  const [, events, covered] =
    /(\d+) events held together, (\d+) of them under a signed checkpoint/.exec(await page()) ?? [];
  assert.ok(events && events === covered);
  assert.equal((await doctor())?.state, 'good');
  assert.match(await metrics(), /^envoi_log_verified_age_seconds 0/m);
  assert.match(await metrics(), /^envoi_log_broken 0/m);
});

test('what does not fit is a trouble on the operator’s page, with what to do, and the program still takes requests', async () => {
  await installation.database.owner.query("update events set at = at - interval '1 day' where log_index = 2");
  assert.equal((await checkNow())?.broken?.fault, 'row_differs');
  const said = /The log [^<]*/.exec(await page())?.[0] ?? '';
  assert.match(
    said,
    /The log does not hold together: its check found row_differs, 2, evt_\w+, at\. Change nothing/,
  );
  assert.equal((await doctor())?.state, 'bad');
  assert.match(await metrics(), /^envoi_log_broken 1/m);
  assert.match(await metrics(), /^envoi_log_verified_age_seconds 259200/m);
  const { troubles } = await (await makeHealth(installation).request('/readyz')).json();
  assert.ok(!troubles.includes('log_broken'), 'a proxy must not take the installation away for it');
});
