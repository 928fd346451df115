import { AsyncLocalStorage } from 'node:async_hooks';
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { mock } from 'node:test';
import pg from 'pg';

const taken = new AsyncLocalStorage<string[]>();

/**
 * From now on notes, for the work given to `stepsOf`, each statement that goes to the database and each comparison in constant time. What runs
 * beside it is not counted. To be called once in a test file, before anything is opened.
 */
export function watchSteps(): void {
  const { query } = pg.Client.prototype;
  mock.method(pg.Client.prototype, 'query', function (this: pg.Client, ...args: unknown[]) {
    const [asked] = args;
    if (typeof asked === 'string') taken.getStore()?.push(asked);
    return Reflect.apply(query, this, args);
  });
  const { timingSafeEqual } = crypto;
  mock.method(crypto, 'timingSafeEqual', (a: Uint8Array, b: Uint8Array) => {
    taken.getStore()?.push('compare in constant time');
    return timingSafeEqual(a, b);
  });
  syncBuiltinESMExports();
}

/** What the work did up to its answer, in order: statements with their values left out, and comparisons. */
export async function stepsOf<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly steps: readonly string[] }> {
  const steps: string[] = [];
  const result = await taken.run(steps, work);
  return { result, steps: [...steps] };
}
