import type { Author } from '#domain/dispatch';
import { createRun, getRun, type Progress, readProgress } from '#domain/runs';
import { startWorker } from '#entrypoints/worker';
import { asWorker, inCompany } from '#stores/database';
import { startSinkProcess } from '../test/servers/index.ts';
import { addDocuments, benchInstallation, makePdfs } from './installation.ts';
import { figure, option, rate, rounded } from './measure.ts';
import { connect, sendWithNodemailer } from './send.ts';

const customers = 500;

/**
 * A run over `--documents` different invoices of 500 customers to a local SMTP sink, as the screen makes it: dry run, then one mail
 * per document. Says how fast each part was, beside nodemailer's pooled transport with 1,000 of the same mails in the same process,
 * how the memory grew from the first tenth to the end, and whether the progress told the truth.
 */
export async function benchRun(args: readonly string[]): Promise<void> {
  const count = option(args, 'documents', 10_000);
  const bench = await benchInstallation();
  const sink = await startSinkProcess({ keep: 'count' });
  const { installation, companyId, ownerId } = bench;
  try {
    await connect(installation, companyId, sink.port);
    const documentIds = await fill(bench, count);
    const some = await makePdfs(Math.min(count, 1000));
    const theirs = await rate(some.length, () => sendWithNodemailer(sink.port, some));
    const worker = await startWorker(installation);
    const user = { id: ownerId, email: 'bench@bench.example', firstName: 'Bench', lastName: 'Mark' };
    const author: Author = { actor: 'user', id: ownerId, name: 'Bench Mark', user };
    const created = await inCompany(installation.database, companyId, (tx) =>
      createRun(
        tx,
        {
          ...{ companyId, author, documentIds },
          origin: 'manual',
          purpose: 'first',
          grouping: 'document',
          startsItself: true,
          options: { attach: true },
        },
        new Date(),
      ),
    );
    if (!created.ok) throw new Error(created.reason);
    figure('send run', {
      documents: count,
      customers,
      ...(await watch(bench, created.run.id, count)),
      nodemailerPerSecond: rounded(theirs),
    });
    await worker.stop();
  } finally {
    await sink.close();
    await bench.close();
  }
}

type Bench = Awaited<ReturnType<typeof benchInstallation>>;

/** In small lots: the files themselves must not fill the memory that is measured. */
async function fill({ installation, companyId }: Bench, count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) {
    const from = ids.length;
    const pdfs = await makePdfs(Math.min(200, count - from));
    const facts = (n: number) => ({
      number: `R-${from + n}`,
      buyerName: `Customer ${(from + n) % customers}`,
      buyerVatId: null,
      buyerEmails: [`office@customer${(from + n) % customers}.example`],
    });
    ids.push(...(await addDocuments(installation, companyId, pdfs, facts)));
  }
  return ids;
}

async function watch({ installation, companyId }: Bench, runId: string, count: number) {
  const started = performance.now();
  const seen: Progress[] = [];
  let [checkedAt, early] = [0, 0];
  for (;;) {
    const { run, progress, unsettled } = await look(installation, companyId, runId);
    const last = seen.at(-1);
    if (last && progress.counts.sent < last.counts.sent) throw new Error('The progress went backwards.');
    seen.push(progress);
    if (checkedAt === 0 && progress.counts.unchecked === 0) checkedAt = performance.now();
    if (early === 0 && progress.counts.sent > count / 10) early = process.memoryUsage.rss();
    if (run.state === 'finished' && unsettled === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const end = performance.now();
  const delivered = await asWorker(installation.database, (tx) =>
    tx.selectFrom('messages').select('id').where('delivery', '=', 'handed_off').execute(),
  );
  return {
    checkedPerSecond: rounded((count * 1000) / (checkedAt - started)),
    sentPerSecond: rounded((count * 1000) / (end - checkedAt)),
    rssMegabytesAtATenth: Math.round(early / 2 ** 20),
    rssMegabytesAtTheEnd: Math.round(process.memoryUsage.rss() / 2 ** 20),
    progressIsTrue: seen.at(-1)?.counts.sent === delivered.length && delivered.length === count,
  };
}

function look({ database }: Bench['installation'], companyId: string, runId: string) {
  return asWorker(database, async (tx) => {
    const run = await getRun(tx, companyId, runId);
    if (!run) throw new Error('The run is gone.');
    const waiting = await tx
      .selectFrom('messages')
      .select('id')
      .where('delivery', 'in', ['queued', 'sending', 'deferred'])
      .limit(1)
      .execute();
    return { run, progress: await readProgress(tx, run, new Date()), unsettled: waiting.length };
  });
}
