import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { noLimits, type Sender, type SenderLimits } from '#domain/senders';
import type { Database } from '#stores/database';
import { testDatabase } from '../../../test/database.ts';
import { failed } from './failed.ts';
import type { LimitTables } from './index.ts';
import { keepToLimits, limitsOf } from './keep-to-limits.ts';
import { giveTurns, makeGiveBack, makeTakeTurn } from './take-turn.ts';
import type { Transport, TransportDelivery, TransportMail } from './transport.ts';

let database: Database<LimitTables>;
before(async () => {
  database = await testDatabase();
});
after(() => database.close());

const now = new Date('2026-11-12T09:00:00Z');
let senders = 0;
const senderWith = (limits: Partial<SenderLimits>): Sender => {
  senders += 1;
  return { id: `snd_${senders}`, limits: { ...noLimits, ...limits } } as Sender;
};

/** A way out that counts what it is given, and says what it is told to. */
function counting(answer: () => TransportDelivery) {
  let count = 0;
  const transport: Transport = {
    name: 'smtp',
    account: () => 'a',
    close: () => Promise.resolve(),
    deliver: async () => {
      count += 1;
      return answer();
    },
  };
  return { transport, count: () => count };
}

const later = (): TransportDelivery => ({
  ...failed('temporary', 'connect', 'over_limit', { host: '', port: 0 }),
  accepts: 'handed_off',
  notBefore: now,
});
const taken = (): TransportDelivery => ({
  ...failed('temporary', 'connect', 'greylisted', { host: '', port: 0 }),
  accepts: 'handed_off',
});

async function send(sender: Sender, times: number, answer: () => TransportDelivery) {
  const way = counting(answer);
  const turns = { take: makeTakeTurn(database, () => now), giveBack: makeGiveBack(database) };
  const limited = keepToLimits(way.transport, sender, turns);
  const hooks = { beforeDot: () => Promise.resolve() };
  const said: TransportDelivery[] = [];
  for (let n = 0; n < times; n += 1) said.push(await limited.deliver({} as TransportMail, hooks));
  return { dialed: way.count(), held: said.filter((one) => one.notBefore && one.notBefore > now).length };
}

describe('a limit that a company sets for a sender', () => {
  test('lets no more leave in any stretch of its length than it says', () => {
    for (const perMinute of [1, 2, 3, 7, 30]) {
      const [limit] = limitsOf({ id: 'snd', limits: { ...noLimits, perMinute } });
      assert.ok(limit);
      let state = { arrival: 0, line: 0 };
      const left: number[] = [];
      for (let at = 1_000_000; at < 1_000_000 + 600_000; at += 500) {
        const given = giveTurns(state, limit, 1, at);
        state = given.after;
        if (given.turns[0] === null) left.push(at);
      }
      for (const from of left) {
        const within = left.filter((at) => at >= from && at < from + 60_000).length;
        assert.ok(within <= perMinute, `${within} instead of ${perMinute}`);
      }
    }
  });

  test('holds back what is over it with a time of its own, before anything is dialed', async () => {
    assert.deepEqual(await send(senderWith({ perHour: 10 }), 8, taken), { dialed: 5, held: 3 });
    assert.deepEqual(await send(senderWith({}), 8, taken), { dialed: 8, held: 0 });
  });

  test('does not count an e-mail twice that another limit holds back', async () => {
    const sender = senderWith({ perDay: 40, perMinute: 2 });
    assert.deepEqual(await send(sender, 30, taken), { dialed: 1, held: 29 });
    // Nineteen of the twenty that may leave at once in a day are still there.
    const byDay = { ...sender, limits: { ...sender.limits, perMinute: null } };
    assert.deepEqual(await send(byDay, 25, taken), { dialed: 19, held: 6 });
    const waiting = senderWith({ perDay: 4 });
    assert.equal((await send(waiting, 10, later)).dialed, 10, 'the line of the server uses up nothing here');
  });
});
