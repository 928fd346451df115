import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { getCompany } from '#domain/accounts';
import { inCompany } from '#stores/database';
import { owner, type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { greylisting, startPolite, startRudeServer } from '../../../../test/servers/index.ts';
import { testWeb, tokenIn, type Visitor, visitor } from '../../../../test/staff.ts';
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
