import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { owner, type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, tokenIn, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

let installation: TestInstallation;
let web: Web;
let here: Visitor;
const clock = { now: new Date('2026-11-27T09:00:00Z') };
before(async () => {
  installation = await testInstallation({ clock: () => clock.now });
  web = await testWeb(installation);
  here = visitor(web.app);
  await here.signIn();
});
after(async () => {
  await web.close();
  await installation.close();
});

interface Queued {
  readonly address: string;
  readonly subject: string;
  readonly text: string;
}

async function mails(): Promise<Queued[]> {
  const { rows } = await installation.database.owner.query(
    `select address, content ->> 'subject' as subject, content ->> 'text' as text from house_mails where kind = 'account' order by created_at, id`,
  );
  return rows;
}

/** The links for a new password that were mailed, oldest first. */
async function resetLinks(): Promise<string[]> {
  const found = (await mails()).map((mail) => /http:\/\/\S+(\/join\?token=\S+)/.exec(mail.text)?.[1]);
  return found.filter((link) => link !== undefined);
}

/** Asks for a new password and waits until as many links as expected were mailed: other mails, about sign-ins, come in between. */
async function forget(email: string, expected: number): Promise<void> {
  const guest = visitor(web.app);
  const before = await asked();
  const answer = await guest.post('/forgotten', { csrf: await guest.token('/forgotten'), email });
  assert.equal(answer.status, 200);
  assert.match(await answer.text(), /If somebody signs in with this address/);
  // The page does not wait for the work, which notes first that it was asked.
  while ((await asked()) === before || (await resetLinks()).length < expected)
    await new Promise((done) => setTimeout(done, 10));
}

async function asked(): Promise<number> {
  const { rows } = await installation.database.owner.query(
    `select count(*)::int as count from sign_in_failures where key like 'reset:%'`,
  );
  return rows[0].count;
}

test('a sign-in from another browser is told by mail, from the same one again and from the first one not', async () => {
  assert.deepEqual(await mails(), []);
  const there = visitor(web.app);
  await there.signIn();
  const [mail, ...more] = await mails();
  assert.deepEqual(more, []);
  assert.equal(mail?.address, owner.email);
  assert.match(mail?.text ?? '', /network 192\.0\.2\.0\/24/);
  for (const name of there.cookies.keys()) if (/envoi$/.test(name)) there.cookies.delete(name);
  await there.signIn();
  assert.equal((await mails()).length, 1);
});

test('whoever has forgotten the password gets a link by mail, which works once and within an hour', async () => {
  await forget(owner.email, 1);
  const [link = ''] = await resetLinks();
  const guest = visitor(web.app);
  const csrf = tokenIn(await (await guest.get(link)).text());
  const token = new URL(link, 'http://x').searchParams.get('token') ?? '';
  assert.equal((await guest.post('/join', { csrf, token, password: 'a new oak wall' })).status, 303);
  assert.equal((await here.get('/documents')).status, 303, 'everywhere else one is signed out');
  assert.equal((await guest.get(link)).status, 404);
  await forget(owner.email, 2);
  const late = (await resetLinks()).find((one) => one !== link) ?? '';
  assert.equal((await guest.get(late)).status, 200);
  clock.now = new Date(clock.now.getTime() + 61 * 60_000);
  assert.equal((await guest.get(late)).status, 404);
});

test('an address that nobody signs in with gets no mail, and a known one no more than three in a quarter of an hour', async () => {
  const before = (await resetLinks()).length;
  await forget('nobody@vautrin.example', 0);
  assert.equal((await resetLinks()).length, before);
  for (let time = 1; time <= 5; time += 1) await forget(owner.email, before + Math.min(time, 3));
  assert.equal((await resetLinks()).length, before + 3);
});

test('an invitation is mailed', async () => {
  await here.signIn({ email: owner.email, password: 'a new oak wall' });
  const path = '/settings/people';
  await here.post(path, { csrf: await here.token(path), email: 'jo@vautrin.example', role: 'member' });
  const mail = (await mails()).find((one) => one.address === 'jo@vautrin.example');
  assert.match(mail?.subject ?? '', /Vautrin Joinery invites you/);
  assert.match(mail?.text ?? '', /\/join\?token=/);
});
