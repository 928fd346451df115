import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { testDatabase } from '../../../test/database.ts';
import type { LimitTables } from './index.ts';
import { accountLimits, siteOf, takeTurns } from './sites.ts';
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
  assert.equal(siteOf(['vautrin-be.i-v1.mx.microsoft']).name, 'microsoft-365-dane');
  const [eu, us] = [siteOf(['eu-smtp-inbound-1.mimecast.com']), siteOf(['us-smtp-inbound-1.mimecast.com'])];
  assert.notEqual(eu.name, us.name, 'regions that count each for itself');
  assert.deepEqual([eu.connections, us.connections], [10, 10]);
});

test('an account at a provider has the paces that the provider publishes, the shortest time first', () => {
  assert.deepEqual(accountLimits('mail.vautrin.example', 'a', 'claire@vautrin.example'), []);
  const account = 'smtp:smtp.office365.com:587:claire';
  const [minute, day, ...others] = accountLimits('smtp.office365.com', account, 'claire@vautrin.example');
  assert.ok(minute && day && others.length === 0 && minute.name !== day.name);
  assert.ok(within(minute, 60_000) <= 30, `${within(minute, 60_000)} in the first minute`);
  assert.ok(within(day, 86_400_000) <= 10_000, `${within(day, 86_400_000)} in the first day`);
});

test('a private account at Google may send less than one of a company', () => {
  const first = (address: string) =>
    accountLimits('smtp.gmail.com', 'a', address).map((limit) => limit.burst);
  assert.deepEqual([first('claire@gmail.com'), first('claire@vautrin.example')], [[250], [1000]]);
});

test('what one limit holds back takes no turn of the longer ones', async () => {
  const asked: string[] = [];
  const later = new Date(9000);
  const takeTurn = ({ name }: { readonly name: string }) => {
    asked.push(name);
    return Promise.resolve(name === 'minute' ? later : null);
  };
  const limits = ['minute', 'day'].map((name) => ({ name, perSecond: 1, burst: 1 }));
  assert.deepEqual(await takeTurns(takeTurn, limits), later);
  assert.deepEqual(asked, ['minute']);
  assert.equal(await takeTurns(takeTurn, limits.slice(1)), null);
});

const within = (limit: Parameters<typeof giveTurns>[1], ms: number): number =>
  giveTurns({ arrival: 0, line: 0 }, limit, 20_000, 0).turns.filter((due) => (due?.getTime() ?? 0) < ms)
    .length;

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
