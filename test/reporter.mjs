import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * Prints one line per finished file and everything about a failed test; writes the sum to ENVOI_TEST_REPORT. The runner's own
 * reporters print every test, or leave out which file a test belongs to.
 */
export default async function* report(source) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  const files = new Map();
  const failures = [];
  const started = performance.now();
  for await (const { type, data } of source) {
    if (type === 'test:stderr' || type === 'test:stdout') yield data.message;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const file = data.file === undefined ? '' : nameOf(data.file);
    const counts = files.get(file) ?? { passed: 0, failed: 0, skipped: 0, ms: 0 };
    files.set(file, counts);
    if (data.nesting === 0) counts.ms += data.details?.duration_ms ?? 0;
    // A file that could not be loaded shows up as a failed test with the name of the file; one that could, as nothing.
    if (data.details?.type === 'suite') continue;
    const outcome = outcomeOf(type, data);
    sum[outcome] += 1;
    counts[outcome] += 1;
    if (outcome === 'failed') {
      const failure = `\n✖ ${file}: ${data.name}\n${explain(data.details?.error)}\n`;
      failures.push(failure);
      yield failure;
    }
  }
  yield `\n${[...files].map(([file, counts]) => lineOf(file, counts)).join('\n')}\n`;
  if (failures.length > 0) yield `\nFAILED\n${failures.join('')}`;
  yield `${files.size} files in ${((performance.now() - started) / 1000).toFixed(1)} s\n`;
  if (process.env.ENVOI_TEST_REPORT) writeFileSync(process.env.ENVOI_TEST_REPORT, JSON.stringify(sum));
}

/** The source's path, also where the test ran from a bundle. */
function nameOf(file) {
  const bundle = process.env.ENVOI_TEST_BUNDLE ?? '';
  return bundle && file.startsWith(bundle) ? relative(bundle, file) : relative(process.cwd(), file);
}

function outcomeOf(type, data) {
  if (data.skip !== undefined || data.todo !== undefined) return 'skipped';
  return type === 'test:pass' ? 'passed' : 'failed';
}

function lineOf(file, { passed, failed, skipped, ms }) {
  const extra = `${failed > 0 ? `, ${failed} FAILED` : ''}${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  return `${failed > 0 ? '✖' : '✓'} ${file}: ${passed} passed${extra} (${(ms / 1000).toFixed(1)} s)`;
}

function explain(error) {
  const cause = error?.cause ?? error;
  const text = cause?.stack ?? String(cause);
  return text
    .split('\n')
    .slice(0, 40)
    .map((line) => `    ${line}`)
    .join('\n');
}
