import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import PDFDocument from 'pdfkit';
import { changeDocumentWithCustomer, receiveDocumentWithCustomer } from '#domain/customers';
import { changeDocument, type Document } from '#domain/documents';
import { type Letter, leaseMessages } from '#domain/outbox';
import { inspectPdf } from '#formats/pdf';
import { inCompany } from '#stores/database';
import { plainPdf } from '../../../test/fixtures/documents.ts';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { createRun, decideRun, type JoinPdfs, listLines, sendRunsAnew, workRuns } from './index.ts';

let installation: TestInstallation;
const now = new Date('2026-11-20T09:00:00Z');

before(async () => {
  installation = await testInstallation({ clock: () => now });
});
after(() => installation.close());

const inOwn = <T>(work: Parameters<typeof inCompany<never, T>>[2]): Promise<T> =>
  inCompany(installation.database as never, installation.companyId, work);

let count = 0;

/** A plain PDF with the facts that a person would add. */
async function plainInvoice(buyerName: string, bytes?: Buffer): Promise<Document> {
  count += 1;
  const number = `P-${count}`;
  const { companyId, author, database, files, limits } = installation;
  const by = { actor: 'user', id: author.id } as const;
  const made = bytes ?? (await plainPdf({ number }));
  const upload = { companyId, by, fileName: `${number}.pdf`, bytes: made };
  const received = await receiveDocumentWithCustomer({ database, files, limits }, upload, now);
  assert.ok(received.ok, JSON.stringify(received));
  const facts = { kind: 'invoice', number, issueDate: '2026-10-01', dueDate: '2026-11-01', total: '100.00' };
  const customer = { name: buyerName, emails: [`office@${buyerName.replace(' ', '-')}.example`] };
  const money = { currency: 'EUR', customer };
  const which = { companyId, documentId: received.document.id, by };
  const changed = await inOwn((tx) =>
    changeDocumentWithCustomer(tx, which, { ...facts, ...money } as never, now),
  );
  assert.ok(changed.ok, JSON.stringify(changed));
  return changed.document;
}

async function checked(documents: readonly Document[], joinPdfs: JoinPdfs, isReminder = false) {
  const { companyId, author } = installation;
  const created = await inOwn((tx) =>
    createRun(
      tx,
      {
        ...{ companyId, author, origin: 'manual', grouping: 'customer' },
        purpose: isReminder ? 'reminder' : 'first',
        documentIds: documents.map((one) => one.id),
        options: {
          ...{ joinPdfs, attach: true },
          ...(isReminder ? { condition: { unpaid: true, bankDays: null } } : {}),
        },
      },
      now,
    ),
  );
  assert.ok(created.ok);
  while (await workRuns(installation));
  const which = { companyId, runId: created.run.id };
  const lines = await inOwn((tx) => listLines(tx, which, { after: -1, limit: 100 }));
  return { runId: created.run.id, line: lines[0] ?? assert.fail() };
}

async function start(runId: string): Promise<void> {
  const { companyId, author } = installation;
  await inOwn((tx) => decideRun(tx, { companyId, runId, author }, 'start', now));
  while (await workRuns(installation));
}

const leave = async (): Promise<Letter> =>
  (await leaseMessages(installation.outbox, 100, []))[0]?.letter ?? assert.fail('nothing left');

/** The PDFs of a letter: their names, and how many pages the joined one has. */
async function filesOf(letter: Letter) {
  const [first] = letter.attachments;
  const bytes = await installation.files.get(installation.companyId, first?.sha256 ?? '');
  const read = await inspectPdf(bytes ?? assert.fail());
  assert.ok(read.ok);
  return { names: letter.attachments.map((one) => one.fileName), pages: read.pages, text: read.text };
}

test('the documents of one mail become one PDF; the dry run says so', async () => {
  const invoices = [await plainInvoice('Haus A'), await plainInvoice('Haus A'), await plainInvoice('Haus A')];
  const { runId, line } = await checked(invoices, 'plain');
  assert.deepEqual([line.state, line.draft?.attachments, line.choice.joined?.apart], ['ready', 1, []]);
  await start(runId);
  const { names, pages } = await filesOf(await leave());
  assert.deepEqual([names, pages], [['Documents 2026-11-20.pdf'], 3]);
});

test('what carries data stays a file of its own and says so, unless everything is to be joined', async () => {
  const make = () => installation.addInvoice({ buyerName: 'Haus B', buyerEmail: 'office@Haus-B.example' });
  const data = await make();
  const plain = [await plainInvoice('Haus B'), await plainInvoice('Haus B')];
  const careful = await checked([data, ...plain], 'plain');
  assert.deepEqual(careful.line.choice.joined?.apart, [{ documentId: data.id, reason: 'carries_files' }]);
  assert.equal(careful.line.draft?.attachments, 2);
  await start(careful.runId);
  const first = await filesOf(await leave());
  assert.deepEqual([first.names.length, first.pages], [2, 2]);
  const all = await checked([await make(), await plainInvoice('Haus B')], 'all');
  await start(all.runId);
  const second = await filesOf(await leave());
  assert.deepEqual([second.names.length, second.pages], [1, 2]);
});

test('where fewer than two can be joined, each goes by itself', async () => {
  const make = () => installation.addInvoice({ buyerName: 'Haus C', buyerEmail: 'office@Haus-C.example' });
  const { runId, line } = await checked([await make(), await make()], 'plain');
  assert.deepEqual([line.choice.joined?.fileId, line.draft?.attachments], [null, 2]);
  await start(runId);
  assert.equal((await leave()).attachments.length, 2);
});

test('a payment in the last second has the file made anew without the paid one', async () => {
  const [paid, ...open] = [
    await plainInvoice('Haus D'),
    await plainInvoice('Haus D'),
    await plainInvoice('Haus D'),
  ];
  const { runId } = await checked([paid, ...open] as Document[], 'plain', true);
  await start(runId);
  const { companyId } = installation;
  const which = { companyId, documentId: paid?.id ?? '', by: { actor: 'user', id: 'x' } } as const;
  await inOwn((tx) => changeDocument(tx, which, { paid: { on: '2026-11-20' } }, now));
  assert.deepEqual(await leaseMessages(installation.outbox, 100, []), []);
  await sendRunsAnew(installation);
  const { names, pages, text } = await filesOf(await leave());
  assert.deepEqual([names.length, pages], [1, 2]);
  assert.doesNotMatch(text, new RegExp(`${paid?.number}\\b`));
});

/** Everybody can read it; changing it takes a password. */
function protectedPdf(): Promise<Buffer> {
  const document = new PDFDocument({ ownerPassword: 'secret' });
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  document.text('protected');
  document.end();
  return new Promise((resolve) => document.on('end', () => resolve(Buffer.concat(parts))));
}

test('a protected one goes as a file of its own, with the reason in the line', async () => {
  const locked = await plainInvoice('Haus E', await protectedPdf());
  const { runId, line } = await checked(
    [await plainInvoice('Haus E'), locked, await plainInvoice('Haus E')],
    'all',
  );
  assert.deepEqual(line.choice.joined?.apart, [{ documentId: locked.id, reason: 'encrypted' }]);
  await start(runId);
  const { names, pages } = await filesOf(await leave());
  assert.deepEqual([names.length, pages], [2, 2]);
});
