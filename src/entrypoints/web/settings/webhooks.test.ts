import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { listWebhooks } from '#domain/webhooks';
import { inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

let installation: TestInstallation;
let web: Web;
let browser: Visitor;
let receiver: Server;
let url = '';
let status = 200;

before(async () => {
  installation = await testInstallation({ env: { ENVOI_WEBHOOK_HOSTS: 'any' } });
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
  receiver = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(status).end('said so'));
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
after(async () => {
  receiver.close();
  receiver.closeAllConnections();
  await web.close();
  await installation.close();
});

const path = '/settings/webhooks';
const webhooks = () =>
  inCompany(installation.database, installation.companyId, (tx) => listWebhooks(tx, installation.companyId));
const post = async (to: string, form: Record<string, string> = {}) =>
  browser.post(to, { csrf: await browser.token(path), ...form });

test('a webhook is made, and its secret is shown in that answer only', async () => {
  const made = await (await post(path, { url, description: 'ERP', events: 'message.*, visit.*' })).text();
  assert.match(made, /whsec_[A-Za-z0-9+/]{43}=/);
  const [webhook] = await webhooks();
  assert.deepEqual(webhook?.events, ['message.*', 'visit.*']);
  assert.doesNotMatch(await (await browser.get(path)).text(), /whsec_/);
});

test('what cannot be an address comes back with a sentence', async () => {
  const answer = await post(path, { url: 'ftp://erp.example', events: 'all of them' });
  assert.equal(answer.status, 422);
  const html = await answer.text();
  assert.match(html, /An address looks like https/);
  assert.match(html, /Types look like message\.bounced/);
  assert.match(html, /value="ftp:\/\/erp\.example"/);
});

test('a test says what was answered, and the log shows body and answer', async () => {
  const [webhook] = await webhooks();
  await post(`${path}/${webhook!.id}/test`);
  assert.match(await (await browser.get(path)).text(), /It works: it answered 200/);
  status = 500;
  await post(`${path}/${webhook!.id}/test`);
  const page = await (await browser.get(path)).text();
  assert.match(page, /The test did not arrive\. The other side refused it/);
  const delivery = /href="(\/settings\/webhooks\/deliveries\/whd_[^"]+)"/.exec(page)?.[1];
  const shown = await (await browser.get(delivery ?? '')).text();
  assert.match(shown, /company\.webhook_tested/);
  assert.match(shown, /said so/);
  assert.match(shown, /&quot;logIndex&quot;/);
});

test('it is changed, paused, given a new secret and removed', async () => {
  const [webhook] = await webhooks();
  const own = `${path}/${webhook!.id}`;
  await post(own, { url, description: 'Shop', events: '' });
  await post(`${own}/state`, { state: 'paused' });
  const [changed] = await webhooks();
  assert.deepEqual([changed?.description, changed?.events, changed?.state], ['Shop', [], 'paused']);
  assert.match(await (await post(`${own}/secret`)).text(), /whsec_/);
  assert.notEqual((await webhooks())[0]?.previousUntil, null);
  await post(`${own}/delete`);
  assert.deepEqual(await webhooks(), []);
});

test('what does not exist is not found', async () => {
  for (const deed of ['', '/test', '/state', '/secret', '/replay', '/delete'])
    assert.equal((await post(`${path}/whk_none${deed}`, { url })).status, 404, deed);
  assert.equal((await browser.get(`${path}/deliveries/whd_none`)).status, 404);
});
