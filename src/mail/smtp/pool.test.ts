import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RudeOptions, type RudeRule, startRudeServer, startSink } from '../../../test/servers/index.ts';
import { connectSmtp, type Delivery, makePool, Places, type PoolOptions } from './index.ts';

const mail = { from: 'a@b.test', to: 'c@d.test', chunks: [Buffer.from('Subject: x\r\n\r\ny\r\n')] };
const hooks = { beforeDot: () => Promise.resolve() };
const isGreedy = { maxConnections: 1 } as const;

test('connections are reused, never more than allowed, and each for so many messages', async () => {
  const sink = await startSink();
  const pool = makePool({ connect: () => dial(sink.port), maxConnections: 3, maxMessagesPerConnection: 10 });
  const outcomes = await Promise.all(Array.from({ length: 90 }, () => pool.deliver(mail, hooks)));
  assert.ok(outcomes.every((outcome) => outcome.kind === 'accepted'));
  assert.ok(outcomes.every((outcome) => outcome.nthOnConnection <= 10));
  await pool.close();
  assert.equal(sink.count, 90);
  assert.ok(sink.connections >= 9 && sink.connections <= 12, `${sink.connections} connections`);
  await sink.close();
});

test('pools that share their places never have more connections open together, and each gets its turn', async () => {
  const sinks = await Promise.all([startSink(), startSink(), startSink()]);
  const places = new Places(2);
  const pools = sinks.map(({ port }) => makePool({ connect: () => dial(port), maxConnections: places }));
  const openNow = () => pools.reduce((sum, pool) => sum + pool.open, 0);
  const seen: number[] = [];
  const watching = { beforeDot: () => Promise.resolve(void seen.push(openNow())) };
  const outcomes = await Promise.all(
    Array.from({ length: 30 }, (_, nth) => pools[nth % 3]?.deliver(mail, watching)),
  );
  assert.ok(outcomes.every((outcome) => outcome?.kind === 'accepted'));
  assert.deepEqual(
    sinks.map((sink) => sink.count),
    [10, 10, 10],
  );
  assert.ok(seen.length === 30 && Math.max(...seen) <= 2, seen.join());
  assert.ok(openNow() <= 2);
  await Promise.all(pools.map((pool) => pool.close()));
  assert.ok(places.isUnused);
  await Promise.all(sinks.map((sink) => sink.close()));
});

test('closing one of several pools sends away only who waits for it', async () => {
  const sink = await startSink();
  const places = new Places(1);
  const [one, two] = [1, 2].map(() => makePool({ connect: () => dial(sink.port), maxConnections: places }));
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const first = one?.deliver(mail, { beforeDot: () => held });
  const [mine, others] = [one?.deliver(mail, hooks), two?.deliver(mail, hooks)];
  const closing = one?.close();
  assert.equal(describe((await mine) as Delivery), 'stopped_here');
  letGo();
  await closing;
  assert.equal((await first)?.kind, 'accepted');
  assert.equal((await others)?.kind, 'accepted');
  await two?.close();
  await sink.close();
});

test('a server that announces LIMITS MAILMAX gets no more messages per connection than that', async () => {
  const sink = await startSink({ extensions: ['LIMITS MAILMAX=2 RCPTMAX=5'] });
  const pool = makePool({ connect: () => dial(sink.port), ...isGreedy });
  for (let nth = 0; nth < 6; nth++) await pool.deliver(mail, hooks);
  await pool.close();
  assert.equal(sink.connections, 3);
  await sink.close();
});

test('an idle connection is closed with QUIT after its time', async () => {
  const { server, pool } = await poolFor([], { idleMs: 30 });
  await pool.deliver(mail, hooks);
  for (let tries = 0; tries < 100 && !server.lines.includes('QUIT'); tries++) await sleep(20);
  assert.ok(server.lines.includes('QUIT'));
  assert.equal(pool.open, 0);
  await server.close();
});

