import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type HostPolicy, type Sender, selfHosted } from '#domain/senders';
import { makeResolver } from '#mail/dns';
import { type Sink, startDns, startSink, type TestDns } from '../../../test/servers/index.ts';
import { sandboxSender } from './bench.test-suite.ts';
import { aMail } from './contract.test-suite.ts';
import { makeDirect } from './direct.ts';
import type { Limit } from './take-turn.ts';

const quietly = { beforeDot: () => Promise.resolve() };
const unreachable = 'fd00:dead:beef::25'; // a unique local address that nobody has
let dns: TestDns;
/** IPv6 and IPv4 on one port. */
let both: Sink;
let four: Sink;
let made: Promise<Sender> | null = null;
/** Made by the first test: the bench has its database by then. */
const sender = (): Promise<Sender> => {
  made ??= sandboxSender();
  return made;
};

before(async () => {
  dns = await startDns();
  both = await startSink({ host: '::' });
  four = await startSink();
});
after(() => Promise.all([both.close(), four.close(), dns.close()]));

function direct(port: number, hostPolicy: HostPolicy = selfHosted, asked: Limit[] = []) {
  return makeDirect({
    port,
    helloName: 'test.example',
    hostPolicy,
    dns: makeResolver({ servers: [dns.address] }),
    stsPolicyOf: () => Promise.resolve(null),
    takeTurn: (limit) => {
      asked.push(limit);
      return Promise.resolve(null);
    },
    chance: () => 0.5,
  });
}

async function sendTo(domain: string, port: number, hostPolicy?: HostPolicy) {
  const transport = direct(port, hostPolicy);
  const envelope = { from: 'a@b.example', to: `els@${domain}` };
  const delivery = await transport.deliver(aMail(await sender(), { envelope }), quietly);
  await transport.close();
  return delivery;
}

describe('mail over IPv6', () => {
  test('reaches a server that has nothing else', async () => {
    dns.add(['six.example', 'MX', '10 mx.six.example'], ['mx.six.example', 'AAAA', '::1']);
    const delivery = await sendTo('six.example', both.port);
    assert.equal(delivery.kind, 'accepted', JSON.stringify(delivery));
    assert.equal(delivery.ip, '::1');
  });

  test('goes before IPv4 where a server has both', async () => {
    dns.add(['mx.both.example', 'AAAA', '::1'], ['mx.both.example', 'A', '127.0.0.1']);
    dns.add(['both.example', 'MX', '10 mx.both.example']);
    const delivery = await sendTo('both.example', both.port);
    assert.deepEqual([delivery.kind, delivery.ip], ['accepted', '::1']);
  });

  test('reaches a domain without MX at its own address', async () => {
    dns.add(['bare6.example', 'AAAA', '::1']);
    assert.equal((await sendTo('bare6.example', both.port)).ip, '::1');
  });

  for (const [what, address] of [
    ['refuses', '::1'],
    ['does not answer', unreachable],
  ] as const)
    test(`falls back to IPv4 where it ${what}, once and at once`, async () => {
      const domain = `dead-${what.replaceAll(' ', '-')}.example`;
      dns.add([domain, 'MX', `10 mx.${domain}`]);
      dns.add([`mx.${domain}`, 'AAAA', address], [`mx.${domain}`, 'A', '127.0.0.1']);
      const before = four.count;
      const delivery = await sendTo(domain, four.port);
      assert.deepEqual([delivery.kind, delivery.ip], ['accepted', '127.0.0.1'], JSON.stringify(delivery));
      assert.equal(four.count, before + 1);
    });

  test('that fails at the first server goes to the next', async () => {
    dns.add(['two.example', 'MX', '10 mx1.two.example'], ['two.example', 'MX', '20 mx2.two.example']);
    dns.add(['mx1.two.example', 'AAAA', '::1'], ['mx2.two.example', 'A', '127.0.0.1']);
    const delivery = await sendTo('two.example', four.port);
    assert.deepEqual([delivery.kind, delivery.host], ['accepted', 'mx2.two.example']);
  });

  for (const [what, address] of [
    ['loopback', '::1'],
    ['unique local', 'fd00::25'],
    ['link-local', 'fe80::25'],
    ['mapped', '::ffff:127.0.0.1'],
    ['compatible', '::7f00:1'],
    ['NAT64', '64:ff9b::7f00:1'],
  ] as const)
    test(`dials no ${what} address where that is forbidden`, async () => {
      const domain = `${what.replaceAll(' ', '-').toLowerCase()}.inside.example`;
      dns.add([domain, 'MX', `10 mx.${domain}`], [`mx.${domain}`, 'AAAA', address]);
      const before = [both.connections, four.connections];
      const delivery = await sendTo(domain, both.port, { privateNetworks: 'refused' });
      assert.notEqual(delivery.kind, 'accepted');
      // What the lookup leaves out is not there; an address that was dialed would be told as refused or unreachable.
      assert.equal(delivery.kind !== 'accepted' && delivery.problem, 'network_error');
      assert.equal(delivery.ip, null);
      assert.deepEqual([both.connections, four.connections], before);
    });
});

test('all domains of a provider share its connections and its pace, each with a server name of its own', async () => {
  const domains = Array.from({ length: 12 }, (_, nth) => `firm${nth}.example`);
  for (const [nth, domain] of domains.entries()) {
    const host = `firm${nth}-example.mail.protection.outlook.com`;
    dns.add([domain, 'MX', `0 ${host}`], [host, 'A', '127.0.0.1']);
  }
  const server = await startSink();
  const asked: Limit[] = [];
  const transport = direct(server.port, selfHosted, asked);
  const slowly = { beforeDot: () => new Promise<void>((resolve) => setTimeout(resolve, 5)) };
  const from = await sender();
  const deliveries = await Promise.all(
    domains.flatMap((domain) =>
      [1, 2, 3].map(() => {
        const envelope = { from: 'a@b.example', to: `els@${domain}` };
        return transport.deliver(aMail(from, { envelope }), slowly);
      }),
    ),
  );
  assert.ok(deliveries.every(({ kind }) => kind === 'accepted'));
  assert.equal(server.count, 36);
  assert.ok(server.mostAtOnce <= 5, `${server.mostAtOnce} connections at once`);
  assert.ok(server.connections >= 12, 'each firm has a server of its own');
  assert.deepEqual([...new Set(asked.map((limit) => limit.name))], ['site:microsoft-365']);
  await transport.close();
  await server.close();
});
