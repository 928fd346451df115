import { runCommand } from '#entrypoints/cli';
import { openWorld } from '#roof';

/** Runs a command of the command line and returns its exit code: 0 good, 1 refused, 2 misuse. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand(args, openWorld());
}
