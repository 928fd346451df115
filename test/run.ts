import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEmbedded } from '#stores/database';
import { bundleTests } from './bundle-tests.ts';
import { hastySettings } from './database.ts';
import { listTestFiles } from './test-files.ts';

/**
 * Runs the tests: all, or those whose path contains one of the arguments. One PostgreSQL serves the whole run: the built-in one, or the one
 * of ENVOI_TEST_DATABASE_URL. What was skipped is listed at the end, and fails the run in CI unless
 * ENVOI_TEST_ALLOW_SKIPS is set.
 */
const root = resolve(import.meta.dirname, '..');
const slowestTestMs = 600_000;
const env = process.env;

const files = listTestFiles(root, process.argv.slice(2));
if (files.length === 0) {
  console.error('No test file fits. Nothing was tested.');
  process.exit(1);
}
process.exitCode = await runTests(files);

async function runTests(chosen: readonly string[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'envoi-run-'));
  const given = env['ENVOI_TEST_DATABASE_URL'];
  const server = given
    ? null
    : await startEmbedded({ dataFolder: join(folder, 'data'), settings: hastySettings });
  const bundled = await bundleTests(root, chosen);
  const skips = join(folder, 'skips');
  const report = join(folder, 'report.json');
  await writeFile(skips, '');
  try {
    const exit = await runNode(bundled.files, {
      ENVOI_TEST_BUNDLE: bundled.folder,
      ENVOI_TEST_DATABASE_URL: given ?? server?.url,
      ENVOI_TEST_SKIPS: skips,
      ENVOI_TEST_REPORT: report,
    });
    return conclude(exit, report, readFileSync(skips, 'utf8'));
  } finally {
    await server?.release();
    await bundled.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

function runNode(chosen: readonly string[], extra: Record<string, string | undefined>): Promise<number> {
  const reporter = join(root, 'test/reporter.mjs');
  const options = [
    '--enable-source-maps',
    '--test',
    '--test-concurrency=2',
    `--test-timeout=${slowestTestMs}`,
    `--test-reporter=${reporter}`,
    '--test-reporter-destination=stdout',
  ];
  const child = spawn(process.execPath, [...options, ...chosen], {
    cwd: root,
    stdio: 'inherit',
    env: { ...env, ...extra },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((done) => child.once('close', (code) => done(code ?? 1)));
}

/** Prints what was skipped and the sum, and returns the exit code. */
function conclude(exit: number, report: string, skips: string): number {
  if (!existsSync(report)) {
    console.error('The test runner broke off before it could report.');
    return 1;
  }
  const { passed, failed, skipped } = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
  const missing = new Map<string, string[]>();
  let excused = 0;
  for (const [program = '', name = '', excuse = ''] of skips
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t'))) {
    if (excuse) excused += 1;
    missing.set(program, [...(missing.get(program) ?? []), name]);
  }
  if (missing.size > 0) console.log('\n!!! NOT TESTED, because this machine lacks something:');
  for (const [program, names] of missing) {
    console.log(`!!! ${program}`);
    for (const name of names) console.log(`      ${name}`);
  }
  const isStrict = env['CI'] === 'true' && !env['ENVOI_TEST_ALLOW_SKIPS'];
  const refused = isStrict && (skipped ?? 0) > excused;
  if (refused)
    console.log('\nIn CI a skipped test counts as a failure (ENVOI_TEST_ALLOW_SKIPS=1 allows it).');
  if ((passed ?? 0) + (failed ?? 0) === 0) console.log('\nNo test ran at all: that counts as a failure.');
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  return exit !== 0 || refused || (passed ?? 0) === 0 ? 1 : 0;
}
