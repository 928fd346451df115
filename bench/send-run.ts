import { sql } from 'kysely';
import { getRun, type Progress, readProgress } from '#domain/runs';
import { startWorker } from '#entrypoints/worker';
import { asWorker } from '#stores/database';
import { startSinkProcess } from '../test/servers/index.ts';
import { type BenchInstallation, benchInstallation } from './installation.ts';
import {
  connectSink,
  customers,
  fillDocuments,
  prepareRun,
  sendWithNodemailer,
  untilRun,
} from './mail-load.ts';
import { makePdfs } from './make-pdfs.ts';
import { figure, median, option, rate, rounded } from './measure.ts';

/** Memory of the process may grow by this much between a tenth and the end of a run: buffers of the pool and the collector's mood. */
const mostGrowth = 150 * 2 ** 20;

/**
 * A run over `--documents` different invoices of 500 customers to a local SMTP sink, as the screen makes it: dry run, then one mail
 * per document. Says how fast each part was, beside nodemailer's pooled transport with 1,000 of the same mails before and after it in
 * the same process. Fails when the progress did not tell the truth, when a mail is missing or too many, or when the memory grew.
 */
export async function benchRun(args: readonly string[]): Promise<void> {
  const count = option(args, 'documents', 10_000);
  const bench = await benchInstallation();
  const sink = await startSinkProcess({ keep: 'count' });
  try {
    await connectSink(bench.installation, bench.companyId, sink.port);
    const documentIds = await fillDocuments(bench, count);
    const baseline = (): Promise<number> => baselineRate(sink.port, Math.min(count, 1000));
    await baseline(); // warms up
    const theirs = [await baseline()];
    const worker = await startWorker(bench.worker);
    const { runId, start } = await prepareRun(bench, documentIds);
    const checkedPerSecond = await rate(count, () => untilRun(bench, runId, 'ready'));
    const sentBefore = await sink.count();
    await start();
    const watched = await watch(bench, runId, count);
    const arrived = (await sink.count()) - sentBefore;
    await worker.stop();
    theirs.push(await baseline());
    if (arrived !== count) throw new Error(`The server got ${arrived} mails of ${count}.`);
    figure('send run', {
      documents: count,
      customers,
      checkedPerSecond: rounded(checkedPerSecond),
      ...watched,
      nodemailerPerSecond: rounded(median(theirs)),
      ratio: rounded(watched.sentPerSecond / median(theirs)),
    });
  } finally {
    await sink.close();
    await bench.close();
  }
}

async function baselineRate(port: number, count: number): Promise<number> {
  const files = await makePdfs(count);
  return rate(count, () => sendWithNodemailer(port, files));
}

/** Follows a run to its end, and checks on the way that what it says of itself is true. */
async function watch(bench: BenchInstallation, runId: string, count: number) {
  const started = performance.now();
  let [sent, early] = [0, 0];
  for (;;) {
    const { state, progress, dispatches, unsettled } = await look(bench, runId);
    if (progress.counts.sent !== dispatches) throw new Error('The progress is not what was sent.');
    if (progress.counts.sent < sent) throw new Error('The progress went backwards.');
    sent = progress.counts.sent;
    if (early === 0 && sent > count / 10) early = process.memoryUsage.rss();
    if (state === 'finished' && unsettled === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const seconds = (performance.now() - started) / 1000;
  const atEnd = process.memoryUsage.rss();
  if (sent !== count) throw new Error(`The run ended with ${sent} of ${count} sent.`);
  if (atEnd - early > mostGrowth) throw new Error(`The memory grew by ${atEnd - early} bytes.`);
  return {
    sentPerSecond: rounded(count / seconds),
    rssMegabytesAtATenth: Math.round(early / 2 ** 20),
    rssMegabytesAtTheEnd: Math.round(atEnd / 2 ** 20),
  };
}

interface Look {
  readonly state: string;
  readonly progress: Progress;
  readonly dispatches: number;
  readonly unsettled: number;
}

/** One picture of a run and of what it has made, in one snapshot. */
function look({ installation, companyId }: BenchInstallation, runId: string): Promise<Look> {
  return asWorker(installation.database, async (tx) => {
    await sql`set transaction isolation level repeatable read`.execute(tx);
    const run = await getRun(tx, companyId, runId);
    if (!run) throw new Error('The run is gone.');
    const counted = tx.fn.countAll<number>().as('count');
    const made = await tx.selectFrom('dispatches').select(counted).executeTakeFirstOrThrow();
    const waiting = await tx
      .selectFrom('messages')
      .select('id')
      .where('delivery', 'in', ['queued', 'sending', 'deferred'])
      .limit(1)
      .execute();
    const progress = await readProgress(tx, run, new Date());
    return { state: run.state, progress, dispatches: made.count, unsettled: waiting.length };
  });
}
