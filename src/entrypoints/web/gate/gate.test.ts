import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { owner, type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, tokenIn, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

let installation: TestInstallation;
let web: Web;
let network = 0;

before(async () => {
  installation = await testInstallation();
  web = await testWeb(installation, { ip: () => `192.0.2.${network}` });
});
after(async () => {
  await web.close();
  await installation.close();
});

async function claire(): Promise<Visitor> {
  network += 1;
  const browser = visitor(web.app);
  assert.equal((await browser.signIn()).status, 303);
  return browser;
}

test('a stranger is sent to the sign-in, and comes back to the page that was asked for', async () => {
  const browser = visitor(web.app);
  const refused = await browser.get('/settings/company?x=1');
  assert.equal(refused.status, 303);
  const signInPage = refused.headers.get('location') ?? '';
  assert.equal(signInPage, '/sign-in?next=%2Fsettings%2Fcompany%3Fx%3D1');
  const html = await (await browser.get(signInPage)).text();
  const back = /name="back" value="([^"]*)"/.exec(html)?.[1] ?? '';
  const entered = await browser.post('/sign-in', { csrf: tokenIn(html), back, ...owner });
  assert.equal(entered.headers.get('location'), '/settings/company?x=1');
});

test('nobody is sent to another site after the sign-in', async () => {
  for (const back of ['https://evil.example', '//evil.example', '/\\evil.example', '/\tx', 'javascript:1']) {
    network += 1;
    const browser = visitor(web.app);
    const csrf = await browser.token('/sign-in');
    const entered = await browser.post('/sign-in', { csrf, back, ...owner });
    assert.equal(entered.headers.get('location'), '/', back);
  }
});

test('the way back holds ASCII only, whatever letters were in it', async () => {
  const browser = await claire();
  const csrf = await browser.token('/documents');
  for (const [back, location] of [
    ['/documents?q=é', '/documents?q=%C3%A9'],
    ['/documents?q=ș%20x', '/documents?q=%C8%99%20x'],
    ['/documents?q=\ud800', '/documents?q=%EF%BF%BD'],
  ] as const) {
    const answer = await browser.post('/theme', { csrf, back, theme: 'dark' });
    assert.equal(answer.headers.get('location'), location);
  }
});

test('an octet of zero in a form or an address is no fault of ours', async () => {
  network += 1;
  const browser = visitor(web.app);
  const csrf = await browser.token('/sign-in');
  const refused = await browser.post('/sign-in', { csrf, email: 'a\0@b.example', password: 'x\0' });
  assert.equal(refused.status, 422);
  const inside = await claire();
  for (const path of ['/documents?q=a%00b', '/emails?recipient=%00', '/customers?q=%00', '/documents/%00'])
    assert.ok((await inside.get(path)).status < 500, path);
});

test('scripts that ask without a session get 401 and no page', async () => {
  const browser = visitor(web.app);
  assert.equal((await browser.get('/fragments/envelope/doc_1')).status, 401);
  assert.equal((await browser.get('/live', { accept: 'text/event-stream' })).status, 401);
  assert.equal((await browser.get('/documents', { accept: 'application/json' })).status, 401);
});

test('the session lies in a cookie that scripts cannot read, under a name that fits the ground', async () => {
  const onHttps = await cookiesAfterSignIn('http://localhost:3000', {});
  assert.match(onHttps, /__Host-envoi=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax/);
  const inNetwork = await cookiesAfterSignIn('http://192.168.1.20:3000', {});
  assert.match(inNetwork, /(^|\n)envoi=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax/);
  assert.doesNotMatch(inNetwork, /__Host-|Secure/);
  const safari = await cookiesAfterSignIn('http://localhost:3000', { keepsSecure: false });
  assert.match(safari, /(^|\n)envoi=[\w-]{43}; /);
});

async function cookiesAfterSignIn(origin: string, { keepsSecure = true }): Promise<string> {
  network += 1;
  const browser = visitor(web.app, origin);
  const csrf = await browser.token('/sign-in');
  if (!keepsSecure)
    for (const name of browser.cookies.keys()) if (name.startsWith('__Host-')) browser.cookies.delete(name);
  const entered = await browser.post('/sign-in', { csrf, ...owner });
  assert.equal(entered.status, 303);
  assert.equal((await browser.get('/settings/company')).status, 200);
  return entered.headers.getSetCookie().join('\n');
}

test('over plain http in a network the sign-in page says that others can read along', async () => {
  assert.match(
    await (await visitor(web.app, 'http://192.168.1.20:3000').get('/sign-in')).text(),
    /not encrypted/,
  );
  assert.doesNotMatch(await (await visitor(web.app).get('/sign-in')).text(), /not encrypted/);
});

