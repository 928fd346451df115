import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { changeCompany } from '#domain/accounts';
import { changeDocument } from '#domain/documents';
import { getLetters } from '#domain/outbox';
import { inspectPdf } from '#formats/pdf';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { createRun, decideRun, drawLetter, workRuns } from './index.ts';

let installation: TestInstallation;
const now = new Date('2026-11-20T09:00:00Z');
before(async () => {
  installation = await testInstallation({ clock: () => now });
});
after(() => installation.close());

const inOwn = <T>(work: Parameters<typeof inCompany<never, T>>[2]): Promise<T> =>
  inCompany(installation.database as never, installation.companyId, work);

test('the letter goes along, lists what is open when it leaves, and not what was paid in between', async () => {
  const facts = { buyerName: 'Galerie Oost', buyerEmail: 'office@oost.example', dueDate: '2026-11-01' };
  const invoices = [await installation.addInvoice(facts), await installation.addInvoice(facts)];
  const { companyId, author } = installation;
  const created = await inOwn((tx) =>
    createRun(
      tx,
      {
        companyId,
        author,
        origin: 'manual',
        purpose: 'reminder',
        grouping: 'customer',
        documentIds: invoices.map((one) => one.id),
        options: { letter: true, condition: { unpaid: true, bankDays: null } },
      },
      now,
    ),
  );
  assert.ok(created.ok);
  while (await workRuns(installation));
  const [paid, open] = invoices;
  await inOwn((tx) =>
    changeDocument(
      tx,
      { companyId, documentId: paid?.id ?? '', by: { actor: 'user', id: 'x' } },
      { paid: { on: '2026-11-20' } },
      now,
    ),
  );
  await inOwn((tx) => decideRun(tx, { companyId, runId: created.run.id, author }, 'start', now));
  while (await workRuns(installation));
  const letters = await asWorker(installation.database, async (tx) => {
    const rows = await tx.selectFrom('letters').select('id').execute();
    return getLetters(
      tx,
      rows.map((row) => row.id),
    );
  });
  const attached = letters.flatMap((letter) => letter.attachments);
  const list = attached.find((file) => file.fileName.startsWith('Open items'));
  assert.ok(list, JSON.stringify(attached));
  const bytes = await installation.files.get(companyId, list.sha256);
  const read = await inspectPdf(bytes ?? assert.fail(), { maxPages: 10, timeLimitMs: 15_000 } as never);
  assert.ok(read.ok);
  assert.match(read.text, new RegExp(open?.number ?? ''));
  assert.doesNotMatch(read.text, new RegExp(paid?.number ?? ''));
});

test('the letter says how to pay all of it: by the account with its code, or by a Swiss QR-bill', async () => {
  const { companyId } = installation;
  const invoice = await installation.addInvoice({ buyerName: 'Galerie Oost', dueDate: '2026-11-01' });
  const textWith = async (change: Parameters<typeof changeCompany>[2]): Promise<string> => {
    await inOwn((tx) => changeCompany(tx, companyId, change, now));
    const line = { draft: null, customerName: 'Galerie Oost' };
    const drawn = await drawLetter(installation, { companyId, line, documentIds: [invoice.id] }, now);
    const read = await inspectPdf(drawn?.bytes ?? assert.fail());
    assert.ok(read.ok);
    return read.text;
  };
  assert.match(await textWith({}), /account named on each document/);
  const sepa = await textWith({ iban: 'BE68539007547034', accountHolder: 'Vautrin SRL' });
  assert.match(sepa, /BE68 5390 0754 7034/);
  assert.match(sepa, /Vautrin SRL/);
  assert.match(sepa, /Scan with your banking app/);
  const swiss = { iban: 'CH5800791123000889012', address: 'Rue du Lac 1268\n2501 Biel', country: 'CH' };
  assert.match(await textWith(swiss), /Payment part/);
});
