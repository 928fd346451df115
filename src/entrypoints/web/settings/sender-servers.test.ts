import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { greylisting, startPolite, startRudeServer } from '../../../../test/servers/index.ts';
import { testWeb, tokenIn, type Visitor, visitor } from '../../../../test/staff.ts';
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

test('a password of a sender goes in and never comes out; its server is told in plain words', async (t) => {
  const server = await startPolite({ users: { 'invoices@vautrin.example': 'right horse' } });
  t.after(() => server.close());
  const csrf = await browser.token('/settings/senders?sender=new');
  const form = {
    csrf,
    name: 'Claire',
    address: 'invoices@vautrin.example',
    replyTo: '',
    host: '127.0.0.1',
    port: String(server.port),
    security: 'none',
    user: 'invoices@vautrin.example',
    isDefault: 'on',
  };
  const tested = await browser.post('/settings/senders', { ...form, password: 'wrong horse' });
  assert.equal(tested.status, 303);
  const where = (tested.headers.get('location') ?? '').replace(/#.*/, '');
  const html = await (await browser.get(where)).text();
  assert.match(html, /User or password is not right/);
  assert.match(html, /535/);
  assert.doesNotMatch(html, /wrong horse|d3JvbmcgaG9yc2U/);
  const id = /sender=(snd_\w+)/.exec(where)?.[1] ?? '';
  const waiting = await holdFor(id);
  const repaired = await browser.post(`/settings/senders/${id}`, { ...form, password: 'right horse' });
  assert.match(repaired.headers.get('location') ?? '', new RegExp(`tested=.*#${id}$`));
  const after = await (await browser.get('/settings/senders')).text();
  assert.match(after, /used by default/);
  assert.match(after, /1 e-mail that waited for this sender goes out now/);
  const [message] = await installation.messages(waiting);
  assert.equal(message?.delivery, 'queued');
  const moved = await browser.post(`/settings/senders/${id}`, { ...form, host: 'localhost', password: '' });
  assert.equal(moved.status, 422, 'the stored password goes to no other server');
  assert.match(await moved.text(), /type the password again/);
});

test('a test that has to wait says that it is to be sent again, because nobody else does that', async (t) => {
  const rules = [[...greylisting], [{ at: 'rcpt', reply: '451 4.3.0 later' }]] as const;
  for (const [script, sentence] of [
    [rules[0], /Send the test again in a quarter of an hour/],
    [rules[1], /test again in a few minutes/],
  ] as const) {
    const server = await startRudeServer(script);
    t.after(() => server.close());
    const csrf = await browser.token('/settings/senders?sender=new&method=smtp');
    const form = { csrf, name: '', address: 'invoices@vautrin.example', host: '127.0.0.1', security: 'none' };
    const saved = await browser.post('/settings/senders', { ...form, port: String(server.port) });
    const id = /#(snd_\w+)/.exec(saved.headers.get('location') ?? '')?.[1] ?? '';
    const tested = await browser.post(`/settings/senders/${id}/test`, { csrf });
    const where = (tested.headers.get('location') ?? '').replace(/#.*/, '');
    const html = await (await browser.get(where)).text();
    assert.match(html, sentence);
    assert.doesNotMatch(html, /It is tried again by itself/);
  }
});

test('a server without sign-in wants neither user nor password, and a password alone is that of the address', async (t) => {
  const open = await startPolite();
  const closed = await startPolite({ users: { 'invoices@vautrin.example': 'right horse' } });
  t.after(() => Promise.all([open.close(), closed.close()]));
  const page = await (await browser.get('/settings/senders?sender=new&method=smtp')).text();
  assert.match(
    page,
    /<input(?=[^>]* name="user")(?![^>]* value="[^"])/,
    'nothing is filled in that would want a password',
  );
  const csrf = tokenIn(page);
  const form = { csrf, name: '', address: 'invoices@vautrin.example', host: '127.0.0.1', security: 'none' };
  for (const [port, password] of [
    [open.port, ''],
    [closed.port, 'right horse'],
  ] as const) {
    const more = { port: String(port), user: '', password };
    const tested = await browser.post('/settings/senders', { ...form, ...more });
    assert.equal(tested.status, 303);
    const where = (tested.headers.get('location') ?? '').replace(/#.*/, '');
    assert.match(await (await browser.get(where)).text(), /It works\./);
  }
});

/** A mail that waits because its sender does not work; returns its dispatch. */
async function holdFor(senderId: string): Promise<string> {
  const to = ['els@peeters.example'];
  const [message] = await installation.send(await installation.addInvoice(), { to, copyToSender: false });
  await installation.database.owner.query(
    `update messages set delivery = 'held', detail = 'sender_broken', sender_id = $2 where id = $1`,
    [message?.id, senderId],
  );
  return message?.dispatchId ?? '';
}
