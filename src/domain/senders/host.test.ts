import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { addressAllowed, hostAllowed, normaliseHost, smtpGuess } from './index.ts';
import providerFile from './providers.json' with { type: 'json' };
import { guardedLookup } from './smtp-access.ts';

const guarded = { privateNetworks: 'refused' } as const;
const open = { privateNetworks: 'allowed' } as const;

describe('the name of a mail server', () => {
  test('comes out in one form', () => {
    assert.equal(normaliseHost(' SMTP.Example.com. '), 'smtp.example.com');
    assert.equal(normaliseHost('münchen.example'), 'xn--mnchen-3ya.example');
    assert.equal(normaliseHost('localhost'), 'localhost');
    assert.equal(normaliseHost('192.0.2.1'), '192.0.2.1');
    assert.equal(normaliseHost('[2001:DB8::1]'), '2001:db8::1');
  });

  for (const typed of [
    '',
    ' ',
    'http://a.example',
    'smtp://a',
    'a.example:25',
    'a b',
    'a@b',
    'a/b',
    '-a.example',
    'a..b',
    'a\r\nb',
    '127.1',
    '0x7f000001',
    '2130706433',
    '0177.0.0.1',
    '1.2.3.4.5',
    '::1%eth0',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(130)}b`,
    'a%00.example',
    '。',
  ])
    test(`is not ${JSON.stringify(typed.slice(0, 30))}`, () => assert.equal(normaliseHost(typed), null));

  test('never comes out with anything that could end a command', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.domain()), (typed) => {
        const host = normaliseHost(typed);
        assert.ok(host === null || /^[a-z0-9_.:-]{1,253}$/.test(host));
        if (host !== null) assert.equal(normaliseHost(host), host);
      }),
    );
  });
});

describe('the host policy', () => {
  const inside = [
    '127.0.0.1',
    '10.0.0.1',
    '192.168.1.1',
    '172.16.0.1',
    '100.64.0.1',
    '::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::10.0.0.1',
  ];
  const never = [
    '169.254.169.254',
    'fe80::1',
    '0.0.0.0',
    '::',
    '224.0.0.1',
    '255.255.255.255',
    '240.0.0.1',
    '::ffff:169.254.169.254',
    'nonsense',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b::7f00:1',
    '::7f00:1',
    '::a00:1',
    '::808:808',
    '64:ff9b::a00:1',
    '64:ff9b:1::808:808',
    '::ffff:0:808:808',
    'fec0::1',
    'ff02::1',
    '2001::1',
    '2002:7f00:1::',
  ];
  test('lets an own installation dial inwards, and a hosting one not', () => {
    for (const address of inside) {
      assert.equal(addressAllowed(address, open), true, address);
      assert.equal(addressAllowed(address, guarded), false, address);
    }
    for (const name of ['localhost', 'mail', 'a.localhost', 'printer.local', 'a.internal', 'x.home.arpa']) {
      assert.equal(hostAllowed(name, open), true);
      assert.equal(hostAllowed(name, guarded), false, name);
    }
  });
  test('lets nobody dial what is no mail server', () => {
    for (const address of never)
      for (const policy of [open, guarded]) assert.equal(addressAllowed(address, policy), false, address);
  });
  test('lets everybody dial outwards', () => {
    for (const host of ['smtp.example.com', '198.41.0.4', '2606:4700::1111', '64:ff9b::c629:4'])
      assert.equal(hostAllowed(host, guarded), true, host);
  });

  test('is judged again for what a name leads to', async () => {
    const leads = (addresses: string[]) =>
      new Promise((resolve) => {
        const resolver = guardedLookup(guarded, (_host, _options, callback) =>
          callback(
            null,
            addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
          ),
        );
        resolver('rebound.example', { all: true }, (error, found) => resolve(error?.code ?? found));
      });
    assert.equal(await leads(['127.0.0.1', '::1', '169.254.169.254']), 'host_not_allowed');
    assert.deepEqual(await leads(['10.0.0.1', '198.41.0.4']), [{ address: '198.41.0.4', family: 4 }]);
  });
});

describe('a guess', () => {
  test('knows well-known providers by the address or by who takes the domain’s mail', () => {
    assert.deepEqual(smtpGuess('a@gmail.com')[0], {
      provider: 'Gmail',
      host: 'smtp.gmail.com',
      port: 465,
      security: 'implicit',
      user: 'a@gmail.com',
      needs: 'app_password',
    });
    assert.equal(smtpGuess('jean@free.fr')[0]?.user, 'jean');
    const byMx = (host: string) => smtpGuess('a@own.example', [host])[0]?.host;
    assert.equal(byMx('aspmx.l.google.com.'), 'smtp.gmail.com');
    assert.equal(byMx('own-example.mail.protection.outlook.com'), 'smtp.office365.com');
    assert.equal(byMx('MX1.MAIL.OVH.NET'), 'ssl0.ovh.net');
    assert.equal(byMx('mta-gw.infomaniak.ch'), 'mail.infomaniak.com');
    assert.equal(byMx('notgoogle.com'), 'smtp.own.example');
  });

  test('falls back on the usual names, and to nothing for what is no address', () => {
    assert.deepEqual(
      smtpGuess('a@own.example').map((guess) => guess.host),
      ['smtp.own.example', 'mail.own.example'],
    );
    assert.deepEqual(smtpGuess('nobody'), []);
  });

  test('is made of data with sources, hosts that are hosts, and each domain once', () => {
    const domains = providerFile.providers.flatMap((provider) => provider.domains);
    assert.equal(new Set(domains).size, domains.length);
    for (const provider of providerFile.providers) {
      assert.equal(normaliseHost(provider.host), provider.host);
      assert.match(provider.source, /^https:\/\//);
      assert.equal(provider.port, provider.security === 'implicit' ? 465 : 587);
    }
  });
});
