import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#base/ids';
import { makeCustomerMark, makeStaffMark, staffCookie } from '#domain/tracking';
import { testPortal } from '../../../test/portal.ts';

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

test('staff of the company never count, staff of another do', async () => {
  for (const [companyId, level] of [
    [portal.companyId, 'none'],
    [newId('company', portal.clock.now), 'viewed'],
  ] as const) {
    const link = await portal.newLink();
    const mark = makeStaffMark(portal.deps.staffKey, [companyId], new Date('2027-01-01T00:00:00Z'));
    const marked = cookieOf(await ask(`/staff/${mark}.svg`));
    assert.match(marked, /^envoi_staff=/);
    const session = cookieOf(await ask(link.page, { headers: { cookie: marked } }));
    await view(link.page, `${marked}; ${session}`);
    await portal.writeDown();
    assert.equal((await portal.engagement(link.messageId)).level, level);
  }
  assert.equal((await ask('/staff/com_1~zz~forged.svg')).headers.get('set-cookie'), null);
});

test('staff who come from the Sandbox screen play the customer, on page, pixel, beacon and file', async () => {
  const link = await portal.newLink();
  const { staffKey } = portal.deps;
  const staff = `${staffCookie}=${makeStaffMark(staffKey, [portal.companyId], new Date('2027-01-01T00:00:00Z'))}`;
  const as = makeCustomerMark(staffKey, link.messageId);
  await ask(`${link.pixel}?as=${as}`, { headers: { cookie: staff } });
  portal.clock.now = new Date(portal.clock.now.getTime() + 5000); // not all at once, as a program would
  const response = await ask(`${link.page}?as=${as}`, { headers: { cookie: staff } });
  const [session = '', mark = ''] = response.headers.getSetCookie();
  assert.match(session, /^envoi_visit=/);
  assert.equal(mark, `envoi_customer=${as}; Max-Age=1800; Path=${link.page}; HttpOnly; SameSite=Lax`);
  const cookie = [staff, session.split(';')[0], mark.split(';')[0]].join('; ');
  await view(link.page, cookie);
  await ask(`${link.page}/file/${portal.documentIds[0]}.pdf`, { headers: { cookie } });
  await portal.writeDown();
  const known = await portal.engagement(link.messageId);
  assert.deepEqual(
    [known.level, known.openedCount, known.viewedCount, known.downloadedCount],
    ['downloaded', 1, 1, 1],
  );
  assert.ok((await portal.hitsOf(link.messageId)).every((hit) => hit.actor === 'person'));
});

test('without the mark, or with that of another message, staff stay staff and get no cookie for it', async () => {
  const link = await portal.newLink();
  const { staffKey } = portal.deps;
  const cookie = `${staffCookie}=${makeStaffMark(staffKey, [portal.companyId], new Date('2027-01-01T00:00:00Z'))}`;
  const strange = makeCustomerMark(staffKey, (await portal.newLink()).messageId);
  for (const query of ['', '?as=', '?as=x', `?as=${strange}`]) {
    const file = `${link.page}/file/${portal.documentIds[0]}.pdf`;
    for (const path of [link.page, link.pixel, file])
      await ask(path + query, { headers: { cookie: `${cookie}; envoi_customer=${strange}` } });
    assert.equal((await ask(link.page + query)).headers.getSetCookie().length, 1);
  }
  const marked = `${link.page}?as=${makeCustomerMark(staffKey, link.messageId)}`;
  assert.equal((await ask(marked, { method: 'HEAD' })).headers.get('set-cookie'), null);
  await portal.writeDown();
  const { level } = await portal.engagement(link.messageId);
  assert.equal(level, 'machine_only', 'the HEAD alone');
});

test('at a portal on this machine whoever is quick, or a browser without a screen, is the person trying it out', async () => {
  const headless = chrome.replace('Chrome/', 'HeadlessChrome/');
  for (const [portalUrl, level] of [
    ['http://localhost:3000', 'opened'],
    ['https://bills.example', 'machine_only'],
  ] as const) {
    const other = await testPortal({ portalUrl });
    const link = await other.newLink();
    await other.app.request(link.pixel, { headers: { 'user-agent': headless } });
    await other.writeDown();
    assert.equal((await other.engagement(link.messageId)).level, level);
    await other.close();
  }
});
