import type { Log } from '#base/log';
import { type Clock, second } from '#base/time';
import { type BundleDeps, type BundleTables, bundlesDue, workBundles } from '#domain/bundles';
import type { ProofDeps, ProofTables } from '#domain/proofs';
import { type Database, listen } from '#stores/database';
import { type Loop, startLoop } from './loop.ts';

export interface BundleLoopNeeds {
  readonly database: Database<BundleTables & ProofTables>;
  readonly proofs: ProofDeps;
  readonly clock: Clock;
  readonly log: Log;
}

/** Makes the bundles that people asked for, one evidence file a round, and removes those whose time is over. */
export async function startBundles({ database, proofs, clock, log }: BundleLoopNeeds): Promise<Loop> {
  const deps: BundleDeps = { ...proofs, database };
  const bundles = startLoop('bundles', 5 * second, log, () => workBundles(deps, clock));
  const ears = await listen(database, bundlesDue, () => bundles.wake());
  return {
    wake: () => bundles.wake(),
    stop: async () => {
      await ears.close();
      await bundles.stop();
    },
  };
}
