import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { Webhook as Verifier } from 'standardwebhooks';
import { day, hour, minute } from '#base/time';
import { record, sequence } from '#domain/evidence';
import { asWorker, type Database, inCompany } from '#stores/database';
import { testDatabase } from '../../../test/database.ts';
import {
  changeWebhook,
  createWebhook,
  deliverWebhook,
  followForWebhooks,
  forgetDeliveries,
  leaseForWebhooks,
  listWebhookDeliveries,
  listWebhooks,
  readDelivery,
  removeWebhook,
  replayDelivery,
  rotateSecret,
  testWebhook,
  type WebhookDeps,
  type WebhookTables,
} from './index.ts';

const companyId = 'com_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B';
const clock = { now: new Date('2026-11-22T12:00:00Z') };
const got: { headers: IncomingHttpHeaders; body: string }[] = [];
let answer: { status: number; text: string } = { status: 200, text: 'thanks' };
let database: Database<WebhookTables>;
let deps: WebhookDeps;
let server: Server;
let url = '';

before(async () => {
  database = await testDatabase<WebhookTables>();
  const net = { hostPolicy: { privateNetworks: 'allowed' } } as const;
  deps = { database, clock: () => clock.now, key: randomBytes(32), net };
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      got.push({ headers: request.headers, body });
      response.writeHead(answer.status, { location: '/elsewhere' }).end(answer.text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
});
after(async () => {
  server.close();
  server.closeAllConnections();
  await database.close();
});
beforeEach(async () => {
  answer = { status: 200, text: 'thanks' };
  await work();
  for (const webhook of await inCompany(database, companyId, (tx) => listWebhooks(tx, companyId)))
    await inCompany(database, companyId, (tx) =>
      removeWebhook(tx, { companyId, webhookId: webhook.id, actor: 'user', now: clock.now }),
    );
  await work();
  got.length = 0;
});

const rules = () => ({ key: deps.key, hostPolicy: deps.net.hostPolicy });
const by = () => ({ companyId, actor: 'user', now: clock.now }) as const;

async function add(events: readonly string[] = [], policy = rules().hostPolicy, to = url) {
  const made = await inCompany(database, companyId, (tx) =>
    createWebhook(tx, { ...rules(), hostPolicy: policy }, { url: to, events }, by()),
  );
  if (!made.ok) throw new Error(JSON.stringify(made));
  return { id: made.webhook.id, secret: made.secret };
}

async function happen(type: 'message.bounced' | 'visit.page_viewed', dispatchId: string, note = '') {
  const [event] = await asWorker(database, (tx) =>
    record(tx, [
      {
        type,
        companyId,
        dispatchId,
        at: clock.now,
        actor: 'system',
        data: { note },
        personal: { address: 'els@peeters.example' },
      },
    ]),
  );
  return event!;
}

/** Follows the log and tells what is due, as the worker does, until nothing is. */
async function work(): Promise<void> {
  await sequence(database);
  while ((await followForWebhooks(database, clock.now)) > 0);
  for (;;) {
    const leased = await leaseForWebhooks(deps, 20, []);
    if (leased.length === 0) return;
    await Promise.all(leased.map((one) => deliverWebhook(deps, one)));
  }
}

const deliveries = () =>
  inCompany(database, companyId, (tx) => listWebhookDeliveries(tx, companyId, { before: null, limit: 200 }));
const state = async (id: string) =>
  (await inCompany(database, companyId, (tx) => listWebhooks(tx, companyId))).find((one) => one.id === id)
    ?.state;

test('an event is told with headers, signature and body of Standard Webhooks', async () => {
  const { secret } = await add(['message.*']);
  const event = await happen('message.bounced', 'dsp_1');
  await happen('visit.page_viewed', 'dsp_1');
  await work();
  assert.equal(got.length, 1, 'the filter holds');
  const { headers, body } = got[0]!;
  // The verifier compares with the machine's clock; the headers carry ours.
  const said = new Verifier(secret).sign(event.id, clock.now, body);
  assert.equal(headers['webhook-id'], event.id);
  assert.equal(headers['webhook-timestamp'], String(clock.now.getTime() / 1000));
  assert.equal(headers['webhook-signature'], said);
  const told = JSON.parse(body);
  assert.deepEqual(Object.keys(told), ['type', 'timestamp', 'data']);
  assert.equal(told.type, 'message.bounced');
  assert.equal(told.timestamp, clock.now.toISOString());
  assert.equal(told.data.hash, event.hash.toString('hex'));
  assert.equal(told.data.data.address, 'els@peeters.example');
  assert.equal(typeof told.data.logIndex, 'number');
});

test('the package that receivers use takes what is sent now and refuses it when a byte is changed', async () => {
  const before = clock.now;
  clock.now = new Date();
  const { secret } = await add(['message.bounced']);
  await happen('message.bounced', 'dsp_1');
  await work();
  clock.now = before;
  const { headers, body } = got[0]!;
  const verifier = new Verifier(secret);
  assert.ok(verifier.verify(body, headers as Record<string, string>));
  assert.throws(() => verifier.verify(body.replace('peeters', 'meeters'), headers as Record<string, string>));
});

test('for a day after the secret is changed both sign, then only the new one', async () => {
  const { id, secret } = await add(['message.bounced']);
  const rotated = await inCompany(database, companyId, (tx) =>
    rotateSecret(tx, rules(), { ...by(), webhookId: id }),
  );
  assert.ok(rotated.ok);
  const event = await happen('message.bounced', 'dsp_1');
  await work();
  const signed = (with_: string, body: string) => new Verifier(with_).sign(event.id, clock.now, body);
  const first = got[0]!;
  assert.deepEqual(String(first.headers['webhook-signature']).split(' '), [
    signed(rotated.secret, first.body),
    signed(secret, first.body),
  ]);
  clock.now = new Date(clock.now.getTime() + day + minute);
  const { id: delivery } = (await deliveries()).find((one) => one.eventId === event.id)!;
  await inCompany(database, companyId, (tx) =>
    replayDelivery(tx, { companyId, deliveryId: delivery }, clock.now),
  );
  await work();
  assert.equal(got[1]!.headers['webhook-signature'], signed(rotated.secret, got[1]!.body));
  assert.equal(got[1]!.headers['webhook-id'], event.id, 'a replay keeps its id');
});

test('an endpoint that is down for a day loses nothing and hears each dispatch in order', async () => {
  await add(['message.*', 'visit.*']);
  answer = { status: 503, text: 'down' };
  const notes: string[] = [];
  for (let hours = 0; hours < 24; hours += 1) {
    notes.push(`${hours}`);
    await happen('message.bounced', `dsp_${hours % 3}`, `${hours}`);
    await work();
    clock.now = new Date(clock.now.getTime() + hour);
  }
  got.length = 0;
  answer = { status: 204, text: '' };
  for (let hours = 0; hours < 30; hours += 1) {
    await work();
    clock.now = new Date(clock.now.getTime() + hour);
  }
  const heard = got.map(({ body }) => JSON.parse(body).data);
  assert.deepEqual(heard.map((one) => one.data.note).sort(), [...notes].sort());
  for (const dispatch of ['dsp_0', 'dsp_1', 'dsp_2']) {
    const order = heard.filter((one) => one.dispatchId === dispatch).map((one) => Number(one.data.note));
    assert.deepEqual(
      order,
      [...order].sort((a, b) => a - b),
    );
  }
});

test('after ten tries in three days a delivery is given up, the webhook is left alone, and what waits goes out when it is switched on', async () => {
  const { id } = await add(['message.*']);
  answer = { status: 500, text: 'oh' };
  const first = await happen('message.bounced', 'dsp_1', 'first');
  await work();
  await happen('message.bounced', 'dsp_1', 'second');
  for (let hours = 0; hours < 76; hours += 1) {
    clock.now = new Date(clock.now.getTime() + hour);
    await work();
  }
  assert.equal(await state(id), 'failing');
  const given = (await deliveries()).find((one) => one.eventId === first.id)!;
  assert.equal(given.state, 'failed');
  const detail = await inCompany(database, companyId, (tx) => readDelivery(tx, companyId, given.id));
  assert.equal(detail?.attempts.length, 10);
  assert.deepEqual(
    [detail?.attempts[0]?.status, detail?.attempts[0]?.problem, detail?.attempts[0]?.answer],
    [500, 'refused', 'oh'],
  );
  assert.match(detail?.body ?? '', /"note":"first"/);
  const tried = got.length;
  clock.now = new Date(clock.now.getTime() + day);
  await work();
  assert.equal(got.length, tried, 'nothing is sent to a webhook that is left alone');
  answer = { status: 200, text: '' };
  await inCompany(database, companyId, (tx) =>
    changeWebhook(tx, rules(), { state: 'active' }, { ...by(), webhookId: id }),
  );
  await work();
  assert.match(got.at(-1)!.body, /"note":"second"/);
});

test('410 switches a webhook off and says so in the log', async () => {
  const { id } = await add(['message.*', 'company.*']);
  answer = { status: 410, text: '' };
  await happen('message.bounced', 'dsp_1');
  await work();
  assert.equal(await state(id), 'gone');
  await happen('message.bounced', 'dsp_2');
  got.length = 0;
  await work();
  assert.equal(got.length, 0);
  const { rows } = await database.owner.query(
    `select data from events where type = 'company.webhook_disabled' order by seq desc limit 1`,
  );
  assert.deepEqual(rows[0].data, { webhook: id, reason: 'webhook_gone' });
});

test('a redirect is not followed and an answer is kept up to its limit', async () => {
  const { id } = await add(['message.*']);
  answer = { status: 302, text: 'x'.repeat(200_000) };
  const tested = await testWebhook(deps, { companyId, webhookId: id, actor: 'user' });
  assert.ok(tested.ok);
  assert.deepEqual([tested.attempt.status, tested.attempt.problem], [302, 'redirected']);
  assert.equal(tested.attempt.answer.length, 2000);
});

test('private addresses are refused by name, by number and after the name was pointed inwards', async () => {
  const strict = { privateNetworks: 'refused' } as const;
  for (const to of [
    'http://192.0.2.1/x',
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://[::ffff:10.0.0.1]/x',
    'https://2130706433/x',
    'https://169.254.169.254/latest',
    'https://localhost/x',
    'https://printer.local/x',
    'https://user:secret@example.com/x',
    'ftp://example.com/x',
  ]) {
    await assert.rejects(add([], strict, to), /url|host/, to);
  }
  const { id } = await add([], strict, 'https://hooks.example.com/x');
  const rebound: WebhookDeps = {
    ...deps,
    net: {
      hostPolicy: strict,
      lookup: ((_host: string, _options: unknown, callback: (...of: unknown[]) => void) =>
        callback(null, [{ address: '127.0.0.1', family: 4 }])) as never,
    },
  };
  const tested = await testWebhook(rebound, { companyId, webhookId: id, actor: 'user' });
  assert.ok(tested.ok);
  assert.equal(tested.attempt.problem, 'host_not_allowed');
  assert.equal(got.length, 0);
});

test('two workers never hold the same delivery or two of one dispatch', async () => {
  await add(['message.*']);
  for (let n = 0; n < 12; n += 1) await happen('message.bounced', `dsp_${n % 4}`);
  await sequence(database);
  await followForWebhooks(database, clock.now);
  const [one, two] = await Promise.all([leaseForWebhooks(deps, 20, []), leaseForWebhooks(deps, 20, [])]);
  const chains = [...one, ...two].map((each) => each.chain);
  assert.equal(new Set(chains).size, chains.length);
  assert.deepEqual([...chains].sort(), ['dsp_0', 'dsp_1', 'dsp_2', 'dsp_3']);
  clock.now = new Date(clock.now.getTime() + 3 * minute);
});

test('deliveries are forgotten after thirty days', async () => {
  await add(['message.*']);
  await happen('message.bounced', 'dsp_1');
  await work();
  assert.notEqual((await deliveries()).length, 0);
  await forgetDeliveries(database, new Date(clock.now.getTime() + 31 * day));
  assert.equal((await deliveries()).length, 0);
});
