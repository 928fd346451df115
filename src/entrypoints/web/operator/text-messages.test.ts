import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

const gateway = { status: 200, taken: [] as { body: string; authorization: string | undefined }[] };
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  gateway.taken.push({ body, authorization: request.headers.authorization });
  response.writeHead(gateway.status).end();
});
let installation: TestInstallation;
let web: Web;
let browser: Visitor;
before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const env = { ENVOI_SMS_URL: `http://127.0.0.1:${port}/sms`, ENVOI_SMS_TOKEN: 'a-token' };
  installation = await testInstallation({ env });
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
});
after(async () => {
  await web.close();
  await installation.close();
  server.close();
});

const sendTest = async (mobile: string) =>
  browser.post('/operator/text-messages', { csrf: await browser.token('/operator'), mobile });
const page = async () => (await browser.get('/operator')).text();

test('whoever runs the installation sends a test message, and is told whether the gateway took it', async () => {
  assert.equal((await sendTest('+32 475 12 34 56')).status, 303);
  assert.deepEqual(JSON.parse(gateway.taken[0]?.body ?? ''), {
    to: '+32475123456',
    text: 'This is a test of text messages from Envoi.',
  });
  assert.equal(gateway.taken[0]?.authorization, 'Bearer a-token');
  assert.match(await page(), /The gateway has taken the message/);
  gateway.status = 401;
  await sendTest('+32 475 12 34 56');
  const said = await page();
  assert.match(said, /The gateway did not take the message: the gateway of text messages answered 401/);
  assert.match(said, /Look at ENVOI_SMS_URL/);
});

test('what is no number of a mobile phone goes nowhere, and the page says how one is written', async () => {
  const before = gateway.taken.length;
  const refused = await sendTest('02 123 45 67');
  assert.equal(refused.status, 422);
  assert.match(await refused.text(), /with its country’s code, for example \+32 475 12 34 56/);
  assert.equal(gateway.taken.length, before);
});
