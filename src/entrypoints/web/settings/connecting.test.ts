import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import {
  type OauthServer,
  type PoliteServer,
  startOauth,
  startPolite,
} from '../../../../test/servers/index.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

let microsoft: OauthServer;
let smtp: PoliteServer;
let installation: TestInstallation;
let web: Web;
let browser: Visitor;
let now = new Date();

before(async () => {
  microsoft = await startOauth({ rotates: true });
  smtp = await startPolite({ tokens: (user, token) => microsoft.isGood(user, token) });
  installation = await testInstallation({
    clock: () => now,
    env: {
      ENVOI_MICROSOFT_CLIENT_ID: microsoft.clientId,
      ENVOI_MICROSOFT_CLIENT_SECRET: microsoft.clientSecret,
      ENVOI_MICROSOFT_ENDPOINTS: `${microsoft.endpoints} smtp=smtp://127.0.0.1:${smtp.port}`,
    },
  });
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
});
after(async () => {
  await web.close();
  await installation.close();
  await Promise.all([microsoft.close(), smtp.close()]);
});

async function addSender(address = 'claire@vautrin.example'): Promise<string> {
  const csrf = await browser.token('/settings/senders?sender=new&method=microsoft');
  const saved = await browser.post('/settings/senders', {
    csrf,
    method: 'microsoft',
    address,
    name: 'Claire',
  });
  const id = /#(snd_\w+)$/.exec(saved.headers.get('location') ?? '')?.[1];
  assert.ok(id, `${saved.status} ${saved.headers.get('location')}`);
  return id;
}

/** Goes to the provider and comes back; returns the page that is shown then. */
async function goAndComeBack(
  id: string,
  change: (back: URL) => void = () => undefined,
  who: Visitor = browser,
  answer: 'allow' | 'deny' = 'allow',
): Promise<string> {
  const left = await browser.get(`/settings/senders/${id}/connect`);
  assert.equal(left.status, 303);
  const back = await microsoft.consent(left.headers.get('location') ?? '', answer);
  change(back);
  const shown = await who.get(`${back.pathname}${back.search}`);
  assert.equal(shown.status, 303);
  return (await who.get((shown.headers.get('location') ?? '').replace(/#.*/, ''))).text();
}

test('the card says what the operator must do where he has no app, and offers what there is', async () => {
  const html = await (await browser.get('/settings/senders?sender=new')).text();
  assert.match(html, /ENVOI_GOOGLE_CLIENT_ID/);
  assert.doesNotMatch(html, /ENVOI_MICROSOFT_CLIENT_ID/);
  assert.match(html, /method=microsoft/);
});

test('whoever comes back without having left, too late, in another session or from another provider connects nothing', async () => {
  const id = await addSender();
  const other = visitor(web.app);
  await other.signIn();
  const began = /took too long, or was begun in another window/;
  assert.match(await goAndComeBack(id, undefined, other), began);
  other.cookies.set('envoi_connecting', browser.cookies.get('envoi_connecting') ?? '');
  assert.match(
    await goAndComeBack(id, undefined, other),
    began,
    'the cookie of another session opens nothing',
  );
  assert.match(await goAndComeBack(id, () => (now = new Date(now.getTime() + 16 * 60_000))), began);
  assert.match(
    await goAndComeBack(id, (back) => (back.pathname = back.pathname.replace('microsoft', 'google'))),
    /did not come about/,
  );
  assert.match(
    await goAndComeBack(id, (back) => back.searchParams.set('state', 'forged')),
    /did not come about/,
  );
  assert.match(await (await browser.get('/settings/senders')).text(), /Not connected/);
});

test('a no and another account are said in words, and the right one is connected and tested', async () => {
  const id = await addSender();
  assert.match(await goAndComeBack(id, undefined, browser, 'deny'), /did not consent at Microsoft/);
  microsoft.account = 'bob@vautrin.example';
  assert.match(
    await goAndComeBack(id),
    /as bob@vautrin\.example, but this sender is claire@vautrin\.example/,
  );
  microsoft.account = 'claire@vautrin.example';
  const html = await goAndComeBack(id);
  assert.match(html, /It works\./);
  assert.match(html, /AUTH XOAUTH2 \*\*\*/);
  const csrf = await browser.token('/settings/senders');
  const tested = await browser.post(`/settings/senders/${id}/test`, { csrf });
  const shown = await (await browser.get((tested.headers.get('location') ?? '').replace(/#.*/, ''))).text();
  assert.match(shown, /The test is on its way to claire@vautrin\.example/);
  assert.equal(smtp.mails.at(-1)?.user, 'claire@vautrin.example');
  const kept = await installation.database.owner.query(`select raw, data from events`);
  assert.doesNotMatch(JSON.stringify(kept.rows), /Bearer|refresh_token/);
});

test('a page of the list and of the API never carries a token', async () => {
  const { rows } = await installation.database.owner.query<{ access_token: Buffer }>(
    `select access_token from sender_grants where state = 'live'`,
  );
  assert.equal(rows.length, 1);
  const html = await (await browser.get('/settings/senders')).text();
  assert.ok(!html.includes(rows[0]?.access_token.toString('base64') ?? '?'));
});
