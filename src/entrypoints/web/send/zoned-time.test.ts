import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zonedField, zonedTime } from './zoned-time.ts';

test('a time of the clock becomes the instant in that zone', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['2026-11-19T16:00', 'Europe/Brussels', '2026-11-19T15:00:00.000Z'],
    ['2026-07-01T16:00', 'Europe/Brussels', '2026-07-01T14:00:00.000Z'],
    ['2026-07-01T00:30', 'Europe/Brussels', '2026-06-30T22:30:00.000Z'],
    ['2026-01-01T09:00', 'UTC', '2026-01-01T09:00:00.000Z'],
    ['2026-10-25T02:30', 'Europe/Brussels', '2026-10-25T00:30:00.000Z'],
    ['2026-03-29T02:30', 'Europe/Brussels', '2026-03-29T01:30:00.000Z'],
  ];
  for (const [text, zone, instant] of cases) assert.equal(zonedTime(text, zone).toISOString(), instant, text);
});

test('what is no time is an invalid date', () => {
  for (const text of ['', 'tomorrow', '2026-13-01T10:00', '2026-11-19'])
    assert.ok(Number.isNaN(zonedTime(text, 'Europe/Brussels').getTime()), text);
});

test('a field shows the instant as the zone’s clock does', () => {
  assert.equal(zonedField(new Date('2026-11-19T15:00:00Z'), 'Europe/Brussels'), '2026-11-19T16:00');
});
