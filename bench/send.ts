import nodemailer from 'nodemailer';
import { type Author, submitDispatch } from '#domain/dispatch';
import { checkSender, createSender, setDefaultSender } from '#domain/senders';
import { startWorker } from '#entrypoints/worker';
import { asWorker, inCompany } from '#stores/database';
import type { Installation } from '../src/roof/installation.ts';
import { startSinkProcess } from '../test/servers/index.ts';
import { addDocuments, benchInstallation, makePdfs } from './installation.ts';
import { figure, median, option, rate, rounded } from './measure.ts';

/**
 * A run of different invoices of 75 kB to a local SMTP sink: submitted, composed, archived, tracked, each dot and answer recorded.
 * Baseline, in turns with it: nodemailer's pooled transport building and sending the same text and file. `--count` messages a round.
 */
export async function benchSend(args: readonly string[]): Promise<void> {
  const count = option(args, 'count', 1000);
  const rounds = option(args, 'rounds', 5);
  const bench = await benchInstallation();
  const sink = await startSinkProcess({ keep: 'count' });
  const { installation, companyId } = bench;
  try {
    await connect(installation, companyId, sink.port);
    const pdfs = await makePdfs(count * rounds);
    const documents = await addDocuments(installation, companyId, pdfs);
    const worker = await startWorker(installation);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const part = documents.slice(round * count, (round + 1) * count);
      const files = pdfs.slice(round * count, (round + 1) * count);
      theirs.push(await rate(count, () => sendWithNodemailer(sink.port, files)));
      ours.push(await rate(count, () => sendWithEnvoi(bench, part)));
    }
    figure('send', {
      messages: count,
      rounds,
      envoiPerSecond: rounded(median(ours)),
      nodemailerPerSecond: rounded(median(theirs)),
      ratio: rounded(median(ours.map((one, n) => one / (theirs[n] ?? Number.NaN)))),
      rssMegabytes: Math.round(process.memoryUsage.rss() / 2 ** 20),
    });
    await worker.stop();
  } finally {
    await sink.close();
    await bench.close();
  }
}

export async function connect(installation: Installation, companyId: string, port: number): Promise<void> {
  const { database, senders } = installation;
  const settings = { host: '127.0.0.1', port, security: 'none' as const, user: null, maxConnections: 10 };
  const made = await inCompany(database, companyId, (tx) =>
    createSender(
      tx,
      senders,
      { companyId, method: 'smtp', address: 'invoices@bench.example', settings },
      'user',
      new Date(),
    ),
  );
  if (!made.ok) throw new Error(made.reason);
  const which = { companyId, senderId: made.sender.id };
  await checkSender(senders, { ...which, actor: 'user' });
  await inCompany(database, companyId, (tx) => setDefaultSender(tx, which, 'user', new Date()));
}

async function sendWithEnvoi(
  bench: Awaited<ReturnType<typeof benchInstallation>>,
  documents: readonly string[],
): Promise<void> {
  const { installation, companyId, ownerId } = bench;
  const { database, submit } = installation;
  const user = { id: ownerId, email: 'bench@bench.example', firstName: 'Bench', lastName: 'Mark' };
  const author: Author = { actor: 'user', id: ownerId, name: 'Bench Mark', user };
  const next = documents.entries();
  const submitting = async (): Promise<void> => {
    for (const [n, id] of next) {
      const request = {
        companyId,
        author,
        origin: 'api' as const,
        documentIds: [id],
        to: [`customer${n}@customer.example`],
        copyToSender: false,
      };
      const done = await inCompany(database, companyId, (tx) =>
        submitDispatch(tx, submit, { ...request, attach: true }, new Date()),
      );
      if (!done.ok) throw new Error(JSON.stringify(done));
    }
  };
  await Promise.all(Array.from({ length: 6 }, submitting));
  while ((await unsettled(installation)) > 0) await new Promise((resolve) => setTimeout(resolve, 10));
}

async function unsettled({ database }: Installation): Promise<number> {
  const rows = await asWorker(database, (tx) =>
    tx
      .selectFrom('messages')
      .select('id')
      .where('delivery', 'in', ['queued', 'sending', 'deferred'])
      .limit(1)
      .execute(),
  );
  return rows.length;
}

const html = `<p>Dear customer,</p><p>${'Here is your invoice. '.repeat(120)}</p>`;

/** What a program would do without Envoi. Nothing is archived, recorded or tracked. */
export async function sendWithNodemailer(port: number, files: readonly Buffer[]): Promise<void> {
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port,
    pool: true,
    maxConnections: 10,
    maxMessages: 100,
    ignoreTLS: true,
  });
  await Promise.all(
    files.map((content, n) =>
      transport.sendMail({
        from: 'invoices@bench.example',
        to: `customer${n}@customer.example`,
        subject: `Invoice B-${n}`,
        html,
        text: 'Here is your invoice.',
        attachments: [{ filename: `Invoice B-${n}.pdf`, content }],
      }),
    ),
  );
  transport.close();
}
