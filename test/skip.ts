import { appendFileSync } from 'node:fs';
import type { TestContext } from 'node:test';

/**
 * Skips a test because something is missing on this machine, and has the run say so at its end. Returns false so that a test can write
 * `if (!hasProgram('qpdf')) return skipLoudly(t, 'qpdf')`. CI counts a skipped test as a failure, unless `excuse` says why it cannot have the program.
 */
export function skipLoudly(t: TestContext, missing: string, excuse = ''): void {
  const list = process.env['ENVOI_TEST_SKIPS'];
  if (list) appendFileSync(list, `${missing}\t${t.name}\t${excuse}\n`);
  t.skip(`needs ${missing}`);
}
