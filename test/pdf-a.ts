import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import type { TestContext } from 'node:test';
import { hasProgram } from './has-program.ts';
import { skipLoudly } from './skip.ts';

/**
 * Fails with what veraPDF finds when one of these files is no PDF/A-3b (ISO 19005-3). Where veraPDF is not installed the test is skipped, in CI too:
 * no Debian package brings it.
 */
export async function assertPdfA3b(t: TestContext, paths: readonly string[]): Promise<void> {
  if (!hasProgram('verapdf')) return skipLoudly(t, 'verapdf', 'nobody packages it');
  assert.ok(paths.length > 0);
  const args = ['--flavour', '3b', '--format', 'text', '-v', ...paths];
  const said = await new Promise<string>((resolve) => {
    execFile('verapdf', args, (_error, stdout, stderr) => resolve(`${stdout}\n${stderr}`));
  });
  // A line for each file: PASS or FAIL, then its name.
  const passed = said.split('\n').filter((line) => line.startsWith('PASS '));
  assert.equal(passed.length, paths.length, said);
}
