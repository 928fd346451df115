import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testApi } from '../../../test/api.ts';

let api: Awaited<ReturnType<typeof testApi>>;
before(async () => {
  api = await testApi();
});
after(() => api.close());

type Day = { readonly day: string; readonly isFree: boolean };
const dayOf = (days: readonly Day[], day: string) => days.find((one) => one.day === day)?.isFree;

test('a program reads a year’s holidays, keeps them, and changes single days', async () => {
  const program = await api.program();
  const usual = (await program.ask('GET /calendar?year=2027')).json;
  assert.deepEqual([usual.avoids, usual.country, usual.region, usual.year], [false, 'BE', null, 2027]);
  assert.equal(dayOf(usual.days, '2027-07-21'), true);
  const changed = await program.ask('PATCH /calendar', {
    avoids: true,
    country: 'DE',
    region: 'BY',
    days: [
      { day: '2026-08-15', is: 'work' },
      { day: '2026-12-24', is: 'free', name: 'Closed' },
    ],
  });
  assert.equal(changed.status, 200, changed.text);
  assert.deepEqual([changed.json.avoids, changed.json.country, changed.json.region], [true, 'DE', 'BY']);
  assert.deepEqual(
    ['2026-10-03', '2026-12-24', '2026-06-04', '2026-07-21'].map((day) => dayOf(changed.json.days, day)),
    [true, true, true, undefined],
  );
});

test('what is no country, no region and no day is refused with its field, and who only reads changes nothing', async () => {
  const program = await api.program();
  const pathsOf = async (body: object) =>
    (await program.ask('PATCH /calendar', body)).json.errors.map((one: { path: string }) => one.path);
  assert.deepEqual(await pathsOf({ country: 'XX' }), ['country']);
  assert.deepEqual(await pathsOf({ country: 'CH', region: 'XY' }), ['region']);
  assert.deepEqual(await pathsOf({ days: [{ day: '2026-02-30', is: 'free' }] }), ['days.0.day']);
  const reader = await api.program('read', program.companyId);
  assert.equal((await reader.ask('PATCH /calendar', { avoids: true })).status, 403);
  assert.equal((await program.ask('GET /calendar')).json.avoids, false);
});
