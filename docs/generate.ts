import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describeConfig } from '#config';
import { apiDocument } from '#entrypoints/api';
import { type ApiDescription, drawClientTypes } from './draw-client-types.ts';
import { drawFloors } from './draw-floors.ts';

/** One page, or one marked part of a page, that is made from the code. */
type Generated =
  | { readonly kind: 'page'; readonly path: string; readonly make: () => string | Promise<string> }
  | {
      readonly kind: 'part';
      readonly path: string;
      readonly part: string;
      readonly make: () => string | Promise<string>;
    };

const root = resolve(import.meta.dirname, '..');

/** Everything that is made from the code; a new page is one line here. */
const generated: readonly Generated[] = [
  { kind: 'page', path: 'docs/config.md', make: describeConfig },
  { kind: 'page', path: 'docs/openapi.json', make: () => `${JSON.stringify(apiDocument(), null, 2)}\n` },
  {
    kind: 'page',
    path: 'src/client/api-types.ts',
    make: () => drawClientTypes(JSON.parse(JSON.stringify(apiDocument())) as ApiDescription),
  },
  { kind: 'part', path: 'ARCHITECTURE.md', part: 'floors', make: () => drawFloors(root) },
];

/**
 * `npm run docs` writes what is made from the code; with `--check` it writes nothing and fails when a page would change. A part stands
 * between `<!-- made by npm run docs: NAME -->` and `<!-- end: NAME -->`.
 */
const isCheck = process.argv.includes('--check');
for (const item of generated) {
  const path = join(root, item.path);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const made = await item.make();
  const wanted = item.kind === 'page' ? made : replacePart(before, item.part, made);
  if (wanted === before) continue;
  if (isCheck) {
    console.log(`${item.path} is not what the code says. Run: npm run docs`);
    process.exitCode = 1;
  } else {
    writeFileSync(path, wanted);
    console.log(`${item.path} written`);
  }
}

/** Puts `made` between the marks of the part; adds the marks at the end of a page that has none. */
function replacePart(page: string, part: string, made: string): string {
  const [begin, end] = [`<!-- made by npm run docs: ${part} -->`, `<!-- end: ${part} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  const block = `${begin}\n${made.trim()}\n${end}`;
  if (from < 0 || to < from) return `${page}${page === '' ? '' : '\n'}${block}\n`;
  return page.slice(0, from) + block + page.slice(to + end.length);
}
