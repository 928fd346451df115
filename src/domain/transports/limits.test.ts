import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { testDatabase } from '../../../test/database.ts';
import type { LimitTables } from './index.ts';
import { accountLimit, siteOf } from './sites.ts';
import { giveTurns, makeTakeTurn } from './take-turn.ts';

test('all domains with the same servers are one site, and known providers another', () => {
  assert.equal(siteOf(['b.mx.example', 'a.mx.example']).name, siteOf(['a.mx.example', 'b.mx.example']).name);
  assert.notEqual(siteOf(['a.mx.example']).name, siteOf(['b.mx.example']).name);
  const google = siteOf(['aspmx.l.google.com', 'alt1.aspmx.l.google.com']);
  assert.deepEqual(
    [google.name, google.connections, google.perConnection, google.tlsRequired],
    ['google', 5, 50, true],
  );
  assert.equal(siteOf(['aspmx.l.google.com', 'mx.evil.example']).name.includes('google,'), false);
  assert.equal(siteOf(['vautrin-be.mail.protection.outlook.com']).name, 'microsoft-365');
});

test('an account at a provider has the pace that the provider publishes', () => {
  assert.equal(accountLimit('mail.vautrin.example', 'a'), null);
  const limit = accountLimit('smtp.office365.com', 'smtp:smtp.office365.com:587:claire');
  assert.ok(limit);
  const minute = giveTurns({ arrival: 0, line: 0 }, limit, 100, 0).turns.filter(
    (due) => (due?.getTime() ?? 0) < 60_000,
  );
  assert.ok(minute.length <= 30, `${minute.length} in the first minute`);
});

test('whatever comes, no more leave in any second than burst and pace allow, and every turn lies ahead', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 50 }),
      fc.array(
        fc.record({ wait: fc.integer({ max: 3000, min: 0 }), count: fc.integer({ min: 1, max: 40 }) }),
        { maxLength: 30 },
      ),
      (perSecond, burst, comings) => {
        let state = { arrival: 0, line: 0 };
        let now = 1_000_000;
        let went = 0;
        for (const { wait, count } of comings) {
          now += wait;
          const { after, turns } = giveTurns(state, { perSecond, burst }, count, now);
          state = after;
          went += turns.filter((due) => due === null).length;
          for (const due of turns) assert.ok(due === null || due.getTime() >= now);
          assert.ok(went <= burst + ((now - 1_000_000) / 1000) * perSecond + 1e-6);
        }
      },
    ),
  );
});

test('what is over the limit gets turns one behind the other', () => {
  const { turns } = giveTurns({ arrival: 0, line: 0 }, { perSecond: 10, burst: 2 }, 6, 1000);
  assert.deepEqual(
    turns.map((due) => due?.getTime() ?? null),
    [null, null, 1200, 1300, 1400, 1500],
  );
});

test('several workers share one limit', async () => {
  const database = await testDatabase<LimitTables>();
  const now = () => new Date(5000);
  const workers = [makeTakeTurn(database, now), makeTakeTurn(database, now)];
  const limit = { name: 'site:test', perSecond: 1, burst: 5 };
  const turns = await Promise.all(Array.from({ length: 20 }, (_, n) => workers[n % 2]?.(limit)));
  assert.equal(turns.filter((due) => due === null).length, 5);
  await database.close();
});
