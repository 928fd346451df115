import { makeCheckpoint } from '#domain/evidence';
import { startWorker } from '#entrypoints/worker';
import { startSinkProcess } from '../test/servers/index.ts';
import { benchInstallation } from './installation.ts';
import { connectSink, fillDocuments, sendOneByOne, sendRun, sendWithNodemailer } from './mail-load.ts';
import { makePdfs } from './make-pdfs.ts';
import { figure, median, option, rateAndCost, rounded } from './measure.ts';

/**
 * Runs of different invoices of 75 kB to 500 customers over a local SMTP sink: submitted, composed, DKIM-signed, archived, tracked, each
 * dot and answer recorded, from "start" until the last answer is settled. Baseline, in turns with it: nodemailer's pooled transport
 * building, signing and sending the same text and file. `--count` messages a round.
 *
 * `--single`: each dispatch by itself, six at a time, as programs would by the API.
 * `--checkpoints`: each round twice, with and without a signed checkpoint of the log every second; real ones come every 30 s.
 */
export async function benchSend(args: readonly string[]): Promise<void> {
  const count = option(args, 'count', 1000);
  const rounds = option(args, 'rounds', 5);
  const bench = await benchInstallation();
  const sink = await startSinkProcess({ keep: 'count' });
  const { installation, companyId } = bench;
  const send = args.includes('--single') ? sendOneByOne : sendRun;
  const isPaired = args.includes('--checkpoints');
  try {
    await connectSink(installation, companyId, sink.port);
    const documents = await fillDocuments(bench, count * (rounds + 1) * (isPaired ? 2 : 1));
    const files = await makePdfs(count);
    const worker = await startWorker(bench.worker);
    const next = (): string[] => documents.splice(0, count);
    const measured: { envoi: Measured; other: Measured }[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const other = await rateAndCost(
        count,
        isPaired ? await send(bench, next()) : () => sendWithNodemailer(sink.port, files),
      );
      const deed = await send(bench, next());
      const stop = isPaired ? checkpointEachSecond(bench) : () => Promise.resolve();
      const envoi = await rateAndCost(count, deed);
      await stop();
      if (round > 0) measured.push({ envoi, other }); // the first round warms up
    }
    figure(args.includes('--single') ? 'send singly' : 'send', {
      messages: count,
      rounds,
      envoiPerSecond: rounded(median(measured.map((one) => one.envoi.perSecond))),
      [isPaired ? 'withoutCheckpointsPerSecond' : 'nodemailerPerSecond']: rounded(
        median(measured.map((one) => one.other.perSecond)),
      ),
      ratio: rounded(median(measured.map((one) => one.envoi.perSecond / one.other.perSecond))),
      envoiCpuMs: rounded(median(measured.map((one) => one.envoi.cpuMs))),
      otherCpuMs: rounded(median(measured.map((one) => one.other.cpuMs))),
      rssMegabytes: Math.round(process.memoryUsage.rss() / 2 ** 20),
    });
    await worker.stop();
  } finally {
    await sink.close();
    await bench.close();
  }
}

type Measured = Awaited<ReturnType<typeof rateAndCost>>;

/** Makes checkpoints until it is stopped, one a second. */
function checkpointEachSecond({ installation }: Awaited<ReturnType<typeof benchInstallation>>) {
  const { database, keys } = installation;
  let isStopped = false;
  const run = async (): Promise<void> => {
    while (!isStopped) {
      await makeCheckpoint(database, keys.log, new Date());
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  };
  const running = run();
  return (): Promise<void> => {
    isStopped = true;
    return running;
  };
}
