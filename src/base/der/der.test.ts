import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  childrenOf,
  integer,
  NotDer,
  octets,
  oid,
  readDer,
  readOid,
  readTime,
  readWhole,
  sequence,
  setOf,
  time,
} from './index.ts';

test('what is written is read back: lengths of every size, identifiers, times', () => {
  for (const length of [0, 1, 127, 128, 255, 256, 70_000]) {
    const node = readWhole(octets(new Uint8Array(length).fill(7)));
    assert.equal(node.content.length, length);
  }
  for (const dotted of ['1.2.840.113549.1.7.2', '2.5.29.19', '1.3.6.1.5.5.7.3.36', '2.16.840.1.101.3.4.2.1'])
    assert.equal(readOid(readWhole(oid(dotted))), dotted);
  for (const at of ['2026-11-27T05:43:08.000Z', '2049-12-31T23:59:59.000Z', '2051-01-01T00:00:00.000Z'])
    assert.equal(readTime(readWhole(time(new Date(at)))).toISOString(), at);
});

test('an integer never reads as a negative one and has no zeros to spare', () => {
  assert.deepEqual([...integer(0)], [2, 1, 0]);
  assert.deepEqual([...integer(128)], [2, 2, 0, 128]);
  assert.deepEqual([...integer(Uint8Array.of(0, 0, 200))], [2, 2, 0, 200]);
});

test('the elements of a set stand in the order of their bytes', () => {
  const set = readWhole(setOf(integer(300), integer(5), integer(4)));
  assert.deepEqual(
    childrenOf(set).map((node) => [...node.raw]),
    [[...integer(4)], [...integer(5)], [...integer(300)]],
  );
});

test('bytes from outside are read or refused as no DER, and nothing else', () => {
  const walk = (bytes: Uint8Array): void => {
    const node = readDer(bytes);
    if (node.tag & 0x20) for (const child of childrenOf(node)) walk(child.raw);
  };
  const attempt = (bytes: Uint8Array): void => {
    try {
      walk(bytes);
    } catch (error) {
      assert.ok(error instanceof NotDer);
    }
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), attempt));
  const sound = sequence(oid('1.2.3'), octets(new Uint8Array(300)), setOf(integer(5)));
  fc.assert(
    fc.property(fc.nat(sound.length - 1), fc.nat(255), (at, byte) => {
      const changed = Uint8Array.from(sound);
      changed[at] = byte;
      attempt(changed);
    }),
  );
});
