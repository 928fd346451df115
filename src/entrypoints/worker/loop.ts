import type { Log } from '#base/log';
import { pause } from '#base/time';

/** A piece of work that is done again and again until it is stopped. */
export interface Loop {
  /** Does not wait for the end of the pause: there may be something to do. */
  wake(): void;
  /** Lets the round that is running finish. */
  stop(): Promise<void>;
}

/**
 * Runs `round` every `everyMs` milliseconds, and again at once as long as it says that there is more. A round that throws is
 * logged and tried again after a pause that doubles up to 30 s.
 */
export function startLoop(name: string, everyMs: number, log: Log, round: () => Promise<boolean>): Loop {
  const stopping = new AbortController();
  let nap = new AbortController();
  let wasWoken = false;
  let failures = 0;

  const rest = async (ms: number): Promise<void> => {
    if (!wasWoken || failures > 0) await pause(ms, nap.signal);
    nap = new AbortController();
    wasWoken = false;
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        const isMore = await round();
        failures = 0;
        if (!isMore && !stopping.signal.aborted) await rest(everyMs);
      } catch (error) {
        failures += 1;
        log.error({ err: error, loop: name }, 'a round failed and is tried again');
        if (!stopping.signal.aborted) await rest(Math.min(30_000, 250 * 2 ** failures));
      }
    }
  };
  const running = run();

  return {
    wake: () => {
      wasWoken = true;
      if (failures === 0) nap.abort();
    },
    stop: async () => {
      stopping.abort();
      nap.abort();
      await running;
    },
  };
}
