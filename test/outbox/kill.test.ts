import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { asWorker } from '#stores/database';
import { type TestInstallation, testInstallation, until } from '../installation.ts';
import { startSink } from '../servers/index.ts';
import { judgeArrivals, waiting } from './judge-arrivals.ts';

const dispatches = 200;
const kills = 30;
const leaseMs = 1500;
const inReserve = 3;

test(`a worker that is killed ${kills} times at random loses none of ${dispatches} dispatches and sends none twice`, {
  timeout: 400_000,
}, async () => {
  const installation = await testInstallation({ leaseMs });
  const sink = await startSink();
  const reserve = makeReserve(installation);
  try {
    await installation.connect(sink.port);
    const document = await installation.addInvoice();
    for (let n = 0; n < dispatches; n += 1) {
      await installation.send(document, { to: [`customer${n}@peeters.example`], copyToSender: false });
    }
    let mostUnderWay = 0;
    for (let kill = 0; kill < kills && (await waiting(installation)) > 0; kill += 1) {
      const child = await reserve.next();
      // Each life is long enough for some mails; where it ends is chance.
      await sleep(20 + Math.random() * 150);
      child.kill('SIGKILL');
      await once(child, 'exit');
      mostUnderWay += await pastDot(installation);
    }
    const last = await reserve.next();
    await until('everything settled', async () => (await waiting(installation)) === 0, 120_000);
    last.kill('SIGTERM');
    await once(last, 'exit');
    await judgeArrivals(installation, sink, { dispatches, mostUnconfirmed: mostUnderWay });
  } finally {
    reserve.close();
    await sink.close();
    await installation.close();
  }
});

/** Processes that have loaded and wait for their turn: loading takes longer than the life that they are given. */
function makeReserve(installation: TestInstallation) {
  const all: ChildProcess[] = [];
  const ready = Array.from({ length: inReserve }, () => load());
  function load(): Promise<ChildProcess> {
    const env = {
      ...process.env,
      DATABASE_URL: installation.database.url,
      ENVOI_DATA_DIR: installation.config.dataFolder,
    };
    const child = fork(join(import.meta.dirname, 'worker-process.ts'), {
      execArgv: ['--import', 'tsx'],
      env: { ...env, LEASE_MS: String(leaseMs) },
    });
    all.push(child);
    return once(child, 'message').then(() => child);
  }
  return {
    next: async (): Promise<ChildProcess> => {
      const child = await ready.shift()!;
      ready.push(load());
      child.send('work');
      await once(child, 'message');
      return child;
    },
    close: (): void => {
      for (const child of all) child.kill('SIGKILL');
    },
  };
}

/** Messages whose dot may have been sent and whose answer the database does not know, just now. */
async function pastDot(installation: TestInstallation): Promise<number> {
  const rows = await asWorker(installation.database, (tx) =>
    tx
      .selectFrom('attempts')
      .select('id')
      .where('dot_sent_at', 'is not', null)
      .where('outcome', 'is', null)
      .execute(),
  );
  return rows.length;
}
