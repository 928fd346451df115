import { newId } from '#base/ids';
import { type Fact, makeCheckpoint, record, verifyLog } from '#domain/evidence';
import { makeEvidence } from '#domain/proofs';
import { startWorker } from '#entrypoints/worker';
import { asWorker } from '#stores/database';
import { startSinkProcess } from '../test/servers/index.ts';
import { type BenchInstallation, benchInstallation } from './installation.ts';
import { connectSink, fillDocuments, sendOneByOne } from './mail-load.ts';
import { figure, median, option, rounded } from './measure.ts';

const eventsPerDispatch = 6;
/** The most that a check holds may be this much above what it held in the first tenth of its time, in bytes. */
const mostGrowth = 100 * 2 ** 20;

/**
 * Verifies a log of `--events` events (1 M), six to a dispatch, each with a personal field and under checkpoints; and makes evidence files of real
 * dispatches. Fails when the log does not hold, or when memory grew with it.
 */
export async function benchVerify(args: readonly string[]): Promise<void> {
  const count = option(args, 'events', 1_000_000);
  const bench = await benchInstallation();
  const { database, keys } = bench.installation;
  try {
    const files = await measureEvidence(bench);
    await fillLog(bench, count);
    await makeCheckpoint(database, keys.log, new Date());
    const [started, cpu, held] = [performance.now(), process.cpuUsage(), [] as number[]];
    const watch = setInterval(() => held.push(process.memoryUsage.rss()), 100);
    const report = await verifyLog(database, { verifiers: keys.logVerifiers });
    clearInterval(watch);
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    if (report.broken) throw new Error(`The log does not hold: ${JSON.stringify(report.broken)}`);
    const [early, most] = [Math.max(...held.slice(0, held.length / 10)), Math.max(...held)];
    figure('verify', {
      events: report.events,
      seconds: rounded(seconds),
      eventsPerSecond: rounded(report.events / seconds),
      cpuMicrosecondsPerEvent: rounded((user + system) / report.events),
      rssMegabytesInTheFirstTenth: Math.round(early / 2 ** 20),
      rssMegabytesMost: Math.round(most / 2 ** 20),
      evidenceFileSeconds: rounded(files),
    });
    if (most - early > mostGrowth) throw new Error(`The memory grew by ${most - early} bytes with the log.`);
  } finally {
    await bench.close();
  }
}

/** Seconds for one evidence file of a dispatch that was delivered: the median of five. */
async function measureEvidence(bench: BenchInstallation): Promise<number> {
  const { installation, companyId, ownerId } = bench;
  const sink = await startSinkProcess({ keep: 'count' });
  await connectSink(installation, companyId, sink.port);
  const worker = await startWorker(bench.worker);
  const send = await sendOneByOne(bench, await fillDocuments(bench, 6));
  await send();
  await worker.stop();
  await sink.close();
  const dispatches = await asWorker(installation.database, (tx) =>
    tx.selectFrom('dispatches').select('id').execute(),
  );
  const times: number[] = [];
  for (const { id: dispatchId } of dispatches) {
    const start = performance.now();
    const request = { companyId, dispatchId, actor: 'user' as const, by: ownerId };
    const made = await makeEvidence(installation.proofs, request, new Date());
    if (!made.ok) throw new Error(made.reason);
    times.push((performance.now() - start) / 1000);
  }
  return median(times.slice(1)); // the first one loads fonts
}

/** Events as a year of dispatches would leave them, written by the one function that writes events. */
async function fillLog({ installation, companyId }: BenchInstallation, count: number): Promise<void> {
  const { database, keys } = installation;
  const dispatchesAtOnce = 500;
  for (let done = 0; done < count; done += dispatchesAtOnce * eventsPerDispatch) {
    const now = new Date();
    const facts = Array.from({ length: dispatchesAtOnce }, () => newId('dispatch', now)).flatMap((id) =>
      eventsOf(companyId, id, now),
    );
    await asWorker(database, (tx) => record(tx, facts.slice(0, count - done)));
    if (done % 90_000 === 0) await makeCheckpoint(database, keys.log, new Date());
  }
}

function eventsOf(companyId: string, dispatchId: string, at: Date): Fact[] {
  const messageId = newId('message', at);
  return Array.from({ length: eventsPerDispatch }, (_, n) => ({
    type: 'message.accepted',
    companyId,
    dispatchId,
    messageId,
    at,
    actor: 'server',
    data: { attempt: n, host: 'mx.customer.example', code: 250 },
    personal: { reply: '250 2.0.0 taken' },
  }));
}
