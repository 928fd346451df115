import assert from 'node:assert/strict';
import { createServer } from 'node:https';
import type { AddressInfo, LookupFunction } from 'node:net';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { makeAuthority, startDns, type TestDns } from '../../../test/servers/index.ts';
import { parseDmarc } from './dmarc.ts';
import {
  type Dns,
  evaluateSpf,
  findDmarc,
  isAligned,
  isPublicSuffix,
  makeFetchStsPolicy,
  makeResolver,
  organisationalDomain,
  parseStsPolicy,
  readStsId,
  stsAllows,
} from './index.ts';

let server: TestDns;
let dns: Dns;
before(async () => {
  const costly = Array.from({ length: 11 }, (_, n) => `include:s${n}.costly.be`).join(' ');
  server = await startDns([
    ['good.be', 'TXT', 'v=spf1 include:partner.be ip6:2001:db8::/32 -all'],
    ['good.be', 'TXT', 'google-site-verification=abc'],
    ['partner.be', 'TXT', 'v=spf1 ip4:192.0.2.0/28 ~all'],
    ['twice.be', 'TXT', 'v=spf1 -all'],
    ['twice.be', 'TXT', 'v=spf1 mx -all'],
    ['costly.be', 'TXT', `v=spf1 ${costly} -all`],
    ...Array.from({ length: 11 }, (_, n) => [`s${n}.costly.be`, 'TXT', 'v=spf1 ?all'] as const),
    ['_dmarc.good.be', 'TXT', 'v=DMARC1; p=reject; sp=quarantine; adkim=s; rua=mailto:d@good.be'],
    ['_dmarc.own.good.be', 'TXT', 'v=DMARC1;p=none'],
    ['_dmarc.unread.be', 'TXT', 'v=dmarc1; p=reject'],
    ['_dmarc.unread.good.be', 'TXT', 'v=DMARC1 p=none'],
    ['_dmarc.twice.be', 'TXT', 'v=DMARC1; p=none'],
    ['_dmarc.twice.be', 'TXT', 'v=DMARC1; p=reject'],
    ['_dmarc.be', 'TXT', 'v=DMARC1; p=reject; psd=y'],
    ['_mta-sts.good.be', 'TXT', 'v=STSv1; id=20261127a;'],
  ]);
  dns = makeResolver({ servers: [server.address], timeoutMs: 1000 });
});
after(() => server.close());

describe('SPF', () => {
  test('lets the addresses through that the record names', async () => {
    assert.equal((await evaluateSpf(dns, { domain: 'good.be', ip: '192.0.2.3' })).result, 'pass');
    assert.equal((await evaluateSpf(dns, { domain: 'good.be', ip: '2001:db8::7' })).result, 'pass');
    assert.equal((await evaluateSpf(dns, { domain: 'good.be', ip: '198.51.100.1' })).result, 'fail');
    assert.equal((await evaluateSpf(dns, { domain: 'none.be', ip: '192.0.2.3' })).result, 'none');
  });

  test('is broken by a second record, and by more than ten questions', async () => {
    const twice = await evaluateSpf(dns, { domain: 'twice.be', ip: '192.0.2.3' });
    assert.deepEqual([twice.result, twice.problem], ['permerror', 'several_records']);
    const costly = await evaluateSpf(dns, { domain: 'costly.be', ip: '192.0.2.3' });
    assert.deepEqual([costly.result, costly.problem], ['permerror', 'too_many_lookups']);
  });
});

