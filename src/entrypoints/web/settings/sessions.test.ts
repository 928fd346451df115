import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import { found } from '../../../roof/found.ts';
import type { Web } from '../index.ts';

let installation: TestInstallation;
let web: Web;
let here: Visitor;
let there: Visitor;
before(async () => {
  installation = await testInstallation();
  web = await testWeb(installation);
  here = visitor(web.app);
  there = visitor(web.app);
  for (const browser of [here, there]) await browser.signIn();
});
after(async () => {
  await web.close();
  await installation.close();
});

const profile = '/settings/profile';
const isIn = async (browser: Visitor) => (await browser.get(profile)).status === 200;
const others = async () => {
  const html = await (await here.get(profile)).text();
  return [...html.matchAll(/\/settings\/profile\/sessions\/([^"]+)"/g)].map(([, id]) => id!);
};
const post = async (browser: Visitor, path: string, form: Record<string, string> = {}) =>
  browser.post(path, { csrf: await browser.token(profile), ...form });

test('one’s own browsers are listed and each can be signed out from another', async () => {
  const [id, ...more] = await others();
  assert.ok(id);
  assert.deepEqual(more, []);
  assert.equal((await post(here, `${profile}/sessions/${id}`)).status, 303);
  assert.deepEqual([await isIn(here), await isIn(there)], [true, false]);
  assert.equal((await post(here, `${profile}/sessions/${id}`)).status, 404);
});

test('everywhere else is signed out at once, and only there', async () => {
  await there.signIn();
  await visitor(web.app).signIn();
  assert.equal((await others()).length, 2);
  assert.equal((await post(here, `${profile}/sessions`)).status, 303);
  assert.deepEqual([await isIn(here), await isIn(there), (await others()).length], [true, false, 0]);
});

test('nobody ends the sessions of somebody else', async () => {
  const eve = { email: 'eve@other.example', password: 'another oak wall', firstName: 'Eve', lastName: '' };
  const company = {
    name: 'Other',
    country: 'FR',
    language: 'fr' as const,
    trackingMode: 'none' as const,
    trackingBasis: 'consent' as const,
  };
  await found(installation, { company, owner: eve });
  const stranger = visitor(web.app);
  await stranger.signIn(eve);
  await there.signIn();
  const [id] = await others();
  assert.equal((await post(stranger, `${profile}/sessions/${id}`)).status, 404);
  assert.equal(await isIn(there), true);
});

test('an answer of a device that nobody asked for makes no key and lets nobody in', async () => {
  const answers = [
    '',
    '{',
    'null',
    '[]',
    '{"id":"x"}',
    `{"id":"x","response":{"clientDataJSON":"e30"}}`,
    'x'.repeat(30_000),
  ];
  for (const answer of answers) {
    const made = await post(here, `${profile}/passkeys`, { keyName: 'k', answer });
    assert.equal(made.status, 422, answer.slice(0, 40));
    const guest = visitor(web.app);
    const csrf = await guest.token('/sign-in');
    assert.equal((await guest.post('/sign-in/key', { csrf, answer, back: '/' })).status, 422);
    assert.equal(await isIn(guest), false);
  }
});
