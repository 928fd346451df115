import nodemailer from 'nodemailer';
import { type Author, submitDispatch } from '#domain/dispatch';
import { createRun, decideRun, getRun } from '#domain/runs';
import { checkSender, createSender, setDefaultSender } from '#domain/senders';
import { asWorker, inCompany } from '#stores/database';
import type { Installation } from '../src/roof/installation.ts';
import { dkim } from './dkim.ts';
import { addDocuments, type BenchInstallation } from './installation.ts';
import { makePdfs } from './make-pdfs.ts';

export const customers = 500;

/** A relay without a password as the company's own sender. */
export async function connectSink(
  installation: Installation,
  companyId: string,
  port: number,
): Promise<void> {
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

/** Different invoices of 500 customers, in small lots: the files themselves must not fill the memory that is measured. */
export async function fillDocuments(
  { installation, companyId }: BenchInstallation,
  count: number,
): Promise<string[]> {
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
  // Their pages would be drawn whenever no mail is due, which is while the baseline is measured.
  await installation.database.owner.query(`update documents set images = 'ready'`);
  return ids;
}

function authorOf({ ownerId }: Pick<BenchInstallation, 'ownerId'>): Author {
  const user = { id: ownerId, email: 'bench@bench.example', firstName: 'Bench', lastName: 'Mark' };
  return { actor: 'user', id: ownerId, name: 'Bench Mark', user };
}

/** A run as the screen makes it: looked at first, which is not what is measured; the rate counts from the start on. */
export async function prepareRun(
  bench: BenchInstallation,
  documentIds: readonly string[],
): Promise<{ readonly runId: string; start(): Promise<void> }> {
  const { companyId } = bench;
  const { database } = bench.installation;
  const author = authorOf(bench);
  const created = await inCompany(database, companyId, (tx) =>
    createRun(
      tx,
      {
        ...{ companyId, author, documentIds },
        origin: 'manual',
        purpose: 'first',
        grouping: 'document',
        options: { attach: true },
      },
      new Date(),
    ),
  );
  if (!created.ok) throw new Error(created.reason);
  const runId = created.run.id;
  const start = async (): Promise<void> => {
    const which = { companyId, runId, author };
    const started = await inCompany(database, companyId, (tx) => decideRun(tx, which, 'start', new Date()));
    if (!started.ok) throw new Error(started.reason);
  };
  return { runId, start };
}

/** Waits until a run is in a state. */
export async function untilRun(
  { installation, companyId }: BenchInstallation,
  runId: string,
  state: 'ready' | 'finished',
): Promise<void> {
  for (;;) {
    const run = await asWorker(installation.database, (tx) => getRun(tx, companyId, runId));
    if (run?.state === state) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export async function untilSettled({ database }: Installation): Promise<void> {
  while ((await unsettled(database)) > 0) await new Promise((resolve) => setTimeout(resolve, 100));
}

async function unsettled(database: Installation['database']): Promise<number> {
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

/** What is measured; whoever hands it over has done what comes before. */
export type Deed = () => Promise<void>;

/** Sends documents as one run; its dry run is over when this returns. */
export async function sendRun(bench: BenchInstallation, documents: readonly string[]): Promise<Deed> {
  const { runId, start } = await prepareRun(bench, documents);
  await untilRun(bench, runId, 'ready');
  return async () => {
    await start();
    await untilRun(bench, runId, 'finished');
    await untilSettled(bench.installation);
  };
}

/** Sends documents as programs do that know nothing of each other: six requests at a time, each its own transaction. */
export async function sendOneByOne(bench: BenchInstallation, documents: readonly string[]): Promise<Deed> {
  const { installation, companyId } = bench;
  const { database, submit } = installation;
  const author = authorOf(bench);
  const next = documents.values();
  const submitting = async (): Promise<void> => {
    for (const id of next) {
      const request = { companyId, author, origin: 'api' as const, documentIds: [id], attach: true };
      const done = await inCompany(database, companyId, (tx) =>
        submitDispatch(tx, submit, { ...request, copyToSender: false }, new Date()),
      );
      if (!done.ok) throw new Error(JSON.stringify(done));
    }
  };
  return async () => {
    await Promise.all(Array.from({ length: 6 }, submitting));
    await untilSettled(installation);
  };
}

const html = `<p>Dear customer,</p><p>${'Here is your invoice. '.repeat(120)}</p>`;

/** What a program would do without Envoi: build, sign and send. Nothing is archived, recorded or tracked. */
export async function sendWithNodemailer(port: number, files: readonly Buffer[]): Promise<void> {
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port,
    pool: true,
    maxConnections: 10,
    maxMessages: 100,
    ignoreTLS: true,
    dkim: {
      domainName: dkim.domain,
      keySelector: dkim.selector,
      privateKey: dkim.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
  });
  await Promise.all(
    files.map((content, n) =>
      transport.sendMail({
        from: 'invoices@bench.example',
        to: `office@customer${n % customers}.example`,
        subject: `Invoice B-${n}`,
        html,
        text: 'Here is your invoice.',
        attachments: [{ filename: `Invoice B-${n}.pdf`, content }],
      }),
    ),
  );
  transport.close();
}
