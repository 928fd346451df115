import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { replacePlans } from '#domain/accounts';
import { asWorker } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { startPolite } from '../../../../test/servers/index.ts';
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
  asWorker(installation.database, (tx) =>
    replacePlans(tx, [{ name: 'standard', features, isUsual: true }], new Date()),
  );

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

test('a send for which there is no room is refused with a sentence; owners see what is used', async () => {
  const server = await startPolite();
  try {
    await installation.connect(server.port);
    const csrf = await browser.token('/operator');
    const limits = { name: 'small', feature: 'users', usual: 'yes', messages: '1', users: '1' };
    const many = await browser.post('/operator/plans', { csrf, ...limits, messages: 'many' });
    assert.equal(many.status, 422);
    const wrong = /<small class="late" id="new-messages-error">A limit is a whole number/;
    const again = await many.text();
    assert.match(again, wrong);
    for (const typed of [
      /name="name"[^>]* value="small"/,
      /id="new-messages"[^>]* value="many"/,
      /id="new-users"[^>]* value="1"/,
    ])
      assert.match(again, typed, 'what was typed stands there');
    const ticked = [...again.matchAll(/<input[^>]*id="new-(\w+)"[^>]*>/g)].filter(([input]) =>
      /checked/.test(input),
    );
    assert.deepEqual(
      ticked.map(([, name]) => name),
      ['users', 'usual'],
    );
    assert.equal((await browser.post('/operator/plans', { csrf, ...limits })).status, 303);
    await installation.send(await installation.addInvoice(), { to: ['a@b.example'] });
    const document = await installation.addInvoice();
    const page = await (await browser.get(`/send?document=${document.id}`)).text();
    assert.match(page, /The plan has no room for it\.<\/b> It needs 1 e-mail; none is left until /);
    const once = /name="once" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const form = { csrf, once, document: document.id, to: 'c@d.example', subject: 'Invoice', when: 'now' };
    const refused = await browser.post('/send', { ...form, purpose: 'first', attach: 'link' });
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), /Your plan allows 1 e-mail a month; 1 is used/);
    const shown = await (await browser.get('/settings/plan')).text();
    assert.match(shown, /1 of 1/);
    assert.match(shown, /The e-mails of this month are used up/);
    assert.match(await (await browser.get('/operator')).text(), /1 of 1/);
    const invited = await browser.post('/settings/people', { csrf, email: 'x@y.example', role: 'member' });
    assert.match(await invited.text(), /Your plan has no room for another person/);
  } finally {
    await server.close();
  }
});
