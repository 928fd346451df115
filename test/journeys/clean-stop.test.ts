import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { asWorker } from '#stores/database';
import { testInstallation, until } from '../installation.ts';
import { startRudeServer } from '../servers/index.ts';

const project = resolve(import.meta.dirname, '../..');
const count = 30;

test('SIGTERM lets what is under way finish and gives the rest back, nothing half done', async (t) => {
  const installation = await testInstallation();
  t.after(() => installation.close());
  // Every mail is answered late, so that some are past their dot and some not begun when the signal comes.
  const server = await startRudeServer([{ at: 'dot', waitMs: 400, reply: '250 2.0.0 queued', store: true }]);
  t.after(() => server.close());
  await installation.connect(server.port);
  const document = await installation.addInvoice();
  for (let n = 0; n < count; n += 1)
    await installation.send(document, { to: [`customer${n}@peeters.example`], copyToSender: false });

  const said: string[] = [];
  const serve = spawn(process.execPath, ['bin/envoi.mjs', 'serve'], {
    cwd: project,
    env: envOf(installation),
  });
  serve.stdout.on('data', (text) => said.push(String(text)));
  serve.stderr.on('data', (text) => said.push(String(text)));
  await until('mails under way', async () => server.mails.length > 2, 60_000);
  serve.kill('SIGTERM');
  const [code] = await once(serve, 'exit');

  assert.equal(code, 0, said.join(''));
  assert.match(said.join(''), /what is under way is finished/);
  const messages = await asWorker(installation.database, (tx) =>
    tx.selectFrom('messages').select(['delivery', 'leased_by']).execute(),
  );
  const states = messages.map(({ delivery }) => delivery);
  assert.ok(states.includes('queued'), 'it stopped before the end');
  assert.deepEqual(
    states.filter((state) => state !== 'queued' && state !== 'handed_off'),
    [],
  );
  assert.equal(states.filter((state) => state === 'handed_off').length, server.mails.length);
  assert.ok(
    messages.every(({ leased_by: by }) => by === null),
    'no lease is left',
  );
});

function envOf({ config, database }: Awaited<ReturnType<typeof testInstallation>>) {
  const { PATH = '', HOME = '' } = process.env;
  return {
    PATH,
    HOME,
    DATABASE_URL: database.url,
    ENVOI_DATA_DIR: config.dataFolder,
    ENVOI_ROLES: 'worker',
  };
}
