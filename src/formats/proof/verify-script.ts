import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ArchiveEntry } from './archive.ts';
import { checkEvidence } from './check-evidence.ts';
import { describeEvidence } from './describe-evidence.ts';

/*
 * The script inside of evidence files. It checks the folder that it lies in, or the file that is named: node verify.mjs [FILE.asice].
 * Exit code 0: everything holds; 1: something does not.
 */

const [, self = '', named] = process.argv;
const report = await checkEvidence(
  named ? new Uint8Array(await readFile(named)) : await readFolder(folderOf(self)),
);
console.log(describeEvidence(report).join('\n'));
process.exitCode = report.ok ? 0 : 1;

function folderOf(script: string): string {
  return dirname(script || fileURLToPath(import.meta.url));
}

async function readFolder(folder: string): Promise<ArchiveEntry[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    found
      .filter((one) => one.isFile())
      .map(async (one) => {
        const path = join(one.parentPath, one.name);
        return {
          name: relative(folder, path).split(sep).join('/'),
          bytes: new Uint8Array(await readFile(path)),
        };
      }),
  );
}
