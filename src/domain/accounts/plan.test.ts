import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { features, hasFeature, readPlans } from './plan.ts';

test('a file of plans is read; the usual one must be among them', () => {
  const text = JSON.stringify({
    usual: 'a',
    plans: { a: { features: ['api'] }, b: { features: [...features] } },
  });
  const read = readPlans(text);
  assert.ok(read.ok);
  assert.deepEqual(
    read.plans.map(({ name, isUsual }) => [name, isUsual]),
    [
      ['a', true],
      ['b', false],
    ],
  );
  assert.equal(readPlans('{"usual":"c","plans":{}}').ok, false);
  assert.equal(readPlans('{"usual":"a","plans":{"a":{"features":["telepathy"]}}}').ok, false);
});

test('any other text is refused with a sentence, never thrown', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const read = readPlans(text);
      assert.ok(read.ok || read.problem.length > 0);
    }),
  );
});

test('without plans everybody has everything', () => {
  assert.equal(hasFeature({ features: null }, 'engagement'), true);
  assert.equal(hasFeature({ features: ['api'] }, 'engagement'), false);
});
