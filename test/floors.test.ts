import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { type House, readHouse } from './read-house.ts';

/** A file planted in a copy of the house, and the rule that has to notice it. */
const plants: readonly {
  readonly rule: string;
  readonly file: string;
  readonly text: string;
  readonly sees: string;
}[] = [
  {
    sees: 'a mail package that uses the business',
    rule: 'not-up-from-src/mail/address',
    file: 'src/mail/address/planted-up.ts',
    text: `import { record } from '#domain/evidence'; export const used = record;`,
  },
  {
    sees: 'a type that comes from above',
    rule: 'not-up-from-src/domain/evidence',
    file: 'src/domain/evidence/planted-type.ts',
    text: `import type { OutboxTables } from '#domain/outbox'; export type Used = OutboxTables;`,
  },
  {
    sees: 'a door that is loaded when needed',
    rule: 'not-up-from-src/base/ids',
    file: 'src/base/ids/planted-lazy.ts',
    text: `export const used = () => import('#stores/database');`,
  },
  {
    sees: 'a screen that uses a neighbour above it',
    rule: 'not-up-from-src/stores/files',
    file: 'src/stores/files/planted.tsx',
    text: `import { loadConfig } from '../../config/index.ts'; export const Used = () => <p class="x">{typeof loadConfig}</p>;`,
  },
  {
    sees: 'a folder without a floor',
    rule: 'every-folder-has-a-floor',
    file: 'src/domain/planted/index.ts',
    text: 'export const planted = 1;',
  },
  {
    sees: 'a way in beside the door',
    rule: 'enter-by-the-door',
    file: 'src/domain/outbox/planted-window.ts',
    text: `import { record } from '../evidence/record.ts'; export const used = record;`,
  },
  {
    sees: 'a circle inside a folder',
    rule: 'no-circles',
    file: 'src/base/time/planted-a.ts',
    text: `import { b } from './planted-b.ts'; export const a = () => b;`,
  },
  {
    sees: 'HTTP below the entrypoints',
    rule: 'http-only-in-entrypoints',
    file: 'src/domain/outbox/planted-http.ts',
    text: `import { Hono } from 'hono'; export const used = Hono;`,
  },
  {
    sees: 'SQL in an entrypoint',
    rule: 'no-sql-in-mail-formats-entrypoints',
    file: 'src/entrypoints/worker/planted-sql.ts',
    text: `import { sql } from 'kysely'; export const used = sql;`,
  },
  {
    sees: 'a driver in what the standards say',
    rule: 'no-sql-in-mail-formats-entrypoints',
    file: 'src/formats/pdf/planted-sql.ts',
    text: `import pg from 'pg'; export const used = pg;`,
  },
  {
    sees: 'an entrypoint that uses another one',
    rule: 'entrypoints-do-not-share',
    file: 'src/entrypoints/worker/planted-share.ts',
    text: `import * as web from '#entrypoints/web'; export const used = web;`,
  },
  {
    sees: 'test code in the program',
    rule: 'no-test-code-in-the-house',
    file: 'src/domain/outbox/planted-test.ts',
    text: `import { testDatabase } from '../../../test/database.ts'; export const used = testDatabase;`,
  },
  {
    sees: 'an import of nothing',
    rule: 'resolvable',
    file: 'src/base/time/planted-nothing.ts',
    text: `import { nothing } from '#domain/nothing'; export const used = nothing;`,
  },
];

const otherHalf = {
  file: 'src/base/time/planted-b.ts',
  text: `import { a } from './planted-a.ts'; export const b = () => a;`,
};

let copy: string;
let found: House['violations'];
before(async () => {
  copy = await plantedCopy();
  found = readHouse(copy).violations;
});
after(() => rm(copy, { recursive: true, force: true }));

for (const { sees, rule, file } of plants) {
  test(`the rule ${rule} sees ${sees}`, () => {
    const rules = found.filter(({ from }) => from === file).map((violation) => violation.rule);
    assert.ok(rules.includes(rule), `found for ${file}: ${rules.join(', ') || 'nothing'}`);
  });
}

test('an import through the door from below is no violation', () => {
  assert.deepEqual(
    found.filter(({ from }) => from === 'src/domain/outbox/planted-fine.ts'),
    [],
  );
});

async function plantedCopy(): Promise<string> {
  const root = resolve(import.meta.dirname, '..');
  const folder = await mkdtemp(join(tmpdir(), 'envoi-floors-'));
  for (const part of ['src', 'package.json', 'tsconfig.json', 'test/database.ts']) {
    await cp(join(root, part), join(folder, part), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const fine = `import { record } from '#domain/evidence'; export const used = record;`;
  // An entrypoint that may not be there yet, so that there is a neighbour to use.
  const web = { file: 'src/entrypoints/web/index.ts', text: 'export const web = 1;' };
  for (const { file, text } of [
    ...plants,
    otherHalf,
    { file: 'src/domain/outbox/planted-fine.ts', text: fine },
    web,
  ]) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  return folder;
}
