import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { getCompany } from '#domain/accounts';
import { inCompany } from '#stores/database';
import { owner, type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import { found } from '../../../roof/found.ts';
import type { Web } from '../index.ts';
import { readLogo } from './read-logo.ts';

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

const company = () =>
  inCompany(installation.database, installation.companyId, (tx) => getCompany(tx, installation.companyId));

const fields = {
  name: 'Vautrin & Filles',
  address: 'Rue des Tanneurs 41',
  country: 'FR',
  vatId: 'FR00000000000',
  language: 'fr',
  timeZone: 'Europe/Paris',
  tracking: 'links',
  basis: 'consent',
  retentionDays: '120',
  undoSeconds: '30',
  linkDays: '90',
  cc: 'Office <office@vautrin.example>',
  bcc: '',
  attach: 'no',
  brandColor: '#8A2F2F',
  letterFooter: 'RCS Paris',
  iban: 'be71 0961 2345 6769',
  bic: 'kredbebb',
  paymentLink: 'https://pay.example/?n={number}',
  decisionCodeAbove: '5 000,50',
  'fileName.invoice.fr': 'Facture {number}',
};

test('what is posted about the company is what is known of it afterwards', async () => {
  const csrf = await browser.token('/settings/company');
  const logo = new File([new Uint8Array(await picture(900, 300))], 'logo.png', { type: 'image/png' });
  const saved = await browser.post('/settings/company', { csrf, ...fields, logo });
  assert.equal(saved.status, 303);
  const known = await company();
  assert.equal(known?.name, 'Vautrin & Filles');
  assert.equal(known?.brandColor, '#8a2f2f');
  assert.equal(known?.attachDocuments, false);
  assert.equal(known?.copyToSender, false, 'a tick that is not there was taken away');
  assert.deepEqual(known?.defaultCc, ['office@vautrin.example']);
  assert.deepEqual(
    [known?.letterFooter, known?.iban, known?.bic, known?.accountHolder, known?.decisionCodeAbove],
    ['RCS Paris', 'BE71096123456769', 'KREDBEBB', null, '5000.50'],
  );
  assert.deepEqual(known?.fileNamePatterns, { invoice: { fr: 'Facture {number}' } });
  const png = await installation.files.get(installation.companyId, known?.logo ?? '');
  assert.deepEqual(
    await sharp(png!)
      .metadata()
      .then(({ width, height, format }) => [width, height, format]),
    [400, 133, 'png'],
  );
  const html = await (await browser.get('/settings/company')).text();
  assert.match(html, /Saved\./);
  assert.match(html, /Vautrin &amp; Filles/);
  assert.doesNotMatch(await (await browser.get('/settings/company')).text(), /Saved\./, 'said once');
});

test('a form with mistakes saves nothing and says each of them at its field', async () => {
  const before = await company();
  const csrf = await browser.token('/settings/company');
  const wrong = {
    ...fields,
    csrf,
    name: '',
    cc: 'nobody',
    retentionDays: '5',
    undoSeconds: 'soon',
    brandColor: 'red',
    iban: 'BE71096123456760',
    paymentLink: 'http://pay.example/',
  };
  const refused = await browser.post('/settings/company', wrong);
  assert.equal(refused.status, 422);
  const html = await refused.text();
  for (const field of ['name', 'cc', 'retentionDays', 'undoSeconds', 'brandColor', 'iban', 'paymentLink'])
    assert.match(html, new RegExp(`id="f-${field}-error"`), field);
  assert.deepEqual(await company(), before);
});

test('a logo is drawn anew from a picture, and nothing else is taken for one', async () => {
  const refused = { ok: false, reason: 'logo_unreadable' };
  assert.deepEqual(
    await readLogo(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>')),
    refused,
  );
  assert.deepEqual(await readLogo(Buffer.from('%PDF-1.7')), refused);
  assert.deepEqual(await readLogo(Buffer.alloc(0)), refused);
  assert.deepEqual(await readLogo((await picture(100, 100)).subarray(0, 60)), refused);
  assert.deepEqual(await readLogo(Buffer.alloc(5 * 2 ** 20 + 1)), { ok: false, reason: 'logo_too_big' });
  const marked = await sharp(await picture(50, 50))
    .jpeg()
    .withExif({ IFD0: { Copyright: 'secret place' } })
    .toBuffer();
  const read = await readLogo(marked);
  assert.ok(read.ok && !read.png.includes('secret place'));
});

test('another company is not seen and not touched, whatever ids one knows', async () => {
  const other = { email: 'eve@other.example', password: 'another oak wall', firstName: 'Eve', lastName: '' };
  const made = await found(installation, {
    company: { name: 'Other', country: 'BE', language: 'en', trackingMode: 'none', trackingBasis: 'consent' },
    owner: other,
  });
  assert.ok(made.ok);
  const html = await (await browser.get('/settings/senders')).text();
  const sender = /id="(snd_\w+)"/.exec(html)?.[1] ?? '';
  const eve = visitor(web.app);
  await eve.signIn(other);
  const csrf = await eve.token('/settings/senders');
  assert.doesNotMatch(await (await eve.get('/settings/senders')).text(), new RegExp(sender));
  assert.doesNotMatch(await (await eve.get(`/settings/senders?sender=${sender}`)).text(), /senderform/);
  for (const path of [sender, `${sender}/test`, `${sender}/delete`, `${sender}/default`])
    assert.equal((await eve.post(`/settings/senders/${path}`, { csrf })).status, 404, path);
  assert.equal(
    (await eve.post('/settings/keys/key_01K00000000000000000000000/revoke', { csrf })).status,
    404,
  );
  assert.equal((await eve.post('/company', { csrf, company: installation.companyId })).status, 404);
});

test('who only reads may change nothing but his own view', async () => {
  const { rows } = await installation.database.owner.query(
    `update members set role = 'accountant' where company_id = $1 returning role`,
    [installation.companyId],
  );
  assert.equal(rows.length, 1);
  const csrf = await browser.token('/settings/company');
  assert.equal((await browser.post('/settings/company', { csrf, ...fields })).status, 403);
  assert.equal((await browser.get('/settings/keys')).status, 403);
  assert.equal(
    (await browser.post('/theme', { csrf, theme: 'dark', back: '/settings/company' })).status,
    303,
  );
  assert.match(await (await browser.get('/settings/company')).text(), /data-theme="dark"/);
  await installation.database.owner.query(`update members set role = 'owner'`);
});

test('a new password ends all other sessions of that person', async () => {
  const elsewhere = visitor(web.app);
  await elsewhere.signIn();
  const csrf = await browser.token('/settings/profile');
  const change = (current: string, password: string) =>
    browser.post('/settings/profile/password', { csrf, current, password });
  assert.equal((await change('wrong', 'a new oak wall')).status, 422);
  assert.equal((await change(owner.password, 'short')).status, 422);
  assert.equal((await change(owner.password, 'a new oak wall')).status, 303);
  assert.equal((await browser.get('/settings/profile')).status, 200);
  assert.equal((await elsewhere.get('/settings/profile')).status, 303);
});

function picture(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 4, background: '#8a2f2f' } })
    .png()
    .toBuffer();
}
