import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

let installation: TestInstallation;
let web: Web;
let browser: Visitor;
before(async () => {
  installation = await testInstallation();
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
});
after(async () => {
  await web.close();
  await installation.close();
});

const path = '/settings/calendar';
const page = async () => (await browser.get(`${path}?year=2026`)).text();
const post = async (to: string, form: Record<string, string>) =>
  browser.post(to, { csrf: await browser.token(path), ...form });

test('an owner keeps the holidays of a region, works on one of them, and closes on a day of his own', async () => {
  assert.match(await page(), /name="avoids"(?![^>]*checked)/);
  await post(path, { avoids: 'on', country: 'CH', regionOf: 'BE', region: 'ZH' });
  assert.match(
    await page(),
    /<option value=""[^>]*selected/,
    'regions of another country are not taken over',
  );
  await post(path, { avoids: 'on', country: 'CH', regionOf: 'CH', region: 'TI' });
  assert.match(await page(), /name="avoids"[^>]*checked/);
  assert.match(await page(), /value="work:2026-03-19"/);
  assert.match(await page(), /Thu<\/span> (19 Mar|Mar 19)/);
  await post(`${path}/day?year=2026`, { set: 'work:2026-03-19' });
  assert.match(await page(), /value="usual:2026-03-19"/);
  await post(`${path}/day?year=2026`, { day: '2026-12-24', name: 'Closed <early>' });
  assert.match(await page(), /Closed &lt;early&gt;/);
  await post(`${path}/day?year=2026`, { set: 'usual:2026-12-24' });
  assert.doesNotMatch(await page(), /Closed &lt;early&gt;/);
});

test('a day that is not in the calendar is refused with what was typed', async () => {
  const refused = await post(`${path}/day?year=2026`, { day: '2026-02-31', name: 'Never' });
  assert.equal(refused.status, 422);
  assert.match(await refused.text(), /value="Never"/);
});
