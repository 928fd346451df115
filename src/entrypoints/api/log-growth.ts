import { second } from '#base/time';
import { logGrew } from '#domain/evidence';
import { type Database, type Listening, listen } from '#stores/database';

/** Tells when the log may have grown. */
export interface LogGrowth {
  /** Resolves when the log has grown since this call, or after `ms`, or when the signal is aborted. */
  next(ms: number, signal: AbortSignal): Promise<void>;
}

const restMs = 10 * second;

/**
 * Makes it on one connection, which is opened for the first who waits and closed when nobody has waited for a while, or when
 * `stopping` is aborted.
 */
export function makeLogGrowth(database: Database, stopping: AbortSignal | undefined): LogGrowth {
  const waiting = new Set<() => void>();
  let ear: Promise<Listening> | null = null;
  let rest: NodeJS.Timeout | undefined;
  const wakeAll = (): void => {
    for (const wake of [...waiting]) wake();
  };
  const closeEar = (): void => {
    const open = ear;
    ear = null;
    void open?.then((listening) => listening.close());
  };
  stopping?.addEventListener('abort', () => {
    wakeAll();
    closeEar();
  });
  return {
    async next(ms, signal) {
      clearTimeout(rest);
      if (stopping?.aborted) return;
      ear ??= listen(database, logGrew, wakeAll);
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', wake);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        signal.addEventListener('abort', wake);
        waiting.add(wake);
        if (signal.aborted) wake();
      });
      if (waiting.size > 0) return;
      clearTimeout(rest);
      rest = setTimeout(closeEar, restMs).unref();
    },
  };
}
