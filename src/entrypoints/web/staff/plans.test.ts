import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { replacePlans } from '#domain/accounts';
import { asWorker } from '#stores/database';
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

const plan = (features: readonly ('api' | 'reminders' | 'registered' | 'users')[]) =>
  asWorker(installation.database, (tx) => replacePlans(tx, [{ name: 'standard', features, isUsual: true }]));

test('what a plan lacks is said quietly, with what would be there, and cannot be changed', async () => {
  await plan(['api']);
  const csrf = await browser.token('/documents');
  for (const path of ['/reminders', '/reminders/policies', '/deliveries']) {
    const answer = await browser.get(path);
    assert.equal(answer.status, 200, path);
    assert.match(await answer.text(), /Not in your plan/, path);
  }
  assert.match(
    await (await browser.get('/emails/figures')).text(),
    /In a higher plan, you see here what was opened/,
  );
  assert.equal((await browser.post('/reminders/policies', { csrf, name: 'Usual' })).status, 403);
  const people = await (await browser.get('/settings/people')).text();
  assert.match(people, /In a higher plan, colleagues have sign-ins of their own/);
  assert.doesNotMatch(people, /name="email"/);
  const invited = { csrf, email: 'mari@vautrin.example', role: 'member' };
  assert.equal((await browser.post('/settings/people', invited)).status, 403);
});

test('with the features it is all there', async () => {
  await plan(['api', 'reminders', 'registered', 'users']);
  for (const path of ['/reminders', '/deliveries'])
    assert.doesNotMatch(await (await browser.get(path)).text(), /Not in your plan/, path);
  assert.match(await (await browser.get('/settings/people')).text(), /name="email"/);
});
