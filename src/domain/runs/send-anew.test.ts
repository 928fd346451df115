import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getDispatches } from '#domain/dispatch';
import { changeDocument, type Document } from '#domain/documents';
import { readEvents, sequence } from '#domain/evidence';
import { getLetters, leaseMessages, releaseMessage } from '#domain/outbox';
import { inspectPdf } from '#formats/pdf';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { createRun, decideRun, listLines, type NewRun, sendRunsAnew, workRuns } from './index.ts';

let installation: TestInstallation;
const now = new Date('2026-11-20T09:00:00Z');

before(async () => {
  installation = await testInstallation({ clock: () => now });
});
after(() => installation.close());

const inOwn = <T>(work: Parameters<typeof inCompany<never, T>>[2]): Promise<T> =>
  inCompany(installation.database as never, installation.companyId, work);

/** Invoices of one customer, who has had each of them. */
async function invoicesOf(name: string, count: number): Promise<Document[]> {
  const made: Document[] = [];
  for (let n = 0; n < count; n += 1) {
    const facts = { buyerName: name, buyerEmail: `office@${name}.example`, dueDate: '2026-11-01' };
    const invoice = await installation.addInvoice(facts);
    await installation.send(invoice);
    made.push(invoice);
  }
  await lease();
  return made;
}

const lease = async () => (await leaseMessages(installation.outbox, 100, [])).map((one) => one.letter);

const change = (document: Document | undefined, edit: Parameters<typeof changeDocument>[2]) =>
  inOwn((tx) =>
    changeDocument(
      tx,
      { companyId: installation.companyId, documentId: document?.id ?? '', by: { actor: 'user', id: 'x' } },
      edit,
      now,
    ),
  );
const pay = (document: Document | undefined) => change(document, { paid: { on: '2026-11-20' } });

/** A run of which every mail is submitted and none has left. */
async function submitted(invoices: readonly Document[], more: Partial<NewRun> = {}): Promise<string> {
  const { companyId, author } = installation;
  const created = await inOwn((tx) =>
    createRun(
      tx,
      {
        ...{ companyId, author, origin: 'manual', purpose: 'reminder', grouping: 'customer' },
        documentIds: invoices.map((one) => one.id),
        options: { condition: { unpaid: true, bankDays: null }, attach: true },
        ...more,
      },
      now,
    ),
  );
  assert.ok(created.ok);
  while (await workRuns(installation));
  await inOwn((tx) => decideRun(tx, { companyId, runId: created.run.id, author }, 'start', now));
  while (await workRuns(installation));
  return created.run.id;
}

const linesOf = (runId: string) =>
  inOwn((tx) => listLines(tx, { companyId: installation.companyId, runId }, { after: -1, limit: 100 }));
const dispatchesOf = (document: Document | undefined) =>
  asWorker(installation.database, (tx) =>
    getDispatches(tx, installation.companyId, { documentIds: [document?.id ?? ''] }),
  );
const messagesOf = (document: Document | undefined) =>
  dispatchesOf(document).then(([newest]) => installation.messages(newest?.id ?? ''));

test('a grouped mail of which one document is paid in the last second goes out anew without it, once', async () => {
  const [paid, ...open] = await invoicesOf('oost', 3);
  const runId = await submitted([paid as Document, ...open]);
  const [former] = await dispatchesOf(paid);
  await pay(paid);
  assert.deepEqual(await lease(), []);
  await Promise.all([sendRunsAnew(installation), sendRunsAnew(installation)]);
  await sendRunsAnew(installation);
  const [letter, ...others] = await lease();
  assert.ok(letter);
  assert.equal(others.length, 0);
  for (const one of open) assert.match(letter.text, new RegExp(one.number ?? 'none'));
  for (const text of [letter.text, letter.html, letter.subject])
    assert.doesNotMatch(text, new RegExp(paid?.number ?? ''));
  assert.equal(letter.attachments.length, 2);
  assert.deepEqual(
    letter.to.map((one) => one.address),
    ['office@oost.example'],
  );
  const [line] = await linesOf(runId);
  assert.deepEqual(line?.leftOut, [{ documentId: paid?.id, reason: 'paid' }]);
  assert.deepEqual([line?.state, line?.dispatchId], ['sent', letter.dispatchId]);
  // What was promised stays written as it was, and says what came instead.
  const old = (await dispatchesOf(paid)).find((one) => one.id === former?.id);
  assert.ok(old?.canceledAt);
  assert.deepEqual(
    (await installation.messages(old.id)).map((one) => [one.delivery, one.detail]),
    [['canceled', 'sent_anew']],
  );
  await sequence(installation.database);
  const events = await asWorker(installation.database, (tx) =>
    readEvents(tx, { kind: 'dispatch', id: old.id, limit: 100 }),
  );
  const anew = events.find((event) => event.type === 'dispatch.sent_anew');
  assert.deepEqual(anew?.data, { dispatch: letter.dispatchId, left: [{ id: paid?.id, reason: 'paid' }] });
});

test('a grouped mail of which every document is paid stays canceled, and nothing goes out instead', async () => {
  const invoices = await invoicesOf('west', 2);
  await submitted(invoices);
  for (const one of invoices) await pay(one);
  assert.deepEqual(await lease(), []);
  await sendRunsAnew(installation);
  assert.deepEqual(await lease(), []);
  const [message] = await messagesOf(invoices[0]);
  assert.deepEqual([message?.delivery, message?.detail], ['canceled', 'paid']);
});

