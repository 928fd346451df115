import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pause } from '#base/time';
import { isLetFirst, startWritingHits } from './write-down-hits.ts';

type Needs = Parameters<typeof startWritingHits>[0];

test('a burst goes before the writing until so much waits that it must not grow', () => {
  assert.equal(isLetFirst(20, 5), false);
  assert.equal(isLetFirst(999, 0), false);
  assert.equal(isLetFirst(1000, 0), true);
  assert.equal(isLetFirst(20_000, 49_999), true);
  assert.equal(isLetFirst(20_000, 50_000), false);
});

test('what waits when the writing stops is written, also in the middle of a burst', async () => {
  const journal = { appended: 0, waiting: 0, written: 0 };
  const hits = {
    get appended() {
      return journal.appended;
    },
    get waiting() {
      return journal.waiting;
    },
    drain: async (_take: unknown, limit: number, most: number) => {
      const count = Math.min(journal.waiting, Math.ceil(most / limit) * limit);
      journal.waiting -= count;
      journal.written += count;
      return count;
    },
  };
  const writing = startWritingHits({ hits } as unknown as Needs);
  for (let n = 0; n < 20; n += 1) {
    journal.appended += 2000;
    journal.waiting += 2000;
    await pause(20);
  }
  await writing.stop();
  assert.deepEqual([journal.waiting, journal.written], [0, 40_000]);
});
