import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '..');
const rows = readRows(readFileSync(join(root, 'docs/rfc.md'), 'utf8'));
const cited = findCited(['src', 'migrations']);

test('every RFC that the code names is listed', () => {
  const listed = new Set(rows.map(({ number }) => number));
  const missing = [...cited].filter(([number]) => !listed.has(number));
  assert.deepEqual(missing, [], 'add them to docs/rfc.md');
});

test('an RFC that is listed as done is named in the code', () => {
  const idle = rows.filter(({ number, done }) => done !== 'no' && !cited.has(number));
  assert.deepEqual(idle, [], 'the code does not name them any more');
});

test('the list is sorted, names each RFC once, and says what is missing', () => {
  const numbers = rows.map(({ number }) => number);
  assert.deepEqual(
    numbers,
    [...new Set(numbers)].sort((a, b) => a - b),
  );
  for (const { number, done, where } of rows) {
    assert.match(done, /^(yes|partial|no)$/, `RFC ${number}`);
    if (done === 'partial') assert.notEqual(where, '', `RFC ${number} is partial: what is missing?`);
  }
});

type Row = { readonly number: number; readonly done: string; readonly where: string };

function readRows(page: string): Row[] {
  return page
    .split('\n')
    .filter((line) => /^\| \d/.test(line))
    .map((line) => {
      const [, number = '', , done = '', where = ''] = line.split('|').map((cell) => cell.trim());
      return { number: Number(number), done, where };
    });
}

/** The RFCs that the files of these folders name, each with the first file that does. */
function findCited(folders: readonly string[]): Map<number, string> {
  const found = new Map<number, string>();
  const entries = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true }),
  );
  for (const entry of entries) {
    // Samples of mails quote what others wrote.
    if (
      !entry.isFile() ||
      entry.name.endsWith('.test-suite.ts') ||
      !/\.(tsx?|mjs|json|md|sql)$/.test(entry.name)
    )
      continue;
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    for (const [, number = ''] of text.matchAll(/\bRFC[ -]?(\d{3,5})/g))
      if (!found.has(Number(number))) found.set(Number(number), entry.name);
  }
  return found;
}
