import { second } from '#base/time';
import { type HitRecord, writeHits } from '#domain/tracking';
import { startLoop } from '#entrypoints/worker';
import type { Installation } from './installation.ts';

type Needs = Pick<Installation, 'hits' | 'database' | 'clock' | 'ruleset' | 'log'>;

/** How long a hit may lie in the journal before it is seen on the screens, unless many come at once. */
const restMs = 250;

// In a burst those who wait for their answer come first: hits are written in few large groups, about one a second.
const burstPerSecond = 1000;
const burstRestMs = second;
const group = 1000;
const burstMost = 2000;

// What waits is held in memory too, at about 1 kB each; with so many waiting, writing goes on without a rest (a little more, and it is left to the disk).
const waitingMost = 50_000;

/**
 * Brings hits from the journal into the database until it is stopped: within a quarter of a second as a rule, later in a burst.
 * Stopping writes the rest down.
 */
export function startWritingHits(needs: Needs): { stop(): Promise<void> } {
  const { hits } = needs;
  const rate = measureRate(() => hits.appended);
  let restUntil = 0;
  const loop = startLoop('hits', restMs, needs.log, async () => {
    const isBurst = isLetFirst(rate(), hits.waiting);
    if (isBurst && performance.now() < restUntil) return false;
    const written = await writeDown(needs, isBurst ? burstMost : Math.max(hits.waiting, 1));
    restUntil = performance.now() + burstRestMs;
    return written > 0 && !isBurst;
  });
  return {
    stop: async () => {
      await loop.stop();
      await writeDown(needs, Number.POSITIVE_INFINITY);
    },
  };
}

/** Tells whether those who come now go before what waits to be written. */
export function isLetFirst(arrivedPerSecond: number, waiting: number): boolean {
  return arrivedPerSecond >= burstPerSecond && waiting < waitingMost;
}

/** How fast a counter has gone up of late, a second; looks again when its last look is some time ago. */
function measureRate(counter: () => number): () => number {
  let [at, stood, perSecond] = [performance.now(), counter(), 0];
  return () => {
    const now = performance.now();
    if (now - at >= restMs / 2) {
      perSecond = ((counter() - stood) / (now - at)) * second;
      [at, stood] = [now, counter()];
    }
    return perSecond;
  };
}

function writeDown({ hits, database, clock, ruleset }: Needs, most: number): Promise<number> {
  const take = async (records: readonly HitRecord[]): Promise<void> => {
    await writeHits(database, records, clock(), ruleset);
  };
  return hits.drain(take, group, most);
}
