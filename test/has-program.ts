import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Tells whether a program is on this machine's path. */
export function hasProgram(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}
