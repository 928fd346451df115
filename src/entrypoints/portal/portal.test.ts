import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#base/ids';
import { languages } from '#base/language';
import { changeDocument } from '#domain/documents';
import { makeCheckpoint } from '#domain/evidence';
import { linkTokens, renewLink, revokeLinks } from '#domain/tracking';
import { asWorker } from '#stores/database';
import { portalCompanyName, testPortal } from '../../../test/portal.ts';

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';
let portal: Awaited<ReturnType<typeof testPortal>>;
before(async () => {
  portal = await testPortal();
});
after(() => portal.close());

const ask = (path: string, init: RequestInit = {}) =>
  portal.app.request(path, { ...init, headers: { 'user-agent': chrome, ...init.headers } });
const cookieOf = (response: Response): string =>
  (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
const view = (page: string, cookie: string, pages = [1]) =>
  ask(`${page}/seen`, { method: 'POST', headers: { cookie }, body: JSON.stringify({ pages }) });

test('the page shows company, document, amount, date and pages in the mail’s language', async () => {
  const link = await portal.newLink({ language: 'fr' });
  const response = await ask(link.page);
  const html = await response.text();
  assert.equal(response.status, 200);
  assert.match(html, /<html lang="fr">/);
  for (const part of [portalCompanyName, 'Facture 2026/0318 pour Studio Lindqvist', '1\u202f500,40', 'EUR'])
    assert.ok(html.includes(part), part);
  assert.match(html, /à payer avant le 12 décembre 2026/);
  assert.match(html, /Devis Q-2026-045/);
  assert.equal(html.match(/<figure/g)?.length, 4);
  assert.match(html, /<img [^>]*width="\d+" height="\d+" alt="Page 1 du document Facture 2026\/0318"/);
  assert.ok(html.length < 30_000, `${html.length} bytes`);
});

test('of an invoice that was paid in part the page asks for the rest, and says what was paid', async () => {
  const link = await portal.newLink({ language: 'en' });
  const [documentId = ''] = portal.documentIds;
  const which = { companyId: portal.companyId, documentId, by: { actor: 'user', id: 'usr_1' } } as const;
  const pay = (paid: { on: string; amount: string } | null) =>
    asWorker(portal.deps.database, (tx) => changeDocument(tx, which, { paid }, portal.clock.now));
  assert.ok((await pay({ on: '2026-11-20', amount: '1400.40' })).ok);
  const html = await (await ask(link.page)).text();
  assert.match(html, /<p class="amount">100\.00 <small>EUR<\/small>/);
  assert.match(html, /of 1,500\.40.EUR in total/);
  assert.match(html, /1,400\.40.EUR has been paid/);
  assert.ok((await pay(null)).ok);
});

test('the newest checkpoint of the log, its keys and the root of the seals are there for anybody', async () => {
  assert.equal((await ask('/log/checkpoint')).status, 404);
  await makeCheckpoint(portal.deps.database, portal.deps.keys.log, portal.clock.now);
  const note = await (await ask('/log/checkpoint')).text();
  assert.match(note, /^envoi\.example\/log\/[0-9a-f]{8}\n\d+\n[A-Za-z0-9+/]{43}=\n\n— envoi\.example/);
  assert.match(await (await ask('/log/keys')).text(), /^envoi\.example\/log\/\S+\n$/);
  assert.match(await (await ask('/log/root.pem')).text(), /^-----BEGIN CERTIFICATE-----/);
});

test('another language is one link away, in all six', async () => {
  const link = await portal.newLink();
  for (const language of languages) {
    const html = await (await ask(`${link.page}?lang=${language}`)).text();
    assert.ok(html.includes(`<html lang="${language}">`));
  }
});

test('every page is closed to scripts, frames, robots and referrers of others', async () => {
  const link = await portal.newLink();
  for (const path of [
    link.page,
    link.withdraw,
    '/d/nothing',
    `${link.page}/file/${portal.documentIds[0]}.pdf`,
  ]) {
    const { headers } = await ask(path);
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.ok(!policy.includes('unsafe'));
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.match(headers.get('x-robots-tag') ?? '', /noindex/);
    assert.match(headers.get('cache-control') ?? '', /no-store/);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
  }
  const html = await (await ask(link.page)).text();
  assert.ok(!/ style=|<style|<script>| on\w+=/.test(html));
});

test('a customer who looks and downloads is seen so; the session ties the two', async () => {
  const link = await portal.newLink();
  const cookie = cookieOf(await ask(link.page));
  assert.match(cookie, /^envoi_visit=[\w-]{22}$/);
  assert.equal((await view(link.page, cookie, [1, 2])).status, 204);
  const file = await ask(`${link.page}/file/${portal.documentIds[0]}.pdf`, { headers: { cookie } });
  assert.equal(file.status, 200);
  await portal.writeDown();
  const known = await portal.engagement(link.messageId);
  assert.deepEqual([known.level, known.viewedCount, known.downloadedCount], ['downloaded', 1, 1]);
});

test('a page without a script’s word is fetched and not viewed', async () => {
  const link = await portal.newLink();
  await ask(link.page);
  await portal.writeDown();
  assert.equal((await portal.engagement(link.messageId)).level, 'none');
  assert.deepEqual(
    (await portal.hitsOf(link.messageId)).map((hit) => hit.signal),
    ['page'],
  );
});

test('a view that another site sends, or that is no view, is refused', async () => {
  const link = await portal.newLink();
  const post = (body: string, headers: Record<string, string> = {}) =>
    ask(`${link.page}/seen`, { method: 'POST', body, headers });
  assert.equal((await post('{"pages":[1]}', { 'sec-fetch-site': 'cross-site' })).status, 403);
  for (const body of ['', 'x', '{}', '{"pages":[0]}', '{"pages":"1"}'])
    assert.equal((await post(body)).status, 400);
  assert.equal((await post(`{"pages":[${'1,'.repeat(9000)}1]}`)).status, 413);
  await portal.writeDown();
  assert.deepEqual(await portal.hitsOf(link.messageId), []);
});

test('HEAD and GET change nothing: no session by HEAD, nothing viewed, the link as it was', async () => {
  const link = await portal.newLink();
  const head = await ask(link.page, { method: 'HEAD' });
  assert.deepEqual([head.status, head.headers.get('set-cookie'), await head.text()], [200, null, '']);
  for (const path of [link.withdraw, link.pixel, `${link.page}/file/${portal.documentIds[0]}.pdf`])
    for (const method of ['GET', 'HEAD']) assert.equal((await ask(path, { method })).status, 200);
  await portal.writeDown();
  assert.ok(['none', 'machine_only', 'opened'].includes((await portal.engagement(link.messageId)).level));
  assert.deepEqual([portal.stopped, portal.asked], [[], []]);
});

test('where nothing may be recorded nothing is, and the page says so', async () => {
  for (const over of [{ mode: 'none' }, { counted: false }] as const) {
    const link = await portal.newLink(over);
    const response = await ask(link.page);
    assert.ok(!(await response.text()).includes('seen.js'));
    await view(link.page, cookieOf(response));
    await ask(`${link.page}/file/${portal.documentIds[0]}.pdf`);
    assert.equal(portal.deps.journal && (await portal.writeDown()), 0);
    assert.match(await (await ask(link.withdraw)).text(), /othing about you is/);
  }
});

test('the recipient stops the recording by one button, also for what was sent before', async () => {
  const link = await portal.newLink();
  assert.match(await (await ask(link.withdraw)).text(), /<form method="post"/);
  const stopped = await ask(link.withdraw, { method: 'POST' });
  assert.match(await stopped.text(), /From now on nothing/);
  assert.ok(portal.stopped.includes(link.messageId));
  const pixel = await ask(link.pixel);
  assert.equal(pixel.status, 200);
  await portal.writeDown();
  assert.deepEqual(await portal.hitsOf(link.messageId), []);
});

test('expired, revoked and invented links get the same page, ours leave a trace', async () => {
  const expired = await portal.newLink({ expiresAt: new Date(portal.clock.now.getTime() - 1000) });
  const revoked = await portal.newLink();
  await asWorker(portal.deps.database, (tx) => revokeLinks(tx, [revoked.messageId], portal.clock.now));
  const gone = `/d/${linkTokens(portal.deps.linkKey, newId('message', portal.clock.now), 1).page}`;
  const bodies: string[] = [];
  for (const path of [expired.page, revoked.page, gone, '/d/invented', `${expired.page.slice(0, -1)}A`]) {
    const response = await ask(path);
    assert.equal(response.status, 404);
    assert.equal(response.headers.get('set-cookie'), null);
    bodies.push((await response.text()).replaceAll(/\/d\/[\w-]+/g, '/d/token'));
  }
  assert.equal(new Set(bodies).size, 1);
  assert.ok(!bodies[0]?.includes(portalCompanyName));
  await portal.writeDown();
  for (const { messageId } of [expired, revoked])
    assert.deepEqual(
      (await portal.hitsOf(messageId)).map((hit) => hit.signal),
      ['failure'],
    );
});

test('a new link goes out for ours only, three times an hour, and the answer never tells', async () => {
  const expired = await portal.newLink({ expiresAt: new Date(portal.clock.now.getTime() - 1000) });
  const renew = (page: string, ip: string) =>
    ask(`${page}/renew`, { method: 'POST', headers: { 'x-test-ip': ip } });
  const ours = await (await renew(expired.page, '192.0.2.1')).text();
  const invented = await (await renew('/d/invented', '192.0.2.2')).text();
  assert.equal(ours.replaceAll(expired.page, '/d/invented'), invented);
  assert.deepEqual(portal.asked, [expired.messageId]);
  await renew(expired.page, '192.0.2.3');
  await renew(expired.page, '192.0.2.4');
  assert.equal((await renew(expired.page, '192.0.2.5')).status, 429);
  assert.equal(portal.asked.length, 3);
  const generation = await asWorker(portal.deps.database, (tx) =>
    renewLink(tx, expired.messageId, new Date('2027-01-01T00:00:00Z')),
  );
  const { page } = linkTokens(portal.deps.linkKey, expired.messageId, generation!);
  assert.deepEqual([(await ask(`/d/${page}`)).status, (await ask(expired.page)).status], [200, 404]);
});

test('what a link does not hold is not served through it', async () => {
  const [invoice, quote] = portal.documentIds;
  const link = await portal.newLink({ documentIds: [quote!] });
  for (const path of [
    `/file/${invoice}.pdf`,
    `/file/${quote}.xml`,
    `/file/${quote}.exe`,
    `/file/..%2f..%2fetc%2fpasswd`,
    `/page/${invoice}/1.webp`,
    `/page/${quote}/9.webp`,
    '/logo.png',
  ])
    assert.equal((await ask(`${link.page}${path}`)).status, 404, path);
  const image = await ask(`${link.page}/page/${quote}/2.webp`);
  assert.deepEqual([image.status, image.headers.get('content-type')], [200, 'image/webp']);
});

test('a hit that the disk refuses costs the visitor nothing', async () => {
  const journal = { append: () => Promise.reject(new Error('no room')) };
  const poor = await testPortal({ journal });
  const link = await poor.newLink();
  for (const path of [link.page, link.pixel]) assert.equal((await poor.app.request(path)).status, 200);
  await poor.close();
});

test('hits are taken while the database is away and written when it is back', async () => {
  const link = await portal.newLink();
  const away = await testPortal({ linkKey: portal.deps.linkKey, journal: portal.deps.journal });
  await away.close();
  assert.equal((await away.app.request(link.pixel, { headers: { 'user-agent': chrome } })).status, 200);
  assert.equal((await away.app.request(link.page)).status, 500);
  await portal.writeDown();
  assert.equal((await portal.engagement(link.messageId)).level, 'opened');
  assert.deepEqual(
    (await portal.hitsOf(link.messageId)).map((hit) => hit.signal),
    ['pixel', 'failure'],
  );
});

test('the recipient sees what is kept, takes it along, and asks for its erasure at most three times an hour', async () => {
  const link = await portal.newLink();
  const cookie = cookieOf(await ask(link.page));
  await view(link.page, cookie);
  await portal.writeDown();
  const html = await (await ask(link.withdraw)).text();
  assert.match(html, /page on the screen · Chrome 130 · 81\.82\.83\.0\/24/);
  const file = await ask(`${link.withdraw}/record.json`);
  assert.equal(file.status, 200);
  const record = await file.json();
  assert.deepEqual([record.company, record.visits.length], [portalCompanyName, 2]);
  assert.ok(!JSON.stringify(record).includes('session'));
  const everything = await ask(`${link.withdraw}/export`, { method: 'POST' });
  assert.match(await everything.text(), /has been asked for everything that is recorded about you/);
  assert.deepEqual(portal.exports.filter((id) => id === link.messageId).length, 1);
  const erase = () => ask(`${link.withdraw}/erase`, { method: 'POST' });
  assert.match(await (await erase()).text(), /has been asked to erase/);
  for (let n = 0; n < 5; n += 1) await erase();
  assert.deepEqual(portal.erasures.filter((id) => id === link.messageId).length, 3);
  assert.equal((await ask('/w/invented/record.json')).status, 404);
});