test('a deed needs the token of the session and a page of ours', async () => {
  const browser = await claire();
  const csrf = await browser.token('/settings/profile');
  const form = { name: 'Claire Vautrin', language: 'en' };
  const post = (more: object, headers = {}) =>
    browser.post('/settings/profile', { ...form, ...more }, headers);
  assert.equal((await post({})).status, 403);
  assert.equal((await post({ csrf: 'x'.repeat(csrf.length) })).status, 403);
  assert.equal((await post({ csrf }, { 'sec-fetch-site': 'cross-site' })).status, 403);
  assert.equal((await post({ csrf }, { 'sec-fetch-site': 'same-site' })).status, 403);
  assert.equal((await post({ csrf }, { origin: 'https://evil.example' })).status, 403);
  assert.equal((await post({ csrf }, { origin: 'null' })).status, 403);
  const other = await claire();
  assert.equal((await post({ csrf: await other.token('/settings/profile') })).status, 403);
  assert.equal((await post({ csrf })).status, 303);
  assert.equal((await post({}, { 'x-csrf-token': csrf })).status, 303);
});

test('the sign-in itself cannot be posted from elsewhere', async () => {
  const browser = visitor(web.app);
  const csrf = await browser.token('/sign-in');
  const strange = await browser.post('/sign-in', { csrf, ...owner }, { 'sec-fetch-site': 'cross-site' });
  assert.equal(strange.status, 403);
  const without = await visitor(web.app).post('/sign-in', { csrf, ...owner });
  assert.equal(without.status, 403);
  assert.match(await without.text(), /open too long/);
});

test('wrong and unknown are refused alike, and too many tries lock the door', async () => {
  network += 1;
  const browser = visitor(web.app);
  const enter = async (email: string, password: string) =>
    browser.post('/sign-in', { csrf: await browser.token('/sign-in'), email, password });
  const unknown = await enter('nobody@vautrin.example', 'a wrong password');
  assert.equal(unknown.status, 422);
  assert.match(await unknown.text(), /Address or password is not right/);
  for (let count = 0; count < 5; count += 1)
    assert.equal((await enter('locked@vautrin.example', 'x')).status, 422);
  const locked = await enter('locked@vautrin.example', 'x');
  assert.equal(locked.status, 429);
  assert.match(await locked.text(), /Wait 15 minutes/);
});

test('signing out ends the session, also for a copy of its cookie', async () => {
  const browser = await claire();
  const copy = new Map(browser.cookies);
  const csrf = await browser.token('/settings/profile');
  assert.equal((await browser.post('/sign-out', { csrf })).headers.get('location'), '/sign-in');
  assert.equal(browser.cookies.has('__Host-envoi'), false);
  for (const [name, value] of copy) browser.cookies.set(name, value);
  assert.equal((await browser.get('/settings/profile')).status, 303);
});

test('signing in marks the browser as staff for the portal', async () => {
  const browser = await claire();
  assert.match(browser.cookies.get('envoi_staff') ?? '', new RegExp(installation.companyId));
});

test('every page carries a strict content policy and is kept by nobody', async () => {
  const browser = await claire();
  for (const path of ['/settings/company', '/nothing-here', '/sign-in']) {
    const { headers } = await browser.get(path);
    if (path === '/sign-in') continue;
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[\w-]{22}'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('referrer-policy'), 'same-origin');
    assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin');
    assert.equal(headers.get('x-frame-options'), 'DENY');
  }
});

test('scripts and styles are kept for ever, packed where the browser can unpack', async () => {
  const browser = visitor(web.app);
  const html = await (await browser.get('/sign-in')).text();
  const style = /href="(\/assets\/[^"]+\.css)"/.exec(html)?.[1] ?? '';
  const packed = await browser.get(style, { 'accept-encoding': 'gzip' });
  assert.equal(packed.headers.get('content-encoding'), 'gzip');
  assert.match(packed.headers.get('cache-control') ?? '', /immutable/);
  const again = await browser.get(style, { 'if-none-match': packed.headers.get('etag') ?? '' });
  assert.equal(again.status, 304);
  assert.equal((await browser.get('/assets/other.css')).status, 404);
});

test('what is not there is said in a whole page', async () => {
  const browser = await claire();
  const answer = await browser.get('/nothing-here');
  assert.equal(answer.status, 404);
  assert.match(await answer.text(), /This is not here/);
});

test('more than is taken is refused before anything of it is read', async () => {
  const browser = await claire();
  const big = { 'content-length': String(200 * 2 ** 20) };
  const answer = await browser.post('/settings/profile', { csrf: 'x' }, big);
  assert.equal(answer.status, 413);
  assert.match(await answer.text(), /Too much at once/);
  assert.equal((await visitor(web.app).post('/sign-in', { csrf: 'x' }, big)).status, 413);
});

test('a slash too many is taken away', async () => {
  const browser = await claire();
  assert.equal(
    (await browser.get('/settings/profile/?a=1')).headers.get('location'),
    '/settings/profile?a=1',
  );
  assert.equal((await browser.get('//evil.example/')).headers.get('location'), '/');
});

test('the set-up page is gone once there is a company', async () => {
  const browser = visitor(web.app);
  assert.equal((await browser.get('/set-up')).headers.get('location'), '/');
  assert.equal((await browser.post('/set-up', { company: 'Second' })).status, 303);
});
