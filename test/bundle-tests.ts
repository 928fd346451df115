import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from '../bin/build.mjs';
import { listWork } from '../bin/built.mjs';

export interface BundledTests {
  readonly folder: string;
  readonly files: readonly string[];
  remove(): Promise<void>;
}

/**
 * Bundles test files, paths from `root`, with what they share kept once: each process of the runner would otherwise read more than a
 * thousand sources by itself, which took more than half of all its time. The bundle lies where Node finds the packages from.
 */
export async function bundleTests(root: string, tests: readonly string[]): Promise<BundledTests> {
  const cache = join(root, 'node_modules/.cache/envoi');
  await mkdir(cache, { recursive: true });
  const making = await mkdtemp(join(cache, 'tests-'));
  const folder = join(making, 'bundle');
  await build({ root, folder, entryPoints: [...tests.map((test) => join(root, test)), ...listWork(root)] });
  return {
    folder,
    files: tests.map((test) => join(folder, test.replace(/\.tsx?$/, '.mjs'))),
    remove: () => rm(making, { recursive: true, force: true }),
  };
}