describe('DMARC', () => {
  test('is found at the domain, or above it with the policy for names below', async () => {
    const at = async (domain: string) => {
      const found = await findDmarc(dns, domain);
      return found.kind === 'found' ? [found.at, found.policy] : found.kind;
    };
    assert.deepEqual(await at('good.be'), ['good.be', 'reject']);
    assert.deepEqual(await at('shop.good.be'), ['good.be', 'quarantine']);
    assert.deepEqual(await at('own.good.be'), ['own.good.be', 'none']);
    assert.deepEqual(await at('a.b.c.d.e.f.g.h.good.be'), ['good.be', 'quarantine']);
    assert.equal(await at('twice.be'), 'several');
    assert.equal(await at('unread.be'), 'malformed');
    assert.deepEqual(
      await at('unread.good.be'),
      ['good.be', 'quarantine'],
      'receivers go on to the one above',
    );
    assert.equal(await at('other.be'), 'none', 'the record of a public suffix is not the domain’s');
  });

  test('is read with its defaults; anything else is no record', () => {
    const record = parseDmarc('v=DMARC1; p=Quarantine; adkim=s; t=y');
    assert.deepEqual(
      [record?.policy, record?.dkim, record?.spf, record?.isTest],
      ['quarantine', 'strict', 'relaxed', true],
    );
    assert.equal(parseDmarc('v=DMARC1; rua=mailto:a@b.be')?.policy, 'none');
    const isFaulty = (text: string) => parseDmarc(text)?.isFaulty;
    assert.deepEqual(
      ['v=DMARC1; rua=mailto:a@b.be', 'v=DMARC1; p=rejct', 'v=DMARC1; p=none; sp=all'].map(isFaulty),
      [false, true, true],
    );
    fc.assert(fc.property(fc.string(), (text) => parseDmarc(text) === null || text.startsWith('v')));
  });

  test('goes by the registered domain where alignment is relaxed', () => {
    assert.ok(isAligned('vautrin.be', 'bounce.vautrin.be', 'relaxed'));
    assert.ok(!isAligned('vautrin.be', 'bounce.vautrin.be', 'strict'));
    assert.ok(!isAligned('a.github.io', 'b.github.io', 'relaxed'));
    assert.ok(!isAligned('vautrin.be', 'vautrin.nl', 'relaxed'));
  });
});

test('the registered domain is told from a public suffix', () => {
  assert.equal(organisationalDomain('mail.vautrin.co.uk'), 'vautrin.co.uk');
  assert.equal(organisationalDomain('co.uk'), null);
  assert.deepEqual(
    [isPublicSuffix('co.uk'), isPublicSuffix('vautrin.be'), isPublicSuffix('github.io')],
    [true, false, true],
  );
});

describe('MTA-STS', () => {
  test('is announced in the DNS and names the servers that may take mail', async () => {
    assert.equal(await readStsId(dns, 'good.be'), '20261127a');
    assert.equal(await readStsId(dns, 'none.be'), null);
    const policy = parseStsPolicy(
      'version: STSv1\r\nmode: enforce\r\nmx: mx.good.be\r\nmx: *.mail.good.be\r\nmax_age: 86400\r\n',
    );
    assert.ok(policy);
    assert.deepEqual(
      ['mx.good.be', 'a.mail.good.be', 'a.b.mail.good.be', 'mail.good.be', 'evil.be'].map((host) =>
        stsAllows(policy, host),
      ),
      [true, true, false, false, false],
    );
  });

  test('is fetched over HTTPS with a certificate of the right name, and from nowhere else', async () => {
    const authority = await makeAuthority();
    const text = 'version: STSv1\nmode: none\nmax_age: 1\n';
    const fetchFrom = async (name: string, status = 200): Promise<string | null> => {
      const server = createServer(await authority.issue({ names: [name] }), (request, response) => {
        assert.equal(request.url, '/.well-known/mta-sts.txt');
        response.writeHead(status, { 'content-type': 'text/plain', location: '/elsewhere' }).end(text);
      });
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      const { port } = server.address() as AddressInfo;
      const lookup: LookupFunction = (_host, _options, done) =>
        done(null, [{ address: '127.0.0.1', family: 4 }]);
      const policy = await makeFetchStsPolicy(lookup, port, authority.ca)('mta-sts.good.be');
      await new Promise((done) => server.close(done));
      return policy;
    };
    assert.equal(await fetchFrom('mta-sts.good.be'), text);
    assert.equal(await fetchFrom('mta-sts.evil.be'), null);
    assert.equal(await fetchFrom('mta-sts.good.be', 302), null);
  });

  test('any other text is no policy', () => {
    for (const text of [
      '',
      'version: STSv1\nmode: enforce\nmax_age: 1',
      'version: STSv2\nmode: none\nmax_age: 1',
    ])
      assert.equal(parseStsPolicy(text), null, text);
    fc.assert(fc.property(fc.string(), (text) => parseStsPolicy(text) === null));
  });
});
