import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { invite, listMembers } from '#domain/accounts';
import { inCompany } from '#stores/database';
import { owner, type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { type OauthServer, startOauth } from '../../../../test/servers/index.ts';
import { proveDomain, secondCompany, signOn, useIssuer } from '../../../../test/sign-on.ts';
import { testWeb, tokenIn, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

let installation: TestInstallation;
let web: Web;
let issuer: OauthServer;
let companyId: string;

before(async () => {
  installation = await testInstallation();
  ({ companyId } = installation);
  web = await testWeb(installation);
  issuer = await startOauth();
  await proveDomain(installation, companyId, 'vautrin.example');
});
after(async () => {
  await web.close();
  await installation.close();
  await issuer.close();
});
beforeEach(async () => {
  issuer.claims = { email_verified: true };
  await useIssuer(installation, companyId, issuer);
});

const comeIn = (who: string, alter?: (back: URL) => void) => signOn(web.app, companyId, issuer, who, alter);

const members = async () => {
  const { database } = installation;
  const all = await inCompany(database, companyId, (tx) => listMembers(tx, companyId));
  return all.map((one) => `${one.email} ${one.role}`);
};

const inviteOne = (email: string, role: 'owner' | 'member' | 'accountant' = 'member') =>
  inCompany(installation.database, companyId, (tx) =>
    invite(tx, { companyId, email, role, by: { actor: 'user', id: null } }, installation.clock()),
  );

async function events(type: string): Promise<Record<string, unknown>[]> {
  const { rows } = await installation.database.owner.query(
    'select data from events where company_id = $1 and type = $2 order by at, id',
    [companyId, type],
  );
  return rows.map((row) => row.data);
}

test('a member comes in by the address that the issuer has verified, and lands where he wanted to go', async () => {
  const guest = visitor(web.app);
  const left = await guest.get(`/sign-in/with/${companyId}?next=/documents`);
  const there = new URL(left.headers.get('location') ?? '');
  assert.equal(there.origin, issuer.url);
  assert.equal(there.searchParams.get('scope'), 'openid email profile');
  assert.equal(there.searchParams.get('code_challenge_method'), 'S256');
  issuer.account = owner.email;
  const back = await issuer.consent(there.href);
  assert.equal(back.pathname, `/sign-in/with/${companyId}/back`, 'each company has its own way back');
  const answer = await guest.get(`${back.pathname}${back.search}`);
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/documents']);
  assert.equal((await guest.get('/documents')).status, 200);
  assert.ok(guest.cookies.get('envoi_staff'), 'own visits on the portal do not count');
});

test('from then on it is the subject that counts, not the address', async () => {
  await comeIn(owner.email);
  issuer.claims = { email: 'claire.new@vautrin.example', email_verified: true };
  assert.equal((await comeIn(owner.email)).answer.status, 303);
  issuer.claims = { email_verified: true, sub: 'somebody-else', email: owner.email };
  const other = await comeIn('somebody-else');
  assert.equal(other.answer.status, 422);
  assert.match(other.html, /Somebody else came in with your address before/);
});

test('who was invited joins by it in the role of the invitation, once; who was not stays outside', async () => {
  await inviteOne('mari@peeters.example', 'accountant');
  assert.equal((await comeIn('mari@peeters.example')).answer.status, 303);
  assert.ok((await members()).includes('mari@peeters.example accountant'));
  assert.equal((await events('account.joined')).at(-1)?.['by'], 'single_sign_on');
  const stranger = await comeIn('stranger@peeters.example');
  assert.equal(stranger.answer.status, 422);
  assert.match(stranger.html, /Nobody has invited you here/);
  assert.equal((await stranger.guest.get('/documents')).status, 303, 'no session');
});

test('with an address at a proved domain one joins where the owner says so, and at a domain of others never', async () => {
  const before = await comeIn('jan@vautrin.example');
  assert.equal(before.answer.status, 422);
  await useIssuer(installation, companyId, issuer, { newcomerRole: 'member' });
  assert.equal((await comeIn('jan@vautrin.example')).answer.status, 303);
  assert.ok((await members()).includes('jan@vautrin.example member'));
  assert.equal((await comeIn('jan@sub.vautrin.example')).answer.status, 422);
  assert.equal((await comeIn('jan@peeters.example')).answer.status, 422);
});

test('an address that the issuer has not verified lets nobody in', async () => {
  for (const claims of [{}, { email_verified: false }, { email_verified: 'no' }]) {
    issuer.claims = { ...claims, sub: `new-${JSON.stringify(claims)}` };
    const { answer, html } = await comeIn(owner.email);
    assert.equal(answer.status, 422, JSON.stringify(claims));
    assert.match(html, /does not say that your e-mail address is verified/);
  }
});

test('an issuer that gives the address at its userinfo endpoint only is asked there', async () => {
  issuer.claims = { email: undefined };
  issuer.userinfo = { email: owner.email, email_verified: true };
  assert.equal((await comeIn(owner.email)).answer.status, 303);
  issuer.userinfo = { email: owner.email, email_verified: false };
  await useIssuer(installation, companyId, issuer, { clientId: 'envoi-tests ' });
  assert.equal((await comeIn('other-subject')).answer.status, 422);
  issuer.userinfo = {};
});

test('the word of an issuer makes no account of another company act here, unless its domain is proved', async () => {
  const els = { email: 'els@elsewhere.example', password: 'a long enough one' };
  const second = await secondCompany(installation, els.email, els.password);
  const stranger = await comeIn(els.email);
  assert.match(stranger.html, /Nobody has invited you here/);
  await inviteOne(els.email);
  const invited = await comeIn(els.email);
  assert.equal(invited.answer.status, 422);
  assert.match(invited.html, /Open the link of your invitation first/);
  const own = visitor(web.app);
  await own.signIn(els);
  assert.match(await (await own.get('/documents')).text(), /Peeters/);
  const closed = await own.get(`/sign-in/with/${second.companyId}`);
  assert.equal(closed.status, 422, 'each company has its own issuer, or none');
});

test('such a session opens no other company, no operator’s page and nothing of the account', async () => {
  await secondCompany(installation, 'bob@elsewhere.example', 'a long enough one');
  const { guest } = await comeIn(owner.email);
  assert.notEqual((await guest.get('/operator')).status, 200);
  const profile = await (await guest.get('/settings/profile')).text();
  assert.match(profile, /single sign-on: that opens this company only/);
  const csrf = tokenIn(profile);
  for (const path of [
    '/settings/profile/password',
    '/settings/profile/factor',
    '/settings/profile/passkeys',
    '/settings/profile/passkeys/ask',
    '/settings/profile/sessions',
  ])
    assert.equal((await guest.post(path, { csrf })).status, 403, path);
  const own = visitor(web.app);
  await own.signIn();
  assert.equal((await own.get('/operator')).status, 200, 'by password the same person may');
});

test('on the sign-in page the address leads to the issuer, and an unknown one nowhere', async () => {
  const guest = visitor(web.app);
  assert.match(await (await guest.get('/sign-in')).text(), /href="\/sign-in\/company"/);
  const ask = async (email: string) =>
    guest.post('/sign-in/company', {
      csrf: await guest.token('/sign-in/company'),
      email,
      back: '/documents',
    });
  const found = await ask(owner.email);
  const html = await found.text();
  assert.match(html, new RegExp(`sign in at ${new URL(issuer.url).host}`));
  assert.ok(html.includes(`href="/sign-in/with/${companyId}?next=%2Fdocuments"`));
  const unknown = await ask('nobody@nowhere.example');
  assert.equal(unknown.status, 422);
  assert.match(await unknown.text(), /No single sign-on is set up for this address/);
  await useIssuer(installation, companyId, issuer, { newcomerRole: 'member' });
  assert.equal((await ask('newcomer@vautrin.example')).status, 200);
});
