import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { after, before, describe, test } from 'node:test';
import { encode } from 'dns-packet';
import fc from 'fast-check';
import { startDns, type TestDns } from '../../../test/servers/index.ts';
import {
  type Dns,
  findMailServers,
  lookupWith,
  makeCachedDns,
  makeOwnServersDns,
  makeResolver,
} from './index.ts';

let server: TestDns;
let dns: Dns;
before(async () => {
  server = await startDns([
    ['vautrin.example', 'MX', '20 mx2.vautrin.example'],
    ['vautrin.example', 'MX', '10 mx1.vautrin.example', 60],
    ['vautrin.example', 'NS', 'ns1.vautrin.example'],
    ['ns1.vautrin.example', 'A', '127.0.0.1'],
    ['mx1.vautrin.example', 'A', '192.0.2.1'],
    ['mx1.vautrin.example', 'AAAA', '2001:db8::1'],
    ['bare.example', 'A', '192.0.2.9'],
    ['closed.example', 'MX', '0 .'],
    ['wrong.example', 'MX', '10 192.0.2.7'],
    ['long.vautrin.example', 'TXT', 'x'.repeat(600)],
    ['huge.vautrin.example', 'TXT', 'y'.repeat(3000)],
    ['alias.vautrin.example', 'CNAME', 'target.other.example', 20],
    ['target.other.example', 'TXT', 'found at last', 500],
    ['round.example', 'CNAME', 'about.example'],
    ['about.example', 'CNAME', 'round.example'],
  ]);
  dns = makeResolver({ servers: [server.address], timeoutMs: 1000 });
});
after(() => server.close());

describe('the resolver', () => {
  test('puts the strings of a TXT record together, also when it comes over TCP', async () => {
    const [long, huge] = [
      await dns.ask('long.vautrin.example', 'TXT'),
      await dns.ask('huge.vautrin.example', 'TXT'),
    ];
    assert.deepEqual(long.kind === 'found' && long.values, ['x'.repeat(600)]);
    assert.deepEqual(huge.kind === 'found' && huge.values, ['y'.repeat(3000)]);
  });

  test('follows aliases into other zones and keeps the smallest TTL', async () => {
    const answer = await dns.ask('alias.vautrin.example', 'TXT');
    assert.ok(answer.kind === 'found');
    assert.deepEqual(
      [answer.values, answer.ttl, answer.via],
      [['found at last'], 20, ['target.other.example']],
    );
  });

  test('tells a name that is not there from one without such a record, and from no answer', async () => {
    assert.equal((await dns.ask('nobody.example', 'TXT')).kind, 'absent');
    assert.equal((await dns.ask('bare.example', 'TXT')).kind, 'empty');
    const round = await dns.ask('round.example', 'A');
    assert.ok(round.kind === 'failed' && round.problem === 'too_many_aliases');
    const malformed = await dns.ask('two words.example', 'A');
    assert.ok(malformed.kind === 'failed' && malformed.problem === 'malformed');
    const nobody = makeResolver({ servers: ['127.0.0.1:1'], timeoutMs: 500 });
    assert.equal((await nobody.ask('bare.example', 'A')).kind, 'failed');
  });

  test('asks the next server when one cannot say', async () => {
    const broken = await startDns();
    broken.behave('fail');
    const both = makeResolver({ servers: [broken.address, server.address], timeoutMs: 1000 });
    assert.equal((await both.ask('bare.example', 'A')).kind, 'found');
    await broken.close();
  });

  test('is not taken in by answers to other questions, nor broken by noise', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (noise) => {
        const liar = createSocket('udp4');
        liar.on('message', (query, from) => {
          liar.send(noise, from.port, from.address);
          liar.send(
            encode({ type: 'response', id: query.readUInt16BE(0) ^ 1, answers: [] }),
            from.port,
            from.address,
          );
        });
        await new Promise<void>((done) => liar.bind(0, '127.0.0.1', done));
        const asked = makeResolver({ servers: [`127.0.0.1:${liar.address().port}`], timeoutMs: 20 });
        assert.equal((await asked.ask('a.example', 'A')).kind, 'failed');
        await new Promise<void>((done) => liar.close(() => done()));
      }),
      { numRuns: 25 },
    );
  });
});

