import type { Log } from '#base/log';
import { type Clock, second } from '#base/time';
import { type ExportDeps, exportsDue, workExports } from '#domain/exports';
import { listen } from '#stores/database';
import { type Loop, startLoop } from './loop.ts';

export interface ExportLoopNeeds {
  readonly exports: ExportDeps;
  readonly clock: Clock;
  readonly log: Log;
}

/** Makes the exports that people asked for, and removes those whose time is over. A stop gives back what is under way. */
export async function startExports({ exports, clock, log }: ExportLoopNeeds): Promise<Loop> {
  const stopping = new AbortController();
  const loop = startLoop('exports', 5 * second, log, () => workExports(exports, clock, stopping.signal));
  const ears = await listen(exports.database, exportsDue, () => loop.wake());
  return {
    wake: () => loop.wake(),
    stop: async () => {
      stopping.abort();
      await ears.close();
      await loop.stop();
    },
  };
}
