import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The folder in which the server's code lies bundled: under node_modules/.cache, by a hash of what it is made from, so that a changed
 * source is never run from an old bundle. Made now where it is not there yet; null where that cannot be (a folder without write bits).
 * @param {string} root the project's folder, absolute
 * @returns {Promise<string | null>} src/main.mjs lies in it
 */
export async function built(root) {
  const cache = join(root, 'node_modules/.cache/envoi');
  const sources = listSources(join(root, 'src'));
  const folder = join(cache, hashOf([...sources, join(root, 'tsconfig.json'), join(root, 'bin/build.mjs')]));
  if (existsSync(folder)) return folder;
  try {
    const { build } = await import('./build.mjs');
    await build({ root, folder, entryPoints: [join(root, 'src/main.ts'), ...listWork(root)] });
    removeOld(cache, folder);
    return folder;
  } catch (error) {
    if (['EACCES', 'EROFS', 'EPERM'].includes(error.code)) return null;
    throw error;
  }
}

/** What confined threads run: bundled each for itself. */
export function listWork(root) {
  return listSources(join(root, 'src')).filter((file) => file.endsWith('-work.ts'));
}

function listSources(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => /\.(tsx?|json)$/.test(name) && !/\.test(-suite)?\.tsx?$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file));
  return hash.digest('hex').slice(0, 32);
}

/** Bundles that nobody started from for a week; a process that still runs may want a part of a younger one. */
function removeOld(cache, kept) {
  const weekAgo = Date.now() - 7 * 24 * 3600 * 1000;
  for (const name of readdirSync(cache)) {
    const folder = join(cache, name);
    if (folder !== kept && statSync(folder).mtimeMs < weekAgo)
      rmSync(folder, { recursive: true, force: true });
  }
}
