import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogueProblems, languages } from '#base/language';
import { staffCatalogues } from './index.ts';

test('the staff screens are complete in all six languages', () => {
  assert.deepEqual(catalogueProblems(staffCatalogues, languages), []);
});
