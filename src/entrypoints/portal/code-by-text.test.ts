import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { createCustomer, putContact } from '#domain/customers';
import { readEvents } from '#domain/evidence';

import { type Loop, startWorker } from '#entrypoints/worker';
import { asWorker, inCompany } from '#stores/database';
import { delivering } from '../../../test/delivering.ts';
import { visitDelivery } from '../../../test/delivery-visitor.ts';
import { type TestInstallation, testInstallation, until } from '../../../test/installation.ts';
import { codeChannelOf, knownLevel } from '../../domain/proofs/known-level.ts';
import { makeWebApp } from '../../roof/web-app.ts';

const secret = { user: 'AC 7', password: 'p@ss:word' };
/** What the gateway was handed, and what it answers next. */
const gateway = { taken: [] as { body: URLSearchParams; authorization: string | undefined }[], status: 201 };
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  if (gateway.status < 300)
    gateway.taken.push({ body: new URLSearchParams(body), authorization: request.headers.authorization });
  response.writeHead(gateway.status).end('{}');
});

let installation: TestInstallation;
let app: Awaited<ReturnType<typeof makeWebApp>>;
let worker: Loop;
let story: ReturnType<typeof delivering>;
let customerId: string;

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const who = `${encodeURIComponent(secret.user)}:${encodeURIComponent(secret.password)}`;
  installation = await testInstallation({
    clock: () => new Date('2026-11-27T08:00:00Z'),
    env: {
      ENVOI_SMS_URL: `http://${who}@127.0.0.1:${port}/messages`,
      ENVOI_SMS_BODY: 'To={to}&From=+3212&Body={text}',
    },
  });
  app = await makeWebApp(installation);
  story = delivering(installation, app);
  worker = await startWorker(installation);
  const { database, companyId, author, clock } = installation;
  const contacts = ['anna', 'rik', 'down', 'often'].map((name, n) => ({
    email: `${name}@phones.example`,
    mobile: `+32 475 12 34 5${n}`,
  }));
  const made = await inCompany(database, companyId, (tx) =>
    createCustomer(tx, { companyId, by: author }, { name: 'Phones', contacts }, clock()),
  );
  assert.ok(made.ok);
  customerId = made.customer.id;
});
after(async () => {
  await worker.stop();
  await app.close();
  await installation.close();
  server.close();
});

/** A delivery that was sent, and a browser at its page. */
async function delivered(address: string, service: 'registered' | 'confidential' = 'registered') {
  const sent = await story.deliver(address, service);
  const { get, post } = visitDelivery(app, sent.path);
  return { ...sent, post, page: async (to?: string) => (await get(to)).text() };
}

const eventsOf = (id: string) =>
  asWorker(installation.database, (tx) => readEvents(tx, { kind: 'message', id, limit: 200 }));

const codeEvents = async (id: string) =>
  (await eventsOf(id)).filter(({ type }) => /^code\.(sent|failed)/.test(type));

async function lastText(count: number) {
  const taken = await until(
    'the text message has come',
    async () => gateway.taken.length >= count && gateway.taken,
    10_000,
  );
  return taken.at(-1)!;
}

