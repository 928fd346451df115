import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { testInstallation } from '../installation.ts';

const project = resolve(import.meta.dirname, '../..');

test('a start on a port that is taken says so in a sentence and ends with 1, so that whoever watches it can act', async (t) => {
  const installation = await testInstallation();
  t.after(() => installation.close());
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  t.after(() => other.close());
  const { port } = other.address() as AddressInfo;
  const { PATH = '', HOME = '' } = process.env;
  const serve = spawn(process.execPath, ['bin/envoi.mjs', 'serve'], {
    cwd: project,
    env: {
      PATH,
      HOME,
      PORT: String(port),
      DATABASE_URL: installation.database.url,
      ENVOI_DATA_DIR: installation.config.dataFolder,
      ENVOI_ROLES: 'web,worker',
    },
  });
  t.after(() => serve.kill('SIGKILL'));
  const said: string[] = [];
  for (const stream of [serve.stdout, serve.stderr]) stream.on('data', (text) => said.push(String(text)));
  const [code] = await once(serve, 'exit', { signal: AbortSignal.timeout(60_000) });
  assert.equal(code, 1, said.join(''));
  assert.ok(
    said
      .join('')
      .includes(`Port ${port} of 127.0.0.1 is taken by another program. Stop that one, or set PORT`),
    said.join(''),
  );
  assert.doesNotMatch(said.join(''), /\n\s+at /);
});
