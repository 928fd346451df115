import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { invite } from '#domain/accounts';
import { setUpSingleSignOn } from '#domain/single-sign-on';
import { inCompany } from '#stores/database';
import { owner, type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { type OauthServer, startOauth } from '../../../../test/servers/index.ts';
import { signOn, useIssuer } from '../../../../test/sign-on.ts';
import { testWeb, tokenIn, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

let installation: TestInstallation;
let web: Web;
let browser: Visitor;
let issuer: OauthServer;
let companyId: string;
const path = '/settings/single-sign-on';
const jan = { email: 'jan@vautrin.example', password: 'a long enough one' };

before(async () => {
  installation = await testInstallation();
  ({ companyId } = installation);
  web = await testWeb(installation);
  issuer = await startOauth();
  issuer.claims = { email_verified: true };
  browser = visitor(web.app);
  await browser.signIn();
});
after(async () => {
  await web.close();
  await installation.close();
  await issuer.close();
});
beforeEach(async () => {
  const html = await (await browser.get(path)).text();
  if (/single-sign-on\/remove/.test(html)) await browser.post(`${path}/remove`, { csrf: tokenIn(html) });
});

const post = async (form: Record<string, string>, to = path) =>
  browser.post(to, { csrf: await browser.token(path), ...form });
const right = () => ({
  issuer: issuer.url,
  clientId: issuer.clientId,
  clientSecret: issuer.clientSecret,
  newcomerRole: '',
});

async function joinByPassword(): Promise<void> {
  const made = await inCompany(installation.database, companyId, (tx) =>
    invite(
      tx,
      { companyId, email: jan.email, role: 'member', by: { actor: 'user', id: null } },
      installation.clock(),
    ),
  );
  assert.ok(made.ok);
  const guest = visitor(web.app);
  const csrf = await guest.token(`/join?token=${made.token}`);
  await guest.post('/join', { csrf, token: made.token, name: 'Jan Maes', password: jan.password });
}

test('an owner sets it up after the issuer was asked; the secret is sealed and never shown again', async () => {
  const first = await (await browser.get(path)).text();
  assert.ok(first.includes(`/sign-in/with/${companyId}/back`), 'what the issuer has to be told');
  assert.equal((await post(right())).status, 303);
  const html = await (await browser.get(path)).text();
  assert.ok(html.includes(issuer.url) && !html.includes(issuer.clientSecret));
  const { rows } = await installation.database.owner.query('select client_secret from single_sign_ons');
  assert.ok(!rows[0].client_secret.toString('latin1').includes(issuer.clientSecret));
  const { rows: told } = await installation.database.owner.query(
    `select data::text as data from events where type = 'company.single_sign_on_set'`,
  );
  assert.ok(told.length > 0 && told.every((one) => !one.data.includes(issuer.clientSecret)));
});

test('what cannot work is refused at its field', async () => {
  for (const [wrong, sentence] of [
    [{ issuer: 'http://login.example.com' }, /must be an https address/],
    [{ issuer: 'https://login.example.com/?x=1' }, /must be an https address/],
    [{ issuer: 'https://a:b@login.example.com/' }, /must be an https address/],
    [{ issuer: 'http://127.0.0.1:9' }, /Nothing answers there/],
    [{ issuer: `${issuer.url}/other` }, /does not describe itself as this issuer/],
    [{ clientSecret: '' }, /This is needed/],
    [{ isRequired: 'on' }, /Somebody has to come in by it once first/],
  ] as const) {
    const answer = await post({ ...right(), ...wrong });
    assert.equal(answer.status, 422, JSON.stringify(wrong));
    assert.match(await answer.text(), sentence);
  }
});

test('where private networks are refused, an issuer inside them is not asked', async () => {
  const { database, senders, clock } = installation;
  const deps = {
    database,
    key: senders.key,
    hostPolicy: { privateNetworks: 'refused' as const },
    now: clock,
  };
  const asked = issuer.asked.length;
  for (const inside of [
    'https://127.0.0.1/',
    'https://10.0.0.3/',
    'https://idp.internal/',
    'https://[::1]/',
  ]) {
    const input = { ...right(), issuer: inside, newcomerRole: null, isRequired: false };
    const done = await setUpSingleSignOn(deps, { companyId, actor: 'user' }, input);
    assert.ok(!done.ok && done.problems[0]?.reason === 'issuer_unreachable', inside);
  }
  assert.equal(issuer.asked.length, asked);
});

test('the secret is not sent to another place than the one that it was typed for', async () => {
  await post(right());
  const other = await startOauth();
  const { clientSecret: _secret, ...without } = right();
  const answer = await post({ ...without, issuer: other.url });
  assert.equal(answer.status, 422);
  assert.match(await answer.text(), /the secret is needed again/);
  assert.equal((await post({ ...without, newcomerRole: 'accountant' })).status, 303, 'the same place: kept');
  await other.close();
});

test('where it is required, a member has no other way in, an owner keeps his password, and open sessions end', async () => {
  await joinByPassword();
  await useIssuer(installation, companyId, issuer);
  const before = visitor(web.app);
  await before.signIn(jan);
  assert.equal((await before.get('/documents')).status, 200);
  assert.equal((await signOn(web.app, companyId, issuer, jan.email)).answer.status, 303);
  assert.equal((await post({ ...right(), isRequired: 'on' })).status, 303);
  assert.equal((await before.get('/documents')).status, 303, 'his session by password ends');
  const again = visitor(web.app);
  const answer = await again.signIn(jan);
  assert.equal(answer.headers.get('location'), `/sign-in/company?with=${companyId}&next=%2F`);
  assert.match(await (await again.get(answer.headers.get('location') ?? '')).text(), /own sign-in only/);
  const wrong = await visitor(web.app).signIn({ ...jan, password: 'not the password' });
  assert.equal(wrong.status, 422, 'who cannot prove the password learns nothing of it');
  const { guest } = await signOn(web.app, companyId, issuer, jan.email);
  assert.equal((await guest.get('/documents')).status, 200);
  const boss = visitor(web.app);
  await boss.signIn(owner);
  assert.equal((await boss.get('/documents')).status, 200);
  await post({}, `${path}/remove`);
  assert.equal((await guest.get('/documents')).status, 303, 'what it opened ends with it');
  assert.equal((await again.signIn(jan)).headers.get('location'), '/');
});

test('with another issuer, who was who is forgotten and everybody whom the former let in is outside', async () => {
  await useIssuer(installation, companyId, issuer);
  const { guest } = await signOn(web.app, companyId, issuer, owner.email);
  assert.equal((await guest.get('/documents')).status, 200);
  const other = await startOauth();
  await useIssuer(installation, companyId, other);
  assert.equal((await guest.get('/documents')).status, 303);
  await other.close();
});

test('only owners see it', async () => {
  const guest = visitor(web.app);
  await guest.signIn(jan);
  assert.equal((await guest.get(path)).status, 403);
});
