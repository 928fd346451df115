import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getCompany, removeOperator } from '#domain/accounts';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
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

const page = async () => (await browser.get('/operator')).text();
const post = async (path: string, form: Record<string, string> = {}) =>
  browser.post(path, { csrf: await browser.token('/operator'), ...form });
const linkIn = (html: string) => /class="secret">http:\/\/[^/<]+(\/join\?token=[^<]+)</.exec(html)?.[1] ?? '';

test('who set the installation up sees its health and every company’s use, and nothing of what is sent', async () => {
  const document = await installation.addInvoice({ number: '2026-0777' });
  await installation.send(document, { to: ['els@peeters.example'], copyToSender: false });
  const html = await page();
  assert.match(html, /Vautrin Joinery/);
  assert.match(html, /Envoi seal of localhost/);
  assert.match(html, /Name of the mail server \(HELO\)/);
  assert.match(html, /Set ENVOI_MAIL_HOST to the public name/);
  assert.match(html, /List in ENVOI_PUBLIC_IPS/);
  assert.match(html, /Nobody vouches for this certificate/);
  assert.doesNotMatch(html, /PRIVATE KEY/);
  assert.doesNotMatch(html, /els@peeters\.example|2026-0777/);
});

test('a company is opened for somebody, who joins as its owner by the link and sees only that company', async () => {
  const made = await post('/operator', {
    company: 'Peeters',
    email: 'els@peeters.example',
    country: 'BE',
    language: 'nl',
  });
  const link = linkIn(await made.text());
  assert.match(await page(), /Peeters/);
  const els = visitor(web.app);
  const csrf = tokenIn(await (await els.get(link)).text());
  const token = new URL(link, 'http://x').searchParams.get('token') ?? '';
  const joined = await els.post('/join', { csrf, token, name: 'Els', password: 'a long enough one' });
  assert.equal(joined.status, 303);
  assert.match(await (await els.get('/settings/people')).text(), /els@peeters\.example/);
  assert.equal((await els.get('/documents')).status, 200);
  assert.equal((await els.get('/operator')).status, 404, 'she does not run the installation');
  const wrong = await post('/operator', { company: ' ', email: 'x', country: 'BE', language: 'nl' });
  assert.equal(wrong.status, 422);
});

test('plans are made, given and taken away; one of them is always the usual one', async () => {
  const features = async () =>
    inCompany(installation.database, installation.companyId, async (tx) => {
      const company = await getCompany(tx, installation.companyId);
      return company?.features;
    });
  assert.equal(await features(), null);
  assert.equal((await post('/operator/plans', { name: 'Standard!' })).status, 422);
  await post('/operator/plans', { name: 'standard', feature: 'api' });
  assert.deepEqual(await features(), ['api'], 'the first plan is the usual one');
  await post('/operator/plans', { name: 'premium', feature: 'engagement' });
  await post(`/operator/companies/${installation.companyId}/plan`, { plan: 'premium' });
  assert.deepEqual(await features(), ['engagement']);
  const none = await post(`/operator/companies/${installation.companyId}/plan`, { plan: 'gold' });
  assert.equal(none.status, 404);
  await post('/operator/plans/remove', { name: 'premium' });
  await post('/operator/plans/remove', { name: 'standard' });
  assert.deepEqual(await features(), ['api'], 'who had a plan that is gone has the usual one, which stays');
});

test('for everybody else there is no such page', async () => {
  const { rows } = await installation.database.owner.query('select user_id from operators');
  await asWorker(installation.database, (tx) => removeOperator(tx, rows[0].user_id));
  assert.equal((await browser.get('/operator')).status, 404);
  assert.equal(
    (await browser.post('/operator/plans', { csrf: await browser.token('/'), name: 'x' })).status,
    404,
  );
});
