import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { leastGapDays } from '#domain/runs';
import { addDays, placeOf } from './due-step.ts';
import type { Step } from './policy.ts';

const steps = [-3, 7, 14, 28].map((days): Step => ({ days, senderId: null, letter: false, texts: {} }));
const nothing = { done: [], lastOn: null };
const at = (today: string, taken: Parameters<typeof placeOf>[3] = nothing) => {
  const place = placeOf(steps, '2026-11-10', today, taken);
  return place.kind === 'over' ? ['over'] : [place.kind, place.step.days, place.on];
};

test('a step before the due date has its turn until that has passed, and not after', () => {
  assert.deepEqual(at('2026-11-06'), ['later', -3, '2026-11-07']);
  assert.deepEqual(at('2026-11-07'), ['due', -3, '2026-11-07']);
  assert.deepEqual(at('2026-11-10'), ['due', -3, '2026-11-07']);
  assert.deepEqual(at('2026-11-11'), ['later', 7, '2026-11-17']);
});

test('whoever is long overdue when a policy begins gets its first level first', () => {
  assert.deepEqual(at('2027-02-01'), ['due', 7, '2026-11-17']);
});

test('the next level comes at the distance that the policy gives, counted from the reminder that went out', () => {
  const late = { done: [7], lastOn: '2027-02-01' };
  assert.deepEqual(at('2027-02-02', late), ['later', 14, '2027-02-08']);
  assert.deepEqual(at('2027-02-08', late), ['due', 14, '2027-02-08']);
  assert.deepEqual(at('2027-03-30', { done: [7, 14, 28], lastOn: '2027-03-01' }), ['over']);
});

test('a reminder by hand lets the next one wait', () => {
  assert.deepEqual(at('2026-11-17', { done: [], lastOn: '2026-11-16' }), ['later', 7, '2026-11-19']);
});

test('days are calendar days, whatever the clocks do', () => {
  assert.equal(addDays('2026-03-28', 2), '2026-03-30');
  assert.equal(addDays('2026-10-24', 2), '2026-10-26');
  assert.equal(addDays('2028-02-28', 1), '2028-02-29');
});

test('going through the days of a year, no level comes twice, none out of order, and no two too close together', () => {
  const someSteps = fc
    .uniqueArray(fc.integer({ min: -30, max: 90 }), { minLength: 1, maxLength: 8 })
    .map((days) => days.map((one): Step => ({ days: one, senderId: null, letter: false, texts: {} })));
  fc.assert(
    fc.property(someSteps, fc.integer({ min: 0, max: 60 }), (policy, begins) => {
      const done: number[] = [];
      const sentOn: number[] = [];
      for (let day = begins - 40; day < 365; day += 1) {
        const lastOn = sentOn.length > 0 ? addDays('2026-03-01', sentOn.at(-1) ?? 0) : null;
        const place = placeOf(policy, '2026-03-01', addDays('2026-03-01', day), { done, lastOn });
        if (place.kind !== 'due') continue;
        assert.ok(place.step.days > Math.max(Number.NEGATIVE_INFINITY, ...done));
        assert.ok(place.step.days <= day);
        assert.ok(sentOn.length === 0 || day - (sentOn.at(-1) ?? 0) >= leastGapDays);
        done.push(place.step.days);
        sentOn.push(day);
      }
    }),
  );
});
