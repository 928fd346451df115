import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * The test files of the project, as paths from its root: `*.test.ts(x)` under src, test and docs whose path contains one of the
 * words (all files when there are none). Node 20's runner takes no patterns, and passes when it is given nothing.
 */
export function listTestFiles(root: string, words: readonly string[]): string[] {
  return ['src', 'test', 'docs', 'bench']
    .flatMap((folder) => filesIn(join(root, folder)))
    .map((path) => relative(root, path))
    .filter((path) => /\.test\.tsx?$/.test(path))
    .filter((path) => words.length === 0 || words.some((word) => path.includes(word)))
    .sort();
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
