import { makeLog } from '#base/log';
import { systemClock } from '#base/time';
import type { Config } from '#config';
import { serve } from './serve.ts';

/** Runs until it is told to stop (SIGTERM, SIGINT) and returns the exit code. A second signal ends it at once. */
export async function runServer(config: Config, say: (sentence: string) => void): Promise<number> {
  // Heard from the first moment on: the worker sends before everything else has started.
  const told = toldToStop();
  const running = await serve(config, { clock: systemClock, log: makeLog(config.logLevel), say });
  await told;
  say('Stopping: what is under way is finished, the rest waits for the next start.');
  await running.stop();
  return 0;
}

function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.once('SIGINT', () => process.exit(1));
      resolve();
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  });
}
