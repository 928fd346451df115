import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogueProblems } from '#base/language';
import { staffCatalogues } from './index.ts';

test('the staff screens speak complete English, French and Italian', () => {
  assert.deepEqual(catalogueProblems(staffCatalogues, ['en', 'fr', 'it']), []);
});

test('what the other languages have already is sound', () => {
  const faults = catalogueProblems(staffCatalogues, ['ro', 'de', 'nl']);
  assert.deepEqual(
    faults.filter((fault) => !fault.endsWith('is missing')),
    [],
  );
});
