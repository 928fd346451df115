import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { built } from '../bin/built.mjs';

/** Not in one word: this file is bundled too, and would get the place of its own. */
const meta = ['import', 'meta'].join('.');

/** A project of three sources; `greeting` is what its main says. */
async function makeProject(t: { after(done: () => Promise<void>): void }, greeting: string): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'envoi-built-'));
  t.after(() => rm(root, { recursive: true }));
  for (const folder of ['src/part', 'bin']) await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, 'tsconfig.json'), '{}');
  await writeFile(join(root, 'bin/build.mjs'), '');
  await writeFile(join(root, 'src/part/said.txt'), 'said beside it');
  await writeFile(join(root, 'src/part/say-work.ts'), `export const work: string = 'worked';`);
  await writeFile(
    join(root, 'src/part/say.ts'),
    `import { readFileSync } from 'node:fs';
     export const said: string = readFileSync(new URL('./said.txt', ${meta}.url), 'utf8');
     export const work: URL = new URL('./say-work.ts', ${meta}.url);`,
  );
  await writeMain(root, greeting);
  return root;
}

function writeMain(root: string, greeting: string): Promise<void> {
  const text = `export { said, work } from './part/say.ts'; export const greeting: string = '${greeting}';`;
  return writeFile(join(root, 'src/main.ts'), text);
}

async function run(root: string) {
  const folder = await built(root);
  assert.ok(folder);
  const main = await import(pathToFileURL(join(folder, 'src/main.mjs')).href);
  return { folder, ...(main as { greeting: string; said: string; work: URL }) };
}

describe('the bundle that the program starts from', () => {
  test('is made once, and anew when a source has changed', async (t) => {
    const root = await makeProject(t, 'good morning');
    const first = await run(root);
    assert.equal(first.greeting, 'good morning');
    assert.equal((await run(root)).folder, first.folder);
    await writeMain(root, 'good evening');
    const second = await run(root);
    assert.equal(second.greeting, 'good evening');
    assert.notEqual(second.folder, first.folder);
  });

  test('finds what lies beside a source, and the bundled work of threads', async (t) => {
    const { said, work } = await run(await makeProject(t, 'hello'));
    assert.equal(said, 'said beside it');
    assert.equal((await import(work.href)).work, 'worked');
  });

  test('is made whole by several that start at once, and may be read by everybody', async (t) => {
    const root = await makeProject(t, 'hello');
    const folders = await Promise.all(Array.from({ length: 4 }, () => built(root)));
    assert.equal(new Set(folders).size, 1);
    assert.deepEqual(await readdir(join(root, 'node_modules/.cache/envoi')), [folders[0]?.split('/').pop()]);
    assert.equal((await stat(folders[0] ?? '')).mode & 0o777, 0o755);
  });
});
