import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startWorker } from '#entrypoints/worker';
import { isPidAlive } from '#stores/locks';
import { type TestInstallation, testInstallation, until } from '../installation.ts';
import { startSink } from '../servers/index.ts';
import { judgeArrivals, waiting } from './judge-arrivals.ts';

const dispatches = 100;
const kills = 4;

test(`a built-in database that is killed ${kills} times at random loses none of ${dispatches} dispatches and has none sent twice`, {
  timeout: 300_000,
}, async () => {
  const installation = await testInstallation({ ownServer: true });
  const sink = await startSink();
  try {
    await installation.connect(sink.port);
    const document = await installation.addInvoice();
    for (let n = 0; n < dispatches; n += 1)
      await installation.send(document, { to: [`customer${n}@peeters.example`], copyToSender: false });
    const worker = await startWorker(installation);
    let killed = 0;
    let pid = 0;
    for (; killed < kills && sink.count < dispatches; killed += 1) {
      const before = sink.count;
      await until('mails on their way', async () => sink.count > before || sink.count === dispatches, 60_000);
      await sleep(Math.random() * 30);
      pid = await killServer(installation, pid);
      // Whatever asks while the server starts again gets an error and asks again.
      await until(
        'the server is back',
        () =>
          waiting(installation).then(
            () => true,
            () => false,
          ),
        60_000,
      );
    }
    assert.ok(killed > 1, 'it was killed while mails were on their way');
    await until(
      'everything settled',
      () =>
        waiting(installation).then(
          (left) => left === 0,
          () => false,
        ),
      120_000,
    );
    await worker.stop();
    // The process lived on: it heard every answer, and settled it once it could.
    await judgeArrivals(installation, sink, { dispatches, mostUnconfirmed: 0 });
  } finally {
    await sink.close();
    await installation.close();
  }
});

/** Kills the server's first process, once it is another one than before, and returns its id; the others notice and end. */
async function killServer({ config }: TestInstallation, before: number): Promise<number> {
  const file = join(config.dataFolder, 'postgres/cluster/postmaster.pid');
  const pid = await until(
    'a new server',
    async () => {
      const found = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
      return found !== before && isPidAlive(found) && found;
    },
    60_000,
  );
  process.kill(pid, 'SIGKILL');
  return pid;
}
