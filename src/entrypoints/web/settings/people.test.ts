import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { listMembers } from '#domain/accounts';
import { inCompany } from '#stores/database';
import { owner, type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, tokenIn, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

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

const path = '/settings/people';
const members = () =>
  inCompany(installation.database, installation.companyId, (tx) => listMembers(tx, installation.companyId));
const post = async (to: string, form: Record<string, string> = {}) =>
  browser.post(to, { csrf: await browser.token(path), ...form });
const linkIn = (html: string) =>
  /class="secret">http:\/\/localhost:\d+(\/join\?token=[^<]+)</.exec(html)?.[1] ?? '';
const mari = { email: 'mari@vautrin.example', password: 'a long enough one' };

async function invited(email: string, role: string): Promise<string> {
  return linkIn(await (await post(path, { email, role })).text());
}

async function join(link: string, form: Record<string, string>) {
  const guest = visitor(web.app);
  const html = await (await guest.get(link)).text();
  const token = new URL(link, 'http://x').searchParams.get('token') ?? '';
  return { guest, html, answer: await guest.post('/join', { csrf: tokenIn(html), token, ...form }) };
}

test('somebody who is invited joins by the link, once, in the role that was given', async () => {
  const link = await invited(mari.email, 'accountant');
  const { guest, html, answer } = await join(link, { name: 'Mari Claes', password: mari.password });
  assert.match(html, /Vautrin Joinery/);
  assert.equal(answer.status, 303);
  assert.deepEqual(
    (await members()).map((one) => [one.email, one.role]),
    [
      [owner.email, 'owner'],
      [mari.email, 'accountant'],
    ],
  );
  assert.equal((await guest.get('/documents')).status, 200);
  assert.equal((await guest.get(path)).status, 403, 'only owners see the people');
  assert.equal((await guest.get(link)).status, 404, 'the link has ended');
  const again = visitor(web.app);
  assert.equal((await again.signIn(mari)).status, 303);
});

test('a link that was taken back, or is too old, or was never made, lets nobody in', async () => {
  const link = await invited('late@vautrin.example', 'member');
  const page = await (await browser.get(path)).text();
  const revoke = /\/settings\/people\/invitations\/inv_[0-9A-Z]+\/revoke/.exec(page)?.[0] ?? '';
  await post(revoke);
  assert.equal((await visitor(web.app).get(link)).status, 404);
  assert.equal((await visitor(web.app).get('/join?token=nothing')).status, 404);
  assert.equal((await visitor(web.app).get('/join')).status, 404);
});

test('a short password and an address that is a member already come back with a sentence', async () => {
  const { answer } = await join(await invited('short@vautrin.example', 'member'), {
    name: 'S',
    password: 'short',
  });
  assert.equal(answer.status, 422);
  assert.match(await answer.text(), /10 characters or more/);
  const twice = await post(path, { email: mari.email.toUpperCase(), role: 'owner' });
  assert.equal(twice.status, 422);
  assert.match(await twice.text(), /belongs to the company already/);
});

test('an owner changes roles and removes people, and the last owner stays', async () => {
  const her = (await members()).find((one) => one.email === mari.email);
  const self = (await members()).find((one) => one.email === owner.email);
  await post(`${path}/${self?.userId}/role`, { role: 'member' });
  assert.match(await (await browser.get(path)).text(), /needs an owner/);
  await post(`${path}/${her?.userId}/role`, { role: 'member' });
  assert.equal((await members()).find((one) => one.email === mari.email)?.role, 'member');
  const guest = visitor(web.app);
  await guest.signIn(mari);
  await post(`${path}/${her?.userId}/remove`);
  assert.equal((await members()).length, 1);
  assert.notEqual((await guest.get('/documents')).status, 200, 'her session has ended');
});

test('a member who has forgotten the password sets a new one by a link that ends all sessions', async () => {
  await join(await invited('jo@vautrin.example', 'member'), { name: 'Jo', password: 'the first password' });
  const jo = (await members()).find((one) => one.email === 'jo@vautrin.example');
  const old = visitor(web.app);
  await old.signIn({ email: 'jo@vautrin.example', password: 'the first password' });
  const link = linkIn(await (await post(`${path}/${jo?.userId}/reset`)).text());
  const { answer } = await join(link, { password: 'the second password' });
  assert.equal(answer.status, 303);
  assert.notEqual((await old.get('/documents')).status, 200);
  const fresh = visitor(web.app);
  assert.equal(
    (await fresh.signIn({ email: 'jo@vautrin.example', password: 'the second password' })).status,
    303,
  );
});

test('a member sends what he may, from where he may; an owner cannot be limited', async () => {
  await join(await invited('jan@vautrin.example', 'member'), { name: 'Jan', password: 'a long enough one' });
  const jan = (await members()).find((one) => one.email === 'jan@vautrin.example');
  const limited = await post(`${path}/${jan?.userId}/limits`, { kind: 'quote' });
  assert.equal(limited.status, 303);
  assert.match(await (await browser.get(path)).text(), /May send a part only/);
  const guest = visitor(web.app);
  await guest.signIn({ email: 'jan@vautrin.example', password: 'a long enough one' });
  const { id } = await installation.addInvoice();
  const refused = /You may not send documents of this kind/;
  assert.match(await (await guest.get(`/send?document=${id}`)).text(), refused);
  assert.doesNotMatch(await (await browser.get(`/send?document=${id}`)).text(), refused);
  const self = (await members()).find((one) => one.email === owner.email);
  await post(`${path}/${self?.userId}/limits`, { kind: 'quote' });
  assert.doesNotMatch(await (await browser.get(`/send?document=${id}`)).text(), refused);
});
