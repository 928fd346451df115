import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { domainPageToken, listDomains, listSenders } from '#domain/senders';
import { inCompany } from '#stores/database';
import { owner, type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { assertGenuine } from '../../../../test/mail/genuine.ts';
import { publish } from '../../../../test/mail/laboratory.ts';
import { type Sink, startDns, startSink, type TestDns } from '../../../../test/servers/index.ts';
import { testWeb, tokenIn, type Visitor, visitor } from '../../../../test/staff.ts';
import { givePlatformSenders } from '../../../roof/found.ts';
import type { Web } from '../index.ts';

let dns: TestDns;
let relay: Sink;
let installation: TestInstallation;
let web: Web;
let browser: Visitor;

before(async () => {
  dns = await startDns([['_dmarc.vautrin.example', 'TXT', 'v=DMARC1; p=reject; adkim=s']]);
  relay = await startSink();
  installation = await testInstallation({
    env: {
      ENVOI_SMTP_URL: `smtp://127.0.0.1:${relay.port}`,
      ENVOI_DNS_SERVERS: dns.address,
      ENVOI_PLATFORM_DOMAIN: 'envoi.example',
      ENVOI_MAIL_HOST: 'mail.envoi.example',
      ENVOI_PUBLIC_IPS: '192.0.2.10',
    },
  });
  await givePlatformSenders(installation);
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
});
after(async () => {
  await web.close();
  await installation.close();
  await relay.close();
  await dns.close();
});

const textOf = async (path: string): Promise<string> => (await browser.get(path)).text();
const theDomain = async () => {
  const { database, companyId } = installation;
  const [domain] = await inCompany(database, companyId, (tx) => listDomains(tx, companyId));
  assert.ok(domain);
  return domain;
};

async function add(name: string): Promise<Response> {
  return browser.post('/settings/domains', { csrf: await browser.token('/settings/domains'), name });
}

test('what is no domain of one’s own comes back with a sentence', async () => {
  for (const [typed, sentence] of [
    ['https://vautrin.example/', /without https/],
    ['gmail.com', /Everybody can have a mailbox there/],
    ['my firm.be', /no spaces/],
  ] as const) {
    const answer = await add(typed);
    assert.equal(answer.status, 422);
    assert.match(await answer.text(), sentence);
  }
});

test('a domain is added, its records are shown, set, and found', async () => {
  const added = await add('Vautrin.example');
  assert.equal(added.status, 303);
  const domain = await theDomain();
  assert.equal(added.headers.get('location'), `/settings/domains/${domain.id}`);
  const waiting = await textOf(`/settings/domains/${domain.id}`);
  assert.match(waiting, /0 of 4 required records are correct/);
  assert.match(waiting, /bounce +3600 IN MX/);
  publish(dns, domain);
  const csrf = tokenIn(waiting);
  await browser.post(`/settings/domains/${domain.id}/check`, { csrf });
  assert.match(await textOf(`/settings/domains/${domain.id}`), /4 of 4 required records are correct/);
});

test('the settings come as a PDF, and go by mail to the administrator', async () => {
  const { id } = await theDomain();
  const pdf = await browser.get(`/settings/domains/${id}/settings.pdf`);
  assert.equal(pdf.headers.get('content-type'), 'application/pdf');
  const csrf = await browser.token(`/settings/domains/${id}`);
  const refused = await browser.post(`/settings/domains/${id}/mail`, { csrf, to: 'nobody' });
  assert.equal(refused.status, 422);
  const sent = await browser.post(`/settings/domains/${id}/mail`, { csrf, to: 'admin@hoster.example' });
  assert.equal(sent.status, 303);
  const mail = relay.mails.find(({ to }) => to.includes('admin@hoster.example'));
  assert.ok(mail);
  assert.match(mail.bytes.toString('latin1'), /filename="?vautrin\.example\.pdf/);
  assert.match(mail.bytes.toString('latin1'), new RegExp(`Reply-To: .*${owner.email}`, 'i'));
});

test('the administrator sees the records without an account, and checks them again', async () => {
  const domain = await theDomain();
  const path = `/dns/${domainPageToken(installation.senders.key, domain.id)}`;
  const stranger = visitor(web.app);
  const page = await (await stranger.get(path)).text();
  assert.match(page, /DNS settings for vautrin\.example/);
  assert.doesNotMatch(page, /Sign out|settings\/senders/);
  dns.remove('bounce.vautrin.example', 'MX');
  await installation.database.owner.query(`update domains set checked_at = checked_at - interval '1 minute'`);
  const again = await stranger.post(path, { csrf: tokenIn(page) });
  assert.equal(again.status, 303);
  assert.equal((await theDomain()).state, 'warning');
  publish(dns, domain);
  const forged = `${path.slice(0, -1)}${path.endsWith('-') ? '_' : '-'}`;
  assert.equal((await stranger.get(forged)).status, 404);
});

test('the ways to send are cards, and one at the domain works at once', async (t) => {
  const cards = await textOf('/settings/senders?sender=new');
  for (const title of ['Your domain', 'Your own mail server', 'Platform address'])
    assert.match(cards, new RegExp(title));
  const form = await textOf('/settings/senders?sender=new&method=domain');
  assert.doesNotMatch(form, /name="host"/);
  const csrf = tokenIn(form);
  const typed = { csrf, method: 'domain', name: 'Claire', tls: 'encrypted', isDefault: 'on' };
  const stranger = await browser.post('/settings/senders', { ...typed, address: 'claire@elsewhere.example' });
  assert.match(await stranger.text(), /Add the domain of this address first/);
  const saved = await browser.post('/settings/senders', { ...typed, address: 'claire@vautrin.example' });
  assert.equal(saved.status, 303);
  const { database, companyId } = installation;
  const [usual] = await inCompany(database, companyId, (tx) => listSenders(tx, companyId));
  assert.deepEqual(
    [usual?.method, usual?.state, usual?.isDefault, usual && 'tls' in usual && usual.tls],
    ['domain', 'valid', true, 'encrypted'],
  );
  const tested = await browser.post(`/settings/senders/${usual?.id}/test`, { csrf });
  assert.equal(tested.status, 303);
  assert.match(await textOf(tested.headers.get('location') ?? ''), /The test is on its way/);
  const own = relay.mails.filter(({ from }) => from.endsWith('@bounce.vautrin.example'));
  await assertGenuine(t, own, { domain: 'vautrin.example', dns, ip: '192.0.2.10' });
});

test('an address that is not authenticated works as soon as its code came back, or says at once why it never will', async () => {
  const save = async (address: string) => {
    const csrf = await browser.token('/settings/senders?sender=new&method=open');
    return browser.post('/settings/senders', { csrf, method: 'open', address, name: 'Claire' });
  };
  dns.set('_dmarc.strict.example', 'TXT', 'v=DMARC1; p=reject');
  assert.equal((await save('claire@strict.example')).status, 303);
  assert.match(await textOf('/settings/senders'), /claire@strict\.example asks all servers to refuse/);
  assert.equal((await save('claire@free.example')).status, 303);
  const mail = relay.mails.findLast((one) => one.to.includes('claire@free.example'));
  const body = mail?.bytes.toString('latin1').split('\r\n\r\n').slice(1).join('') ?? '';
  const code = /\d{4} \d{4}/.exec(Buffer.from(body, 'base64').toString('utf8'))?.[0] ?? '';
  const { database, companyId } = installation;
  const open = async () =>
    (await inCompany(database, companyId, (tx) => listSenders(tx, companyId))).find(
      (one) => one.address === 'claire@free.example',
    );
  const csrf = await browser.token('/settings/senders');
  await browser.post(`/settings/senders/${(await open())?.id}/confirm`, { csrf, code, part: 'address' });
  assert.equal((await open())?.state, 'valid');
});
