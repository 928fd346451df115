import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './embedded-binaries.ts';
import type { Home } from './embedded-home.ts';
import { DatabaseUnavailable } from './unavailable.ts';

/**
 * A cluster belongs to the major version that made it (PostgreSQL documentation §18.6): another one refuses its files. Throws, with the way
 * over, before that happens; nothing is touched.
 */
export async function refuseOtherMajor({ cluster }: Home, { version }: Binaries): Promise<void> {
  const made = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  const major = version.split('.')[0];
  if (made === major) return;
  throw new DatabaseUnavailable(
    `The database in ${cluster} was made by PostgreSQL ${made}, and this version of Envoi brings PostgreSQL ${major}. Nothing was changed. ` +
      'Put the version of Envoi back that ran it, save everything with "envoi backup DIR", then use this version with an empty data folder ' +
      'and "envoi restore DIR". See docs/operating.md, "Another major version of PostgreSQL".',
  );
}
