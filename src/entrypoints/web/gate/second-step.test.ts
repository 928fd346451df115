import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { generateSync } from 'otplib';
import { dropSecondFactor } from '#domain/accounts';
import { asWorker } from '#stores/database';
import { owner, type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, tokenIn, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

let installation: TestInstallation;
let web: Web;
let browser: Visitor;
let secret = '';
let recovery: string[] = [];
const clock = { now: new Date('2026-11-22T12:00:00Z') };

before(async () => {
  installation = await testInstallation({ clock: () => clock.now });
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
});
after(async () => {
  await web.close();
  await installation.close();
});

const later = (seconds: number): void => {
  clock.now = new Date(clock.now.getTime() + seconds * 1000);
};
const code = () => generateSync({ secret, epoch: Math.floor(clock.now.getTime() / 1000) });
const profile = '/settings/profile';
const post = async (path: string, form: Record<string, string> = {}) =>
  browser.post(path, { csrf: await browser.token(profile), ...form });

/** Proves the password and returns the visitor with the ticket of the second step. */
async function firstStep() {
  const guest = visitor(web.app);
  const answer = await guest.signIn();
  const html = await answer.text();
  return {
    guest,
    status: answer.status,
    html,
    ticket: /name="ticket" value="([^"]+)"/.exec(html)?.[1] ?? '',
  };
}

async function secondStep(typed: string, { guest, ticket, html }: Awaited<ReturnType<typeof firstStep>>) {
  return guest.post('/sign-in/code', { csrf: tokenIn(html), ticket, code: typed, back: '/documents' });
}

test('the password alone lets in until the first code has confirmed the app', async () => {
  const begun = await (await post(`${profile}/factor`)).text();
  secret = (/class="secret">([A-Z2-7 ]+)</.exec(begun)?.[1] ?? '').replaceAll(' ', '');
  assert.match(begun, /otpauth:\/\/totp\/Envoi:claire/);
  assert.equal((await firstStep()).status, 303);
  const wrong = await post(`${profile}/factor/confirm`, { secret, code: '000000' });
  assert.equal(wrong.status, 422);
  const on = await (await post(`${profile}/factor/confirm`, { secret, code: code() })).text();
  recovery = on.match(/\b[0-9a-f]{5}(-[0-9a-f]{5}){3}\b/g) ?? [];
  assert.equal(recovery.length, 10);
  assert.ok(!(await (await browser.get(profile)).text()).includes(recovery[0] ?? '?'), 'shown once');
});

test('afterwards the password leads to the second step only, and a code lets in once', async () => {
  later(60);
  const first = await firstStep();
  assert.equal(first.status, 200);
  assert.notEqual((await first.guest.get('/documents')).status, 200, 'no session yet');
  const now = code();
  const entered = await secondStep(now, first);
  assert.deepEqual([entered.status, entered.headers.get('location')], [303, '/documents']);
  assert.equal((await first.guest.get('/documents')).status, 200);
  const again = await secondStep(now, await firstStep());
  assert.equal(again.status, 422, 'a code that somebody has seen is worth nothing');
});

test('a recovery code lets in once, however it is written', async () => {
  const typed = ` ${(recovery[0] ?? '').toUpperCase().replaceAll('-', ' ')} `;
  assert.equal((await secondStep(typed, await firstStep())).status, 303);
  assert.equal((await secondStep(typed, await firstStep())).status, 422);
});

test('a ticket that was forged, changed or is too old leads back to the sign-in', async () => {
  const first = await firstStep();
  const [user, company, until, mac] = first.ticket.split('.');
  for (const ticket of [
    '',
    'x',
    `${user}.${company}.${Number(until) + 1}.${mac}`,
    `${user}x.${company}.${until}.${mac}`,
  ]) {
    const answer = await secondStep(code(), { ...first, ticket });
    assert.equal(answer.headers.get('location'), '/sign-in', ticket);
  }
  later(601);
  assert.equal((await secondStep(code(), first)).headers.get('location'), '/sign-in');
});

test('five wrong codes end the tries for a while, also for the right one', async () => {
  later(3600);
  const first = await firstStep();
  for (let n = 0; n < 5; n += 1) assert.equal((await secondStep('000000', first)).status, 422);
  const refused = await secondStep(code(), first);
  assert.equal(refused.status, 422);
  assert.match(await refused.text(), /Too many tries/);
  later(16 * 60);
  assert.equal((await secondStep(code(), await firstStep())).status, 303);
});

test('it is taken away with the password only', async () => {
  browser = visitor(web.app);
  const first = await firstStep();
  later(60);
  await secondStep(code(), first);
  browser = first.guest;
  const wrong = await post(`${profile}/factor/remove`, { factorPassword: 'not the password' });
  assert.equal(wrong.status, 422);
  assert.equal((await firstStep()).status, 200);
  await post(`${profile}/factor/remove`, { factorPassword: owner.password });
  assert.equal((await firstStep()).status, 303);
});

test('who has lost telephone and recovery codes comes in by the password alone once the operator has taken the step away', async () => {
  const begun = await (await post(`${profile}/factor`)).text();
  secret = (/class="secret">([A-Z2-7 ]+)</.exec(begun)?.[1] ?? '').replaceAll(' ', '');
  await post(`${profile}/factor/confirm`, { secret, code: code() });
  assert.equal((await firstStep()).status, 200);
  assert.equal(await dropSecondFactor(installation.database, 'nobody@x.example', clock.now), false);
  assert.equal(await dropSecondFactor(installation.database, owner.email, clock.now), true);
  assert.equal((await browser.get(profile)).status, 303, 'sessions end');
  assert.equal((await firstStep()).status, 303);
  const last = await asWorker(installation.database, (tx) =>
    tx
      .selectFrom('events')
      .select('actor')
      .where('type', '=', 'account.second_factor_removed')
      .orderBy('seq', 'desc')
      .executeTakeFirst(),
  );
  assert.equal(last?.actor, 'system', 'the log does not say that the person did it');
});