test('what is paid while the mail is written anew is left out too, to the last one', async () => {
  const [first, second, third] = await invoicesOf('noord', 3);
  const runId = await submitted([first, second, third] as Document[]);
  await pay(first);
  await lease();
  await sendRunsAnew(installation);
  await pay(second);
  assert.deepEqual(await lease(), []);
  await sendRunsAnew(installation);
  const [letter] = await lease();
  assert.match(letter?.text ?? '', new RegExp(third?.number ?? 'none'));
  assert.deepEqual(
    (await linesOf(runId))[0]?.leftOut.map((one) => one.documentId),
    [first?.id, second?.id],
  );
  // And where the last ones are paid before it is written: nothing.
  const late = await invoicesOf('laat', 2);
  const lateRun = await submitted(late);
  await pay(late[0]);
  await lease();
  await pay(late[1]);
  await sendRunsAnew(installation);
  assert.deepEqual(await lease(), []);
  const [line] = await linesOf(lateRun);
  assert.deepEqual([line?.state, line?.problems[0]?.value], ['skipped', 'paid']);
});

test('one mail per document: the paid one is canceled, the others go', async () => {
  const [paid, open] = await invoicesOf('zuid', 2);
  await submitted([paid, open] as Document[], { grouping: 'document' });
  await pay(paid);
  const letters = await lease();
  await sendRunsAnew(installation);
  assert.deepEqual(await lease(), []);
  assert.equal(letters.length, 1);
  assert.match(letters[0]?.text ?? '', new RegExp(open?.number ?? 'none'));
  const [message] = await messagesOf(paid);
  assert.deepEqual([message?.delivery, message?.detail], ['canceled', 'paid']);
});

test('a first mail asks for nothing that a payment would end: it goes out, grouped or one by one', async () => {
  for (const grouping of ['customer', 'document'] as const) {
    const facts = { buyerName: `first ${grouping}`, buyerEmail: `office@${grouping}.example` };
    const invoices = [await installation.addInvoice(facts), await installation.addInvoice(facts)];
    await submitted(invoices, { grouping, purpose: 'first', options: {} });
    await pay(invoices[0]);
    assert.equal((await lease()).length, grouping === 'customer' ? 1 : 2);
  }
});

test('a disputed document stays behind and the others go; where all wait for a person, the mail is held', async () => {
  const [disputed, open] = await invoicesOf('streit', 2);
  const runId = await submitted([disputed, open] as Document[]);
  await change(disputed, { disputed: true });
  await lease();
  await sendRunsAnew(installation);
  assert.equal((await lease()).length, 1);
  assert.deepEqual((await linesOf(runId))[0]?.leftOut, [{ documentId: disputed?.id, reason: 'disputed' }]);
  const both = await invoicesOf('beide', 2);
  await submitted(both);
  await pay(both[0]);
  await change(both[1], { disputed: true });
  assert.deepEqual(await lease(), []);
  const [message] = await messagesOf(both[1]);
  assert.deepEqual([message?.delivery, message?.detail], ['held', 'disputed']);
});

test('the list that goes along is drawn anew', async () => {
  const [paid, open] = await invoicesOf('liste', 2);
  const options = { letter: true, condition: { unpaid: true, bankDays: null } } as const;
  await submitted([paid, open] as Document[], { options });
  await pay(paid);
  await lease();
  await sendRunsAnew(installation);
  const [letter] = await lease();
  const list = letter?.attachments.find((file) => file.fileName.startsWith('Open items'));
  const bytes = await installation.files.get(installation.companyId, list?.sha256 ?? '');
  const read = await inspectPdf(bytes ?? assert.fail(), { maxPages: 10, timeLimitMs: 15_000 } as never);
  assert.ok(read.ok);
  assert.match(read.text, new RegExp(open?.number ?? 'none'));
  assert.doesNotMatch(read.text, new RegExp(paid?.number ?? ''));
});

test('what cannot be sent anew waits for a person, and goes when he says so', async () => {
  const [paid, open] = await invoicesOf('kaputt', 2);
  await submitted([paid, open] as Document[]);
  await pay(paid);
  await lease();
  const { owner } = installation.database;
  await owner.query(`update senders set deleted_at = now()`);
  await sendRunsAnew(installation);
  await owner.query(`update senders set deleted_at = null`);
  const [held] = await messagesOf(open);
  assert.deepEqual([held?.delivery, held?.detail], ['held', 'cannot_compose']);
  const { companyId, author } = installation;
  const by = { actor: 'user', id: author.id } as const;
  const which = { companyId, messageId: held?.id ?? '', reason: 'the sender is back', by };
  assert.ok((await inOwn((tx) => releaseMessage(tx, which, now))).ok);
  assert.deepEqual(await lease(), []);
  await sendRunsAnew(installation);
  const [letter] = await lease();
  assert.match(letter?.text ?? '', new RegExp(open?.number ?? 'none'));
  assert.doesNotMatch(letter?.text ?? '', new RegExp(paid?.number ?? ''));
});

test('a letter is never changed: what was written for three is still there for three', async () => {
  const [paid, open] = await invoicesOf('brief', 2);
  await submitted([paid, open] as Document[]);
  const [dispatch] = await dispatchesOf(paid);
  const letterId = dispatch?.letterId ?? '';
  const read = () => asWorker(installation.database, (tx) => getLetters(tx, [letterId]));
  const before = await read();
  await pay(paid);
  await lease();
  await sendRunsAnew(installation);
  assert.deepEqual(await read(), before);
});
