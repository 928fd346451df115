import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spanOf } from './period-span.ts';

test('presets are whole months, quarters and years around today', () => {
  const at = (preset: Parameters<typeof spanOf>[0], today: string, fiscalMonth = 1) => {
    const { from, to } = spanOf(preset, today, fiscalMonth);
    return `${from} ${to}`;
  };
  assert.equal(at('today', '2026-03-15'), '2026-03-15 2026-03-15');
  assert.equal(at('month', '2028-02-10'), '2028-02-01 2028-02-29');
  assert.equal(at('lastMonth', '2026-01-31'), '2025-12-01 2025-12-31');
  assert.equal(at('quarter', '2026-11-27'), '2026-10-01 2026-12-31');
  assert.equal(at('year', '2026-11-27'), '2026-01-01 2026-12-31');
  assert.equal(at('lastYear', '2026-11-27'), '2025-01-01 2025-12-31');
  assert.equal(at('twelve', '2026-11-27'), '2025-11-28 2026-11-27');
  assert.equal(at('twelve', '2028-02-29'), '2027-03-02 2028-02-29');
  assert.equal(at('all', '2026-11-27'), ' ');
});

test('the business year that today is in begins in its own month', () => {
  assert.deepEqual(spanOf('fiscal', '2026-03-31', 4), { from: '2025-04-01', to: '2026-03-31' });
  assert.deepEqual(spanOf('fiscal', '2026-04-01', 4), { from: '2026-04-01', to: '2027-03-31' });
  assert.deepEqual(spanOf('fiscal', '2026-11-27', 1), { from: '2026-01-01', to: '2026-12-31' });
});
