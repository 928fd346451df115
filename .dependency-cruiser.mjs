import { floors } from './floors.mjs';

/** A folder's rule ends at a slash, a file's at its end: `src/main.ts`. */
const pathOf = (floor) => `^${floor.replaceAll('.', '\\.')}${floor.endsWith('.ts') ? '$' : '/'}`;
const anyOf = (list) => list.map(pathOf);
const tests = '\\.test\\.tsx?$|-contract\\.ts$|\\.test-suite\\.ts$';
const withoutSql = '^src/(mail|formats|entrypoints)/';

/**
 * The house rules of floors.mjs, as dependency-cruiser checks them (that every folder has a floor is added in test/cruise.mjs); test/floors.test.ts shows that each one bites. */
export default {
  forbidden: [
    ...floors.map((floor, height) => ({
      name: `not-up-from-${floor}`,
      severity: 'error',
      comment: `${floor} may only use what stands before it in floors.mjs.`,
      from: { path: pathOf(floor), pathNot: tests },
      to: { path: '^src/', pathNot: anyOf(floors.slice(0, height + 1)) },
    })),
    {
      name: 'enter-by-the-door',
      severity: 'error',
      comment: "Another folder is entered by its index.ts: import { … } from '#domain/evidence'.",
      from: { path: '^src/([^/]+/[^/]+)/', pathNot: tests },
      to: {
        path: '^src/[^/]+/[^/]+/',
        pathNot: ['^src/$1/', '^src/[^/]+/[^/]+/index\\.tsx?$', '^src/config/'],
      },
    },
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'What two files need of each other belongs into a third; types too.',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'no-deep-import-of-config',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/config/', tests] },
      to: { path: '^src/config/', pathNot: '^src/config/index\\.ts$' },
    },
    {
      name: 'http-only-in-entrypoints',
      severity: 'error',
      comment: 'HTTP is unknown below entrypoints/.',
      from: { path: '^src/', pathNot: ['^src/(entrypoints|config)/', '^src/main\\.ts$'] },
      to: { path: 'node_modules/(hono|@hono)/' },
    },
    {
      name: 'no-sql-in-mail-formats-entrypoints',
      severity: 'error',
      comment: 'Rows are read and written by the domain folder that owns the table.',
      from: { path: withoutSql, pathNot: tests },
      to: { path: 'node_modules/(kysely|pg)/' },
    },
    {
      name: 'no-database-in-mail-and-formats',
      severity: 'error',
      from: { path: '^src/(base|mail|formats)/', pathNot: tests },
      to: { path: '^src/stores/' },
    },
    {
      name: 'entrypoints-do-not-share',
      severity: 'error',
      comment: 'What two entrypoints need belongs further down.',
      from: { path: '^src/entrypoints/([^/]+)/', pathNot: tests },
      to: { path: '^src/entrypoints/', pathNot: '^src/entrypoints/$1/' },
    },
    {
      name: 'no-test-code-in-the-house',
      severity: 'error',
      from: { path: '^src/', pathNot: tests },
      to: { path: ['^test/', tests, '^node:test$'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
    exclude: { path: '^node_modules' },
  },
};