test('a code goes as a text message to the number that was noted before, and what is decided with it stands a level higher', async () => {
  const { message, page, post, path } = await delivered('anna@phones.example');
  const shown = await page();
  assert.match(shown, /ends in 50/);
  assert.doesNotMatch(
    shown.replaceAll(/[\w-]{20,}/g, ''), // tokens hold any digits
    /475/,
    'nobody who has the link alone learns the number',
  );
  assert.equal(
    (await post('code', { by: 'sms' })).headers.get('location')?.endsWith('?step=code&by=sms'),
    true,
  );
  assert.match(await page(`${path}?step=code&by=sms`), /action="[^"]+\/verify\?by=sms"/);
  const { body, authorization } = await lastText(1);
  assert.equal(body.get('To'), '+32475123450');
  assert.equal(body.get('From'), '+3212');
  assert.equal(authorization, `Basic ${Buffer.from(`${secret.user}:${secret.password}`).toString('base64')}`);
  const code = /^\d{8}/.exec(body.get('Body') ?? '')?.[0] ?? '';
  const mistyped = await post('verify?by=sms', { code: code === '00000000' ? '00000001' : '00000000' });
  assert.match(await mistyped.text(), /A text message with a code is on its way/, 'and not to the mailbox');
  assert.equal((await post('verify?by=sms', { code })).status, 303);
  assert.equal((await post('accept')).status, 303);

  const events = await eventsOf(message.id);
  const about = (type: string) => events.find((event) => event.type === type)?.data;
  assert.equal(about('notification.submitted')?.['mobile'], '+32 475 12 34 50');
  assert.equal(about('code.sent')?.['channel'], 'sms');
  assert.equal(about('code.verified')?.['level'], 'sms-code');
  assert.equal(about('decision.accepted')?.['level'], 'sms-code');
  assert.equal(knownLevel(message, events), '6');
  assert.equal(codeChannelOf(message, events), 'sms');
});

test('whoever has his phone not at hand takes the mailbox, and that counts as the mailbox', async () => {
  const { message, post } = await delivered('rik@phones.example');
  assert.equal((await post('code', { by: 'email' })).status, 303);
  const code = await story.newestCode('rik@phones.example');
  assert.equal((await post('verify', { code })).status, 303);
  assert.equal((await post('refuse')).status, 303);
  const events = await eventsOf(message.id);
  assert.equal(events.find(({ type }) => type === 'decision.refused')?.data['level'], 'mailbox-code');
  assert.equal(codeChannelOf(message, events), 'email');
});

test('a number that is noted afterwards gets no code, and without one there is the mailbox alone', async () => {
  const { message, page, post } = await delivered('later@phones.example');
  const { database, companyId, author, clock } = installation;
  const which = { companyId, customerId, by: author };
  const customer = await inCompany(database, companyId, (tx) =>
    putContact(tx, which, { email: 'later@phones.example', mobile: '+32475999999' }, clock()),
  );
  assert.ok(customer);
  assert.doesNotMatch(await page(), /name="by"/);
  const before = gateway.taken.length;
  assert.equal((await post('code', { by: 'sms' })).status, 303);
  await story.newestCode('later@phones.example');
  assert.equal(gateway.taken.length, before);
  const [sent] = await until(
    'it is recorded',
    async () => {
      const events = await codeEvents(message.id);
      return events.length > 0 && events;
    },
    10_000,
  );
  assert.equal(sent?.data['channel'], 'email');
});

test('a gateway that does not take the message leaves a record, and the mailbox remains', async () => {
  const { message, post, page, path } = await delivered('down@phones.example', 'confidential');
  gateway.status = 503;
  assert.equal((await post('code', { by: 'sms' })).status, 303);
  await until('it is recorded', async () => (await codeEvents(message.id)).length > 0, 10_000);
  gateway.status = 201;
  const [failed] = await codeEvents(message.id);
  assert.deepEqual([failed?.type, failed?.data['channel']], ['code.failed', 'sms']);
  assert.match(await page(`${path}?step=code&by=sms`), /have it sent to the mailbox/);
  await post('code', { by: 'email' });
  const code = await story.newestCode('down@phones.example');
  assert.equal((await post('verify', { code })).status, 303);
});

test('a number gets six messages an hour, whoever asks for them and for whichever delivery', async () => {
  const before = gateway.taken.length;
  const deliveries = [];
  for (let n = 0; n < 3; n += 1) deliveries.push(await delivered('often@phones.example'));
  for (const { post } of deliveries) for (let n = 0; n < 3; n += 1) await post('code', { by: 'sms' });
  const last = deliveries[2]!;
  await until('all are recorded', async () => (await codeEvents(last.message.id)).length === 3, 20_000);
  const recorded = (await Promise.all(deliveries.map(({ message }) => codeEvents(message.id)))).flat();
  assert.equal(gateway.taken.length - before, 6);
  assert.equal(recorded.filter(({ type }) => type === 'code.failed').length, 3);
});