describe('the domain’s own name servers', () => {
  const own = (isAllowed = () => true): Dns =>
    makeOwnServersDns({ resolver: dns, servers: [server.address], isAllowed, timeoutMs: 300 });

  test('are asked before the resolver, and named in the answer', async () => {
    const answer = await own().ask('mx1.vautrin.example', 'A');
    assert.ok(answer.kind === 'found' && answer.isOwnServer);
    assert.equal(answer.server, 'ns1.vautrin.example');
  });

  test('are left alone where the rules forbid their addresses, and the resolver answers', async () => {
    const answer = await own(() => false).ask('mx1.vautrin.example', 'A');
    assert.ok(answer.kind === 'found' && !answer.isOwnServer);
  });

  test('that do not answer are stood in for by the resolver', async () => {
    server.set('ns1.vautrin.example', 'A', '127.0.0.2');
    const answer = await own().ask('mx1.vautrin.example', 'A');
    assert.ok(answer.kind === 'found' && !answer.isOwnServer);
    server.set('ns1.vautrin.example', 'A', '127.0.0.1');
  });
});

describe('who takes the mail of a domain', () => {
  const find = (domain: string) => findMailServers(dns, domain, () => 0.5);

  test('is told by its MX, the lowest preference first', async () => {
    const { asked, ...found } = await find('vautrin.example');
    assert.deepEqual(found, {
      kind: 'found',
      hosts: ['mx1.vautrin.example', 'mx2.vautrin.example'],
      isOwn: false,
    });
    assert.deepEqual(
      asked.map(({ name, type }) => [name, type]),
      [['vautrin.example', 'MX']],
    );
  });

  test('is the domain itself where it has an address only', async () => {
    const { asked, ...found } = await find('bare.example');
    assert.deepEqual(found, { kind: 'found', hosts: ['bare.example'], isOwn: true });
    assert.deepEqual(
      asked.map(({ type, answer }) => [type, answer.kind]),
      [
        ['MX', 'empty'],
        ['A', 'found'],
        ['AAAA', 'empty'],
      ],
    );
  });

  test('is nobody with a null MX or without the domain, and unknown while the DNS is away', async () => {
    assert.equal((await find('closed.example')).kind, 'null_mx');
    assert.equal((await find('nobody.example')).kind, 'domain_unknown');
    assert.equal((await find('wrong.example')).kind, 'failed');
    server.behave('fail');
    assert.equal((await find('vautrin.example')).kind, 'failed');
    server.behave('answer');
  });
});

test('an answer is kept as long as its TTL says, and a question under way is not asked twice', async () => {
  let now = new Date('2026-11-27T10:00:00Z');
  const cached = makeCachedDns(dns, () => now);
  const asked = (): number => server.questions.filter((one) => one === 'A mx1.vautrin.example').length;
  const before = asked();
  await Promise.all([cached.ask('mx1.vautrin.example', 'A'), cached.ask('MX1.vautrin.example', 'A')]);
  now = new Date('2026-11-27T10:04:59Z');
  await cached.ask('mx1.vautrin.example', 'A');
  assert.equal(asked() - before, 1);
  now = new Date('2026-11-27T10:05:01Z');
  await cached.ask('mx1.vautrin.example', 'A');
  assert.equal(asked() - before, 2);
});

test('sockets get both kinds of addresses, and codes that they know', async () => {
  const lookup = lookupWith(dns);
  const resolve = (host: string) =>
    new Promise((done) => lookup(host, { all: true }, (error, found) => done(error?.code ?? found)));
  assert.deepEqual(await resolve('mx1.vautrin.example'), [
    { address: '2001:db8::1', family: 6 },
    { address: '192.0.2.1', family: 4 },
  ]);
  assert.equal(await resolve('nobody.example'), 'ENOTFOUND');
  assert.deepEqual(await resolve('192.0.2.5'), [{ address: '192.0.2.5', family: 4 }]);
});
