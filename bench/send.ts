import { makeCheckpoint } from '#domain/evidence';
import { catchUp } from '#domain/overview';
import { startWorker } from '#entrypoints/worker';
import { startSinkProcess } from '../test/servers/index.ts';
import { type BenchInstallation, benchInstallation } from './installation.ts';
import { connectSink, fillDocuments, sendOneByOne, sendRun, sendWithNodemailer } from './mail-load.ts';
import { makePdfs } from './make-pdfs.ts';
import { figure, median, option, rateAndCost, rounded } from './measure.ts';
import { type ProcessorTime, parentOf } from './processor-time.ts';

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
    const others = { databaseServer: await databaseServer(bench), sink: sink.processId };
    const measured: Pair[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      await catchUp(installation.database); // what is left to do for the lists is not the other's cost
      const other = await rateAndCost(
        count,
        others,
        isPaired ? await send(bench, next()) : () => sendWithNodemailer(sink.port, files),
      );
      const deed = await send(bench, next());
      const stop = isPaired ? checkpointEachSecond(bench) : () => Promise.resolve();
      const envoi = await rateAndCost(count, others, deed);
      await stop();
      if (round > 0) measured.push({ envoi, other }); // the first round warms up
    }
    const name = args.includes('--single') ? 'send singly' : 'send';
    figure(name, { messages: count, rounds, ...summary(measured, isPaired) });
    await worker.stop();
  } finally {
    await sink.close();
    await bench.close();
  }
}

type Measured = Awaited<ReturnType<typeof rateAndCost>>;
type Pair = { readonly envoi: Measured; readonly other: Measured };

/** The medians of all rounds. */
function summary(measured: readonly Pair[], isPaired: boolean): Record<string, unknown> {
  return {
    envoiPerSecond: rounded(median(measured.map((one) => one.envoi.perSecond))),
    [isPaired ? 'withoutCheckpointsPerSecond' : 'nodemailerPerSecond']: rounded(
      median(measured.map((one) => one.other.perSecond)),
    ),
    ratio: rounded(median(measured.map((one) => one.envoi.perSecond / one.other.perSecond))),
    envoiCpuMs: medianCost(measured.map((one) => one.envoi.cost)),
    otherCpuMs: medianCost(measured.map((one) => one.other.cost)),
    rssMegabytes: Math.round(process.memoryUsage.rss() / 2 ** 20),
  };
}

/** The median of each process, in milliseconds of the processor a mail; without those that cannot be seen. */
function medianCost(costs: readonly ProcessorTime[]): Record<string, number> {
  const medianOf = (which: keyof ProcessorTime): [string, number][] => {
    const seen = costs.flatMap((one) => one[which] ?? []);
    return seen.length > 0 ? [[which, rounded(median(seen))]] : [];
  };
  return Object.fromEntries([...medianOf('own'), ...medianOf('database'), ...medianOf('sink')]);
}

/** The process that all processes of the database belong to; null where it is on another machine. */
async function databaseServer({ installation }: BenchInstallation): Promise<number | null> {
  const { rows } = await installation.database.owner.query<{ id: number }>('select pg_backend_pid() as id');
  return rows[0] ? parentOf(rows[0].id) : null;
}

/** Makes checkpoints until it is stopped, one a second. */
function checkpointEachSecond({ installation }: BenchInstallation) {
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
