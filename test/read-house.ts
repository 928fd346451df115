import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What imports what in `src`, by path, and which imports break the order of floors.mjs. */
export type House = {
  readonly modules: number;
  readonly imports: readonly { readonly from: string; readonly to: string }[];
  readonly violations: readonly { readonly rule: string; readonly from: string; readonly to: string }[];
};

/** Reads the house at `root` by dependency-cruiser; throws when it cannot be read. */
export function readHouse(root: string): House {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const program = join(import.meta.dirname, 'cruise.mjs');
  const run = spawnSync(process.execPath, [program, root], {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 27,
  });
  if (run.status !== 0) throw new Error(`The house cannot be read: ${run.stderr}`);
  return JSON.parse(run.stdout) as House;
}
