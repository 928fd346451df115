import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import {
  type CalendarChange,
  calendarOf,
  changeCalendar,
  daysOfYear,
  freeDaysOf,
  nextWorkingDay,
  regionsOf,
} from './index.ts';

let installation: TestInstallation;
before(async () => {
  installation = await testInstallation();
});
after(() => installation.close());

const now = new Date('2026-11-27T09:00:00Z');
const company = () => ({ id: installation.companyId, country: 'BE' });
const change = (what: CalendarChange) =>
  inCompany(installation.database, installation.companyId, (tx) =>
    changeCalendar(tx, { company: company(), by: { actor: 'user', id: 'usr_1' } }, what, now),
  );
const isFree = () =>
  inCompany(installation.database, installation.companyId, (tx) => freeDaysOf(tx, company().id, now));
const year = async (of: number, language = 'en') =>
  daysOfYear(
    await inCompany(installation.database, installation.companyId, (tx) => calendarOf(tx, company())),
    of,
    language,
  );

test('a company that has chosen nothing works every day, and sees the holidays of its country', async () => {
  assert.equal((await isFree())('2026-12-25'), false);
  const days = await year(2026, 'fr');
  assert.ok(days.some(({ day, name }) => day === '2026-07-21' && name === 'Fête nationale'));
});

test('the holidays of the country are free once they are kept: fixed ones, and those that follow Easter', async () => {
  assert.ok((await change({ avoids: true })).ok);
  const free = await isFree();
  // Easter Sunday is 5 April 2026 and 28 March 2027.
  for (const day of ['2026-12-25', '2026-11-11', '2026-04-06', '2027-03-29', '2027-05-06'])
    assert.ok(free(day), day);
  for (const day of ['2026-12-24', '2026-11-27', '2026-04-03']) assert.ok(!free(day), day);
});

test('Saturdays and Sundays are left out with the holidays, but for one that the company has noted as worked', async () => {
  assert.ok((await isFree())('2026-11-28'));
  assert.ok((await isFree())('2026-11-29'));
  assert.ok((await change({ days: [{ day: '2026-11-28', is: 'work', name: 'Open Saturday' }] })).ok);
  assert.ok(!(await isFree())('2026-11-28'));
  assert.equal(nextWorkingDay('2026-11-29', await isFree()), '2026-11-30');
  assert.ok((await change({ days: [{ day: '2026-11-28', is: 'usual' }] })).ok);
});

test('a region has its own, and one that the country does not have is refused', async () => {
  assert.ok((await regionsOf('CH', 'de')).some(({ code }) => code === 'TI'));
  assert.ok((await change({ country: 'CH', region: 'TI' })).ok);
  assert.ok((await isFree())('2026-03-19'), 'Saint Joseph is free in Ticino');
  assert.ok((await change({ region: 'ZH' })).ok);
  assert.ok(!(await isFree())('2026-03-19'), 'and not in Zurich');
  assert.deepEqual(await change({ region: 'Wallonie' }), {
    ok: false,
    problems: [{ path: 'region', reason: 'not_a_region' }],
  });
  assert.deepEqual(await change({ country: 'XX' }), {
    ok: false,
    problems: [{ path: 'country', reason: 'not_a_country' }],
  });
  const back = await change({ country: 'BE' });
  assert.equal(back.ok && back.settings.region, null, 'a region does not outlive its country');
});

test('own days are free, holidays can be worked on, and both can be taken back', async () => {
  const days = [
    { day: '2026-12-24', is: 'free', name: ' Closed ' },
    { day: '2026-11-11', is: 'work' },
  ] as const;
  assert.ok((await change({ days })).ok);
  const free = await isFree();
  assert.deepEqual([free('2026-12-24'), free('2026-11-11')], [true, false]);
  const listed = (await year(2026)).filter(({ day }) => day === '2026-12-24' || day === '2026-11-11');
  assert.deepEqual(
    listed.map((one) => [one.day, one.from, one.isFree]),
    [
      ['2026-11-11', 'public', false],
      ['2026-12-24', 'own', true],
    ],
  );
  assert.equal(listed[1]?.name, 'Closed');
  await change({ days: days.map(({ day }) => ({ day, is: 'usual' }) as const) });
  const again = await isFree();
  assert.deepEqual([again('2026-12-24'), again('2026-11-11')], [false, true]);
});

test('what is no day is refused, and nothing of the change is kept', async () => {
  const refused = await change({ avoids: false, days: [{ day: '2026-02-30', is: 'free' }] });
  assert.deepEqual(refused, { ok: false, problems: [{ path: 'days.0.day', reason: 'not_a_date' }] });
  assert.ok((await isFree())('2026-12-25'));
});

test('the next working day is the first that is not free, and a calendar without one keeps nobody waiting', () => {
  const christmas = new Set(['2026-12-25', '2026-12-26', '2026-12-31', '2027-01-01']);
  assert.equal(
    nextWorkingDay('2026-12-25', (day) => christmas.has(day)),
    '2026-12-27',
  );
  assert.equal(
    nextWorkingDay('2026-12-31', (day) => christmas.has(day)),
    '2027-01-02',
  );
  assert.equal(
    nextWorkingDay('2026-12-24', (day) => christmas.has(day)),
    '2026-12-24',
  );
  assert.equal(
    nextWorkingDay('2026-12-24', () => true),
    '2026-12-24',
  );
});
