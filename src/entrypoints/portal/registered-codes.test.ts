import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getDelivery } from '#domain/registered';
import { type Loop, startWorker } from '#entrypoints/worker';
import { asWorker } from '#stores/database';
import { delivering } from '../../../test/delivering.ts';
import { visitDelivery } from '../../../test/delivery-visitor.ts';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { makeWebApp } from '../../roof/web-app.ts';

const clock = { now: Date.parse('2026-11-27T08:00:00Z') };
let installation: TestInstallation;
let app: Awaited<ReturnType<typeof makeWebApp>>;
let story: ReturnType<typeof delivering>;
let worker: Loop;

before(async () => {
  installation = await testInstallation({ clock: () => new Date(clock.now) });
  app = await makeWebApp(installation);
  story = delivering(installation, app);
  worker = await startWorker(installation);
});
after(async () => {
  await worker.stop();
  await app.close();
  await installation.close();
});

const delivery = (id: string) => asWorker(installation.database, (tx) => getDelivery(tx, id));

test('a delivery gives nothing to who guesses, replays, fixes a session or comes from another page', async () => {
  const { message, path } = await story.deliver('mallory@guesses.example');
  const visitor = visitDelivery(app, path);
  await visitor.post('code');
  const code = await story.newestCode('mallory@guesses.example', 1);
  const other = visitDelivery(app, path);
  assert.equal((await other.post('verify', { code })).status, 422);
  const wrong = code === '00000000' ? '00000001' : '00000000';
  for (let guess = 0; guess < 5; guess += 1)
    assert.equal((await visitor.post('verify', { code: wrong })).status, 422);
  assert.equal((await visitor.post('verify', { code })).status, 422);
  await visitor.post('code');
  const second = await story.newestCode('mallory@guesses.example', 2);
  const fixed = visitor.cookie;
  assert.equal((await visitor.post('accept', {}, { 'sec-fetch-site': 'cross-site' })).status, 422);
  assert.equal((await visitor.post('verify', { code: second })).status, 303);
  assert.notEqual(visitor.cookie, fixed);
  const fixer = visitDelivery(app, path);
  fixer.cookie = fixed;
  assert.equal((await fixer.post('accept')).status, 422);
  assert.equal((await fixer.post('verify', { code: second })).status, 422);
  await visitor.post('code');
  assert.equal((await visitor.post('code')).status, 422);
  assert.equal((await delivery(message.id))?.state, 'waiting');
});

test('limits of codes hold over all processes: what one has counted, another refuses', async () => {
  const { path } = await story.deliver('two@processes.example');
  const second = await makeWebApp(installation);
  try {
    const here = visitDelivery(app, path);
    for (let asked = 0; asked < 2; asked += 1) assert.equal((await here.post('code')).status, 303);
    const there = visitDelivery(second, path);
    assert.equal((await there.post('code')).status, 303);
    for (const visitor of [here, there]) assert.equal((await visitor.post('code')).status, 422);
    const { rows } = await installation.database.owner.query('select key from portal_asks');
    assert.ok(rows.every((row: { key: Buffer }) => row.key.length === 32));
  } finally {
    await second.close();
  }
});

test('a made-up authenticator behind a real message is counted with the message, and gets the same answer', async () => {
  const { token } = await story.deliver('made@up.example');
  const forged = (end: string) => `/r/${token.slice(0, -4)}${end}`;
  const answers: number[] = [];
  for (const end of ['0000', '1111', '2222', '3333']) {
    const visitor = visitDelivery(app, forged(end));
    answers.push((await visitor.post('code')).status);
  }
  assert.deepEqual(answers.slice(0, 3), [303, 303, 303]);
  assert.notEqual(answers[3], 303);
  const mails = await story.mailsTo('made@up.example');
  assert.ok(mails.every((mail) => !/^\d{8}\s/.test(mail.text ?? '')));
});

test('who has shown the code of one delivery gets nothing of another, with cookie and token brought along', async () => {
  const mine = await story.deliver('one@crosses.example');
  const theirs = await story.deliver('other@crosses.example');
  const visitor = await story.verified(mine.path, 'one@crosses.example');
  const crossing = visitDelivery(app, theirs.path);
  crossing.cookie = visitor.cookie;
  assert.equal((await crossing.post('accept')).status, 422);
  const file = await crossing.get(`${theirs.path}/files/${theirs.document.id}`);
  assert.equal(file.status, 303);
  assert.equal((await delivery(theirs.message.id))?.state, 'waiting');
});

test('a code ends after ten minutes, and is nowhere in the database', async () => {
  const { path } = await story.deliver('late@code.example');
  const visitor = visitDelivery(app, path);
  await visitor.post('code');
  const code = await story.newestCode('late@code.example', 1);
  const { rows } = await installation.database.owner.query(
    "select raw from events where convert_from(raw, 'UTF8') like '%' || $1 || '%'",
    [code],
  );
  assert.equal(rows.length, 0);
  clock.now += 10 * 60_000;
  assert.equal((await visitor.post('verify', { code })).status, 422);
  clock.now = Date.parse('2026-11-27T08:00:00Z');
});
