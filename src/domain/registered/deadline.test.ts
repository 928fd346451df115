import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dayIn, minute } from '#base/time';
import { daysLeft, deadlineOf } from './deadline.ts';

const zones = [
  'Europe/Brussels',
  'Europe/Zurich',
  'Europe/Bucharest',
  'Africa/Cairo',
  'Asia/Beirut',
  'America/Havana',
  'Atlantic/Azores',
  'America/Scoresbysund',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'UTC',
];

test('the days are counted from the day after the notice, and the last one lasts to its end', () => {
  const cases = [
    ['2026-11-20T09:00:00Z', 15, 'Europe/Paris', '2026-12-05T23:00:00.000Z'],
    ['2026-11-20T23:30:00Z', 15, 'Europe/Paris', '2026-12-06T23:00:00.000Z'],
    ['2026-11-20T09:00:00Z', 7, 'Europe/Zurich', '2026-11-27T23:00:00.000Z'],
    // Clocks go forward on 29 March 2026 and back on 25 October 2026.
    ['2026-03-25T12:00:00Z', 7, 'Europe/Zurich', '2026-04-01T22:00:00.000Z'],
    ['2026-10-20T12:00:00Z', 7, 'Europe/Zurich', '2026-10-27T23:00:00.000Z'],
  ] as const;
  for (const [notice, days, zone, over] of cases)
    assert.equal(deadlineOf(new Date(notice), days, zone).toISOString(), over);
});

test('in every zone and through every change of clocks it is over on the day after, and never earlier', () => {
  const instant = fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2030-01-01') });
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 60 }), fc.constantFrom(...zones), (at, days, zone) => {
      const notice = new Date(at);
      const over = deadlineOf(notice, days, zone);
      const last = new Date(`${dayIn(zone, notice)}T00:00:00Z`);
      last.setUTCDate(last.getUTCDate() + days);
      const lastDay = last.toISOString().slice(0, 10);
      // Nothing after it is still the last day, and just before it the last day was not over.
      for (let later = 0; later <= 180; later += 15)
        assert.ok(dayIn(zone, new Date(over.getTime() + later * minute)) > lastDay);
      assert.equal(dayIn(zone, new Date(over.getTime() - 1)), lastDay);
      assert.equal(daysLeft(over, notice, zone), days + 1);
      assert.equal(daysLeft(over, new Date(over.getTime() - 1), zone), 1);
      assert.equal(daysLeft(over, over, zone), 0);
    }),
  );
});
