import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { deriveStaffKey, makeStaffMark, readStaffMark } from './staff-mark.ts';

const key = deriveStaffKey(randomBytes(32));
const now = new Date('2026-11-22T12:00:00Z');
const later = new Date('2026-11-23T12:00:00Z');

test('a staff mark names its companies until it is over', () => {
  const mark = makeStaffMark(key, ['com_1', 'com_2'], later);
  assert.deepEqual(readStaffMark(key, mark, now), ['com_1', 'com_2']);
  assert.deepEqual(readStaffMark(key, mark, later), []);
});

test('a mark that anybody changed or made up names nobody', () => {
  const mark = makeStaffMark(key, ['com_1'], later);
  fc.assert(
    fc.property(fc.nat({ max: mark.length - 1 }), fc.string({ minLength: 1, maxLength: 1 }), (at, letter) => {
      const changed = mark.slice(0, at) + letter + mark.slice(at + 1);
      if (changed !== mark) assert.deepEqual(readStaffMark(key, changed, now), []);
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => assert.deepEqual(readStaffMark(key, text, now), [])));
  assert.deepEqual(readStaffMark(key, undefined, now), []);
  assert.deepEqual(readStaffMark(deriveStaffKey(randomBytes(32)), mark, now), []);
});
