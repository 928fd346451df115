import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { owner, type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { type OauthServer, startOauth } from '../../../../test/servers/index.ts';
import { secondCompany, signOn, useIssuer } from '../../../../test/sign-on.ts';
import { testWeb, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

let installation: TestInstallation;
let web: Web;
let companyId: string;
const servers: OauthServer[] = [];
let issuer: OauthServer;

const start = async (...options: Parameters<typeof startOauth>) => {
  const server = await startOauth(...options);
  server.claims = { email_verified: true };
  servers.push(server);
  return server;
};

before(async () => {
  installation = await testInstallation();
  ({ companyId } = installation);
  web = await testWeb(installation);
  issuer = await start();
});
after(async () => {
  await web.close();
  await installation.close();
  await Promise.all(servers.map((one) => one.close()));
});
beforeEach(async () => {
  issuer.claims = { email_verified: true };
  await useIssuer(installation, companyId, issuer);
});

const comeIn = (alter?: (back: URL) => void, at = issuer) =>
  signOn(web.app, companyId, at, owner.email, alter);

async function isOutside(came: Awaited<ReturnType<typeof comeIn>>, sentence: RegExp): Promise<void> {
  assert.equal(came.answer.status, 422);
  assert.match(came.html, sentence);
  assert.equal((await came.guest.get('/documents')).status, 303, 'no session');
}

const unfit = /does not fit, so nobody was let in/;
const stale = /used before, began in another browser, or took too long/;

test('an ID token with another nonce, issuer, audience or a past end lets nobody in', async () => {
  const past = Math.floor(Date.now() / 1000) - 3600;
  for (const wrong of [
    { nonce: 'of-somebody-else' },
    { nonce: undefined },
    { iss: 'https://elsewhere.example' },
    { aud: 'another-client' },
    { aud: ['another-client', 'envoi-tests'], azp: 'another-client' },
    { exp: past, iat: past - 60 },
    { sub: undefined },
  ]) {
    issuer.claims = { email_verified: true, ...wrong };
    await isOutside(await comeIn(), unfit);
  }
});

test('an ID token that the issuer’s published keys did not sign lets nobody in', async () => {
  const forger = await start({ signsStrangely: true });
  await useIssuer(installation, companyId, forger);
  await isOutside(await comeIn(undefined, forger), unfit);
});

test('a state of another way, or none, lets nobody in, and the issuer is not even asked', async () => {
  const asked = issuer.asked.length;
  await isOutside(await comeIn((back) => back.searchParams.set('state', 'x'.repeat(43))), stale);
  await isOutside(await comeIn((back) => back.searchParams.delete('state')), stale);
  assert.equal(issuer.asked.length, asked);
});

test('what one browser brought back is worth nothing in another: nobody is signed in as somebody else by a link', async () => {
  const { back } = await comeIn((url) => url.searchParams.set('state', 'spoiled'));
  const victim = visitor(web.app);
  const answer = await victim.get(`${back.pathname}${back.search}`);
  assert.equal(answer.status, 422);
  assert.match(await answer.text(), stale);
});

test('a way is gone once: the same answer with a copy of the cookie lets nobody in again', async () => {
  const guest = visitor(web.app);
  const left = await guest.get(`/sign-in/with/${companyId}`);
  const copy = new Map(guest.cookies);
  issuer.account = owner.email;
  const back = await issuer.consent(left.headers.get('location') ?? '');
  assert.equal((await guest.get(`${back.pathname}${back.search}`)).status, 303);
  const asked = issuer.asked.length;
  const thief = visitor(web.app);
  for (const [name, value] of copy) thief.cookies.set(name, value);
  const again = await thief.get(`${back.pathname}${back.search}`);
  assert.equal(again.status, 422);
  assert.match(await again.text(), stale);
  assert.equal(issuer.asked.length, asked, 'the code is not even tried');
});

test('a code of one issuer does not pass at the way back of another company', async () => {
  const second = await secondCompany(installation, 'els@elsewhere.example', 'a long enough one');
  const other = await start();
  await useIssuer(installation, second.companyId, other);
  const swapped = await signOn(web.app, second.companyId, other, owner.email, (back) => {
    back.pathname = `/sign-in/with/${companyId}/back`;
  });
  await isOutside(swapped, stale);
  const strange = await comeIn((back) => back.searchParams.set('iss', other.url));
  await isOutside(strange, unfit);
  const own = await signOn(web.app, second.companyId, other, owner.email);
  await isOutside(own, /Nobody has invited you here/);
});

test('a verifier of another way does not fit the code', async () => {
  const [one, two] = [visitor(web.app), visitor(web.app)];
  const first = await one.get(`/sign-in/with/${companyId}`);
  const second = await two.get(`/sign-in/with/${companyId}`);
  issuer.account = owner.email;
  const stolen = await issuer.consent(first.headers.get('location') ?? '');
  const mine = await issuer.consent(second.headers.get('location') ?? '');
  mine.searchParams.set('code', stolen.searchParams.get('code') ?? '');
  const answer = await two.get(`${mine.pathname}${mine.search}`);
  assert.equal(answer.status, 422);
  assert.match(await answer.text(), /did not let you through/);
});

test('a no at the issuer, and an issuer that is gone, are said as such', async () => {
  const guest = visitor(web.app);
  const left = await guest.get(`/sign-in/with/${companyId}`);
  const back = await issuer.consent(left.headers.get('location') ?? '', 'deny');
  const denied = await guest.get(`${back.pathname}${back.search}`);
  assert.match(await denied.text(), /did not let you through/);
  const gone = await start();
  await useIssuer(installation, companyId, gone);
  await gone.close();
  servers.splice(servers.indexOf(gone), 1);
  const closed = await visitor(web.app).get(`/sign-in/with/${companyId}`);
  assert.equal(closed.status, 422);
  assert.match(await closed.text(), /does not answer just now/);
});