/** What happens to a connection between two messages · connections made · outcome of the second message. */
const deaths: readonly [string, RudeRule, number, string][] = [
  ['closed while idle', { at: 'idle', hangUp: 'close' }, 2, 'accepted'],
  ['reset while idle', { at: 'idle', hangUp: 'reset' }, 2, 'accepted'],
  ['421 while idle', { at: 'idle', reply: '421 4.4.2 idle too long', hangUp: 'close' }, 2, 'accepted'],
  ['closed at MAIL', { at: 'mail', from: 2, times: 2, hangUp: 'close' }, 2, 'accepted'],
  [
    '421 at MAIL',
    { at: 'mail', from: 2, times: 2, reply: '421 4.4.2 idle too long', hangUp: 'close' },
    2,
    'accepted',
  ],
  // What comes later, or from a server that wants less, is not tried again behind the caller's back.
  [
    'rate limit at MAIL',
    { at: 'mail', from: 2, times: 2, reply: '421 4.7.28 rate limited' },
    1,
    'temporary mail',
  ],
  ['closed at RCPT', { at: 'rcpt', from: 2, times: 2, hangUp: 'close' }, 1, 'temporary rcpt'],
  ['closed at DATA', { at: 'data', from: 2, times: 2, hangUp: 'close' }, 1, 'temporary data'],
  ['closed after the dot', { at: 'dot', from: 2, times: 2, hangUp: 'close' }, 1, 'unknown_after_dot dot'],
];

for (const [what, rule, connections, expected] of deaths)
  test(`a pooled connection ${what}: ${expected} over ${connections} connection(s)`, async () => {
    const { server, pool } = await poolFor([rule], {});
    assert.equal((await pool.deliver(mail, hooks)).kind, 'accepted');
    await sleep(40);
    const outcome = await pool.deliver(mail, hooks);
    assert.equal(outcome.kind === 'accepted' ? 'accepted' : `${outcome.kind} ${outcome.step}`, expected);
    assert.equal(server.connections, connections);
    await pool.close();
    await server.close();
  });

test('a server that dies at every MAIL is dialed once for a new message, and once more for a pooled one', async () => {
  const { server, pool } = await poolFor([{ at: 'mail', from: 2, hangUp: 'close' }], {});
  assert.equal((await pool.deliver(mail, hooks)).kind, 'accepted');
  assert.equal((await pool.deliver(mail, hooks)).kind, 'temporary');
  assert.equal(server.connections, 2);
  assert.equal((await pool.deliver(mail, hooks)).kind, 'temporary');
  assert.equal(server.connections, 3);
  await pool.close();
  await server.close();
});

test('closing lets running deliveries end and gives waiting ones back unsent', async () => {
  const { server, pool } = await poolFor([{ at: 'dot', waitMs: 100, reply: '250 at last' }], {});
  const all = [1, 2, 3].map(() => pool.deliver(mail, hooks));
  await sleep(20);
  assert.equal(pool.waiting, 2);
  await pool.close();
  const kinds = (await Promise.all(all)).map(describe);
  assert.deepEqual(kinds, ['accepted', 'stopped_here', 'stopped_here']);
  assert.equal(describe(await pool.deliver(mail, hooks)), 'stopped_here');
  assert.equal(server.mails.length, 1);
  await server.close();
});

test('a server that cannot be reached fails each message once, and the pool goes on', async () => {
  const sink = await startSink();
  await sink.close();
  const pool = makePool({ connect: () => dial(sink.port), maxConnections: 2 });
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => pool.deliver(mail, hooks)));
  assert.deepEqual(new Set(outcomes.map(describe)), new Set(['connection_refused']));
  assert.equal(pool.open, 0);
  await pool.close();
});

function describe(outcome: Delivery): string {
  return outcome.kind === 'accepted' ? 'accepted' : outcome.problem;
}

function dial(port: number) {
  return connectSmtp({ host: '127.0.0.1', port, security: 'none', helloName: 'client.test' });
}

async function poolFor(script: readonly RudeRule[], options: Partial<PoolOptions>, server: RudeOptions = {}) {
  const started = await startRudeServer(script, server);
  return { server: started, pool: makePool({ connect: () => dial(started.port), ...isGreedy, ...options }) };
}
