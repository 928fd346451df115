import { messagesDue, type Outbox, settleAnswers } from '#domain/outbox';
import { listen } from '#stores/database';
import { type BundleLoopNeeds, startBundles } from './bundle-loop.ts';
import type { Capacity } from './capacity.ts';
import { startDelivering } from './deliver-loop.ts';
import { type ExportLoopNeeds, startExports } from './export-loop.ts';
import { type FollowNeeds, startFollowing } from './follow-loops.ts';
import type { Loop } from './loop.ts';
import { type RunLoopNeeds, startRuns } from './run-loops.ts';

export type { Capacity } from './capacity.ts';
export { type Loop, startLoop } from './loop.ts';

export interface WorkerNeeds extends FollowNeeds, RunLoopNeeds, BundleLoopNeeds, ExportLoopNeeds {
  readonly database: FollowNeeds['database'] & RunLoopNeeds['database'] & BundleLoopNeeds['database'];
  readonly outbox: Outbox;
  readonly capacity?: Capacity;
}

/**
 * Starts a worker: first it settles the answers that a process before it had heard and not written down, then it delivers and
 * follows the log until it is stopped. A stop lets what is under way finish and gives the rest back.
 */
export async function startWorker(needs: WorkerNeeds): Promise<Loop> {
  const { outbox } = needs;
  const replayed = await outbox.journal.replay((answers) => settleAnswers(outbox, answers), 200);
  if (replayed > 0) outbox.log.info({ replayed }, 'answers of a stopped process were settled');
  const delivering = startDelivering(outbox, needs.capacity);
  const following = await startFollowing(needs);
  const runs = await startRuns(needs);
  const bundles = await startBundles(needs);
  const exports = await startExports(needs);
  const ears = await listen(outbox.database, messagesDue, () => delivering.wake());
  return {
    wake: () => delivering.wake(),
    stop: async () => {
      await ears.close();
      await delivering.stop();
      await Promise.all([runs.stop(), bundles.stop(), exports.stop()]);
      await following.stop();
    },
  };
}
