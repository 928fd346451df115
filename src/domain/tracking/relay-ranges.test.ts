import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { classifyHit } from './classify-hit.ts';
import type { HitFacts } from './hit.ts';
import { readRelayRanges } from './relay-ranges.ts';
import { readRuleset, readShippedRules } from './ruleset.ts';

const hit: HitFacts = {
  signal: 'page',
  method: 'GET',
  userAgent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Safari/604.1',
  ip: '172.225.136.33',
  session: null,
  documentId: null,
  isStaff: false,
  isLocal: false,
  at: new Date('2026-11-20T10:00:00Z'),
  secondsSinceDelivery: 3600,
};

test('a person behind iCloud Private Relay is a person, and the relay is said', () => {
  for (const ip of ['172.225.136.33', '104.28.34.40', '2a02:26f7:c9c4:654c::9', '2606:54c3:0:69b::1']) {
    const said = classifyHit({ ...hit, ip }, []);
    assert.deepEqual([said.actor, said.reasons], ['person', ['browser_agent', 'relay_network']], ip);
  }
  assert.deepEqual(classifyHit({ ...hit, ip: '192.0.2.9' }, []).reasons, ['browser_agent']);
});

test('an operator’s own list takes the place of ours', () => {
  const list = '192.0.2.0/31,BE,BE-BRU,Brussels,\n2001:db8::/64,FR,FR-IDF,Paris,\n';
  const read = readRelayRanges(list, '2026-11-27');
  assert.ok(read.ok);
  assert.deepEqual(read.entry.ranges, ['192.0.0.0/20', '2001:db8::/40']);
  const file = JSON.parse(readShippedRules());
  const rules = readRuleset(
    JSON.stringify({ ...file, version: 'own', networks: { ...file.networks, private_relay: read.entry } }),
  );
  assert.deepEqual(classifyHit({ ...hit, ip: '192.0.2.9' }, [], rules).reasons, [
    'browser_agent',
    'relay_network',
  ]);
  assert.deepEqual(classifyHit(hit, [], rules).reasons, ['browser_agent']);
});

test('neighbours are put together, what is no prefix is skipped, and an empty list is refused', () => {
  const read = readRelayRanges('10.0.0.0/20,x\n10.0.16.0/20,x\nnonsense,x\n# a comment\n', '2026-11-27');
  assert.deepEqual(read.ok && [read.entry.ranges, read.skipped], [['10.0.0.0/19'], 1]);
  assert.deepEqual(readRelayRanges('prefix,country\n', '2026-11-27'), { ok: false });
});

test('every prefix of a list is inside what is made of it', () => {
  const v4 = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255), fc.integer({ min: 8, max: 32 }));
  fc.assert(
    fc.property(fc.array(v4, { minLength: 1, maxLength: 30 }), (prefixes) => {
      const list = prefixes.map(([a, b, c, d, bits]) => `${a}.${b}.${c}.${d}/${bits},x`).join('\n');
      const read = readRelayRanges(list, '2026-11-27');
      assert.ok(read.ok);
      const ranges = read.entry.ranges.map((range) => ipaddr.parseCIDR(range));
      for (const [a, b, c, d] of prefixes) {
        const address = ipaddr.parse(`${a}.${b}.${c}.${d}`);
        assert.ok(ranges.some((range) => address.match(range)));
      }
    }),
    { numRuns: 100 },
  );
});

test('whatever is given, it answers and does not break', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => readRelayRanges(text, '2026-11-27') !== null),
  );
});
