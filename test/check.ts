import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/**
 * `npm run check`: everything that has to hold before a change is taken, as named steps; all are run, also after one that fails.
 * Arguments choose steps by name: `npm run check -- lint types`.
 */
const steps = [
  { name: 'format', run: 'biome format .' },
  { name: 'lint', run: 'biome lint --error-on-warnings .' },
  { name: 'types', run: 'tsc --project . --noEmit' },
  { name: 'floors', run: 'node --import tsx test/floors.ts' },
  { name: 'unused', run: 'knip --no-progress' },
  { name: 'docs', run: 'node --import tsx docs/generate.ts --check' },
  { name: 'tests', run: 'node --import tsx test/run.ts' },
] as const;

const root = resolve(import.meta.dirname, '..');
const chosen = process.argv.slice(2);
const wanted = steps.filter(({ name }) => chosen.length === 0 || chosen.includes(name));
if (wanted.length === 0) {
  console.error(`There are only the steps ${steps.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

const results: { name: string; ok: boolean; seconds: string }[] = [];
for (const { name, run } of wanted) {
  console.log(`\n── ${name}: ${run}`);
  const started = performance.now();
  const { code, output } = await runStep(run, name === 'tests');
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (code !== 0) console.log(output);
  console.log(code === 0 ? `✓ ${seconds} s` : `✖ exit ${code} after ${seconds} s`);
  results.push({ name, ok: code === 0, seconds });
}

console.log('\n── summary');
for (const { name, ok, seconds } of results) console.log(`${ok ? '✓' : '✖'} ${name.padEnd(8)} ${seconds} s`);
const failed = results.filter(({ ok }) => !ok).length;
console.log(failed === 0 ? 'All checks hold.' : `${failed} of ${results.length} checks do not hold.`);
process.exitCode = failed === 0 ? 0 : 1;

/** Runs a step with the project's own programs first on the path; long ones show what they say as they say it. */
function runStep(line: string, isShown: boolean): Promise<{ code: number; output: string }> {
  const [program = '', ...args] = line.split(' ');
  const path = `${resolve(root, 'node_modules/.bin')}:${process.env['PATH']}`;
  const child = spawn(program === 'node' ? process.execPath : program, args, {
    cwd: root,
    env: { ...process.env, PATH: path },
    stdio: ['ignore', isShown ? 'inherit' : 'pipe', isShown ? 'inherit' : 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((done) => {
    child.once('error', (error) => done({ code: 1, output: error.message }));
    child.once('close', (code) => done({ code: code ?? 1, output }));
  });
}
