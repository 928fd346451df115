import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { catalogueProblems, languages } from '#base/language';
import { makeAskLimit } from './ask-limit.ts';
import { brandColors, brandSheet, contrast } from './brand.ts';
import { catalogues } from './wording.ts';

test('the six catalogues are complete and of one form', () => {
  assert.deepEqual(catalogueProblems(catalogues, languages), []);
});

test('any colour of a company reaches 4.5:1 as text, as fill and under text, in both themes', () => {
  const color = fc.nat(0xffffff).map((value) => `#${value.toString(16).padStart(6, '0')}`);
  fc.assert(
    fc.property(fc.oneof(color, fc.constantFrom('#ffffff', '#000000', '#ffff00', '#1f4a3a')), (given) => {
      const { light, onLight, dark, onDark } = brandColors(given);
      for (const paper of ['#fcfbf8', '#f5f3ed', '#ffffff']) assert.ok(contrast(light, paper) >= 4.5, given);
      for (const paper of ['#181715', '#1f1e1b', '#262421']) assert.ok(contrast(dark, paper) >= 4.5, given);
      assert.ok(contrast(onLight, light) >= 4.5 && contrast(onDark, dark) >= 4.5, given);
    }),
    { numRuns: 300 },
  );
});

test('a colour that is dark enough stays as it is on light paper', () => {
  assert.equal(brandColors('#1f4a3a').light, '#1f4a3a');
  assert.match(brandSheet('#1f4a3a'), /^:root\{--brand:light-dark\(#1f4a3a,#[0-9a-f]{6}\);--on-brand:/);
});

test('a limit lets so many through in its window and forgets the oldest askers', () => {
  const limit = makeAskLimit(2, 1000);
  const at = (ms: number) => new Date(1_000_000 + ms);
  assert.deepEqual(
    [limit.mayAsk('a', at(0)), limit.mayAsk('a', at(1)), limit.mayAsk('a', at(2)), limit.mayAsk('b', at(2))],
    [true, true, false, true],
  );
  assert.equal(limit.mayAsk('a', at(1500)), true);
  for (let n = 0; n < 10_001; n += 1) limit.mayAsk(`x${n}`, at(1500));
});
