import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Loop, startWorker } from '#entrypoints/worker';
import { connectIncamail, sendByIncamail, tell } from '../../../../test/incamail-account.ts';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { type FakeIncamail, startIncamail } from '../../../../test/servers/index.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

let installation: TestInstallation;
let fake: FakeIncamail;
let web: Web;
let browser: Visitor;
let worker: Loop;
const path = '/settings/incamail';

before(async () => {
  installation = await testInstallation();
  fake = await startIncamail();
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
  worker = await startWorker(installation);
});
after(async () => {
  await worker.stop();
  await web.close();
  await fake.close();
  await installation.close();
});

const fields = (more: Readonly<Record<string, string>> = {}) => ({
  ...{ isActive: 'on', address: fake.user, user: fake.user, password: fake.password },
  ...{ host: '127.0.0.1', port: String(fake.smtp.port), security: 'none', verifyCertificate: 'on' },
  ...{ marking: 'subject', headerName: '', suffix: '.incamail.ch' },
  ...{ receiptsFrom: fake.receiptsFrom, roots: fake.root, mostBytes: '30' },
  ...more,
});
const post = async (to: string, more?: Readonly<Record<string, string>>) =>
  browser.post(to, { csrf: await browser.token(path), ...fields(more) });
const text = async (at: string) => (await browser.get(at)).text();

test('before it is set up its host is empty, and what could not be verified is said', async () => {
  const page = await text(path);
  assert.match(page, /Swiss Post does not publish the following/);
  assert.match(page, /name="host"[^>]*value=""|value=""[^>]*name="host"/);
});

test('what was typed wrong comes back with a sentence beside its field, and nothing is kept', async () => {
  const answer = await post(path, { host: 'http://x/', port: '0', suffix: 'nodot' });
  assert.equal(answer.status, 422);
  const page = await answer.text();
  assert.match(page, /An ending begins with a dot/);
  assert.doesNotMatch(page, /yellow post horn/);
  const { rows } = await installation.database.owner.query('select 1 from provider_accounts');
  assert.equal(rows.length, 0);
});

test('it is saved, tried at once, sends a test, and shows its services in the send window', async () => {
  assert.equal((await post(path)).status, 303);
  assert.match(await text(path), /Saved, and the server takes the sign-in/);
  assert.equal(
    (await browser.post('/settings/incamail/test', { csrf: await browser.token(path) })).status,
    303,
  );
  assert.match(await text(path), /The server took it: 250/);
  const document = await installation.addInvoice();
  assert.match(await text(`/send?document=${document.id}`), /value="incamail_registered"/);
  await post(path, { isActive: '' });
});

test('a wrong password is kept from nobody: the page says what the server said', async () => {
  assert.equal((await post(path, { password: 'wrong' })).status, 303);
  assert.match(await text(path), /Saved, but the server could not be used/);
  await post(path);
});

test('the receipts of a delivery are listed with their worth, and can be taken as they came', async () => {
  await connectIncamail(installation, fake);
  const [message] = await sendByIncamail(installation, ['lea@receipts.example']);
  assert.ok(message);
  const raw = await tell(installation, fake, { address: message.address, ending: 'refused' });
  const page = await text('/deliveries');
  assert.match(page, /Refused, says the provider/);
  assert.match(page, /leads to a root certificate that you trust/);
  const mail = /\/deliveries\/receipts\/rcp_\w+\/mail\.eml/.exec(page)?.[0] ?? '';
  assert.deepEqual(Buffer.from(await (await browser.get(mail)).arrayBuffer()), raw);
  const pdf = await browser.get(mail.replace('mail.eml', 'receipt.pdf'));
  assert.equal(pdf.headers.get('content-type'), 'application/pdf');
  assert.equal(
    (await browser.get('/deliveries/receipts/rcp_01ARZ3NDEKTSV4RRFFQ69G5FAV/mail.eml')).status,
    404,
  );
});

test('outside the plan there is no such page, and no such service', async () => {
  const { owner } = installation.database;
  await owner.query(`insert into plans (name, features, is_usual) values ('small', '{api}', false)`);
  await owner.query(`update companies set plan = 'small' where id = $1`, [installation.companyId]);
  assert.equal((await browser.get(path)).status, 404);
  const document = await installation.addInvoice();
  assert.doesNotMatch(await text(`/send?document=${document.id}`), /incamail/);
  assert.doesNotMatch(await text('/settings/senders'), /incamail/);
});
