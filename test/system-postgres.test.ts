import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { freePort } from './free-port.ts';
import { startSystemPostgres, systemPostgres } from './servers/system-postgres.ts';
import { skipLoudly } from './skip.ts';

test("the database tests also pass on the PostgreSQL of the system's packages", async (t) => {
  const bin = systemPostgres();
  if (bin === null) return skipLoudly(t, 'PostgreSQL from the system packages (apt-get install postgresql)');
  const server = await startSystemPostgres(bin, await freePort());
  t.after(() => server.stop());
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const files = ['database/connect', 'database/migrate', 'database/secure-tables', 'domain/evidence'];
  const run = spawn(process.execPath, ['--import', 'tsx', 'test/run.ts', ...files], {
    cwd: resolve(import.meta.dirname, '..'),
    env: { ...env, ENVOI_TEST_DATABASE_URL: server.url, ENVOI_TEST_REPORT: '', ENVOI_TEST_SKIPS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [run.stdout, run.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  const code = await new Promise((done) => run.once('close', done));
  assert.equal(code, 0, output);
  assert.match(output, /\d{2,} passed, 0 failed/);
});
