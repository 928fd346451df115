import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startWorker } from '#entrypoints/worker';
import { startSinkProcess } from '../test/servers/index.ts';
import { type BenchInstallation, benchInstallation, openBench, signingWorker } from './installation.ts';
import { connectSink, fillDocuments, sendRun } from './mail-load.ts';
import { figure, median, option, rate, rounded } from './measure.ts';

/**
 * The same run by one worker process and by two, in turns, from "start" until the last answer is settled. Where the database and the workers
 * share two cores, as many workers as cores have nothing to win; the figure says on how many it was taken. Fails when a mail went out twice.
 */
export async function benchWorkers(args: readonly string[]): Promise<void> {
  const count = option(args, 'count', 1000);
  const rounds = option(args, 'rounds', 5);
  const bench = await benchInstallation();
  const sink = await startSinkProcess({ keep: 'count' });
  try {
    await connectSink(bench.installation, bench.companyId, sink.port);
    const documents = await fillDocuments(bench, count * rounds * 2);
    const measured: { one: number; two: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const rates: number[] = [];
      for (const workers of [1, 2]) rates.push(await withWorkers(bench, workers, documents.splice(0, count)));
      measured.push({ one: rates[0] ?? 0, two: rates[1] ?? 0 });
    }
    const arrived = await sink.count();
    if (arrived !== count * rounds * 2)
      throw new Error(`The server got ${arrived} mails of ${count * rounds * 2}.`);
    figure('workers', {
      messages: count,
      rounds,
      onePerSecond: rounded(median(measured.map((one) => one.one))),
      twoPerSecond: rounded(median(measured.map((one) => one.two))),
      ratio: rounded(median(measured.map((one) => one.two / one.one))),
    });
  } finally {
    await sink.close();
    await bench.close();
  }
}

async function withWorkers(
  bench: BenchInstallation,
  workers: number,
  documents: readonly string[],
): Promise<number> {
  const { dataFolder } = bench.installation.config;
  const children = await Promise.all(Array.from({ length: workers }, () => startChild(dataFolder)));
  const measured = await rate(documents.length, await sendRun(bench, documents));
  for (const child of children) {
    child.disconnect();
    await once(child, 'exit');
  }
  return measured;
}

async function startChild(folder: string) {
  const child = fork(fileURLToPath(import.meta.url), [folder], { execArgv: ['--import', 'tsx'] });
  await once(child, 'message');
  return child;
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.send) {
  const installation = await openBench(process.argv[2] ?? '');
  const worker = await startWorker(signingWorker(installation));
  process.on('disconnect', async () => {
    await worker.stop();
    await installation.close();
    process.exit(0);
  });
  process.send('ready');
}
