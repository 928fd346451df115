import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type DispatchRequest, getDispatches, prepareDispatch, submitDispatch } from '#domain/dispatch';
import { changeDocument, type Document } from '#domain/documents';
import { leaseMessages, releaseMessage } from '#domain/outbox';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { sendRunsAnew } from './index.ts';

let installation: TestInstallation;
const now = new Date('2026-11-20T09:00:00Z');

before(async () => {
  installation = await testInstallation({ clock: () => now });
});
after(() => installation.close());

const inOwn = <T>(work: Parameters<typeof inCompany<never, T>>[2]): Promise<T> =>
  inCompany(installation.database as never, installation.companyId, work);
const lease = async () => (await leaseMessages(installation.outbox, 100, [])).map((one) => one.letter);

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

const change = async (document: Document | undefined, edit: Parameters<typeof changeDocument>[2]) => {
  const which = { companyId: installation.companyId, documentId: document?.id ?? '' };
  const changed = await inOwn((tx) =>
    changeDocument(tx, { ...which, by: { actor: 'user', id: 'x' } }, edit, now),
  );
  assert.ok(changed.ok, JSON.stringify(changed));
};
const pay = (document: Document | undefined) => change(document, { paid: { on: '2026-11-20' } });

const requestFor = (
  documents: readonly Document[],
  more: Partial<DispatchRequest> = {},
): DispatchRequest => ({
  companyId: installation.companyId,
  author: installation.author,
  origin: 'manual',
  documentIds: documents.map((one) => one.id),
  purpose: 'reminder',
  undoSeconds: 0,
  copyToSender: false,
  ...more,
});
const remind = (documents: readonly Document[], more: Partial<DispatchRequest> = {}) =>
  inOwn((tx) => submitDispatch(tx, installation.submit, requestFor(documents, more), now));
/** The messages of the newest dispatch about a document, with what became of each. */
async function endOf(document: Document | undefined) {
  const [newest] = await asWorker(installation.database, (tx) =>
    getDispatches(tx, installation.companyId, { documentIds: [document?.id ?? ''] }),
  );
  return installation.messages(newest?.id ?? '');
}
const program = () => ({ ...installation.author, actor: 'program', id: 'key_1', name: 'erp' }) as const;

describe('a reminder that no run sends', () => {
  test('is not sent to somebody who has paid in the last second', async () => {
    const [invoice] = await invoicesOf('solo', 1);
    assert.ok((await remind([invoice as Document])).ok);
    await pay(invoice);
    assert.deepEqual(await lease(), []);
    const [message] = await endOf(invoice);
    assert.deepEqual([message?.delivery, message?.detail], ['canceled', 'paid']);
  });

  for (const by of ['person', 'program'] as const)
    test(`of a ${by} about three documents of which one is paid goes out anew without it, once`, async () => {
      const [paid, ...open] = await invoicesOf(`drie-${by}`, 3);
      const more = by === 'program' ? { author: program(), origin: 'api' as const } : {};
      assert.ok((await remind([paid as Document, ...open], { ...more, attach: true })).ok);
      await pay(paid);
      assert.deepEqual(await lease(), []);
      await Promise.all([sendRunsAnew(installation), sendRunsAnew(installation)]);
      const [letter, ...others] = await lease();
      assert.ok(letter);
      assert.equal(others.length, 0);
      for (const one of open) assert.match(letter.text, new RegExp(one.number ?? 'none'));
      for (const text of [letter.text, letter.html, letter.subject])
        assert.doesNotMatch(text, new RegExp(paid?.number ?? ''));
      assert.equal(letter.attachments.length, 2);
      assert.deepEqual(
        (await endOf(paid))
          .map((one) => [one.role, one.delivery, one.detail])
          .filter(([role]) => role === 'to'),
        [['to', 'canceled', 'sent_anew']],
      );
    });

  test('is looked at again when it has been written anew', async () => {
    const [first, second, third] = await invoicesOf('weer', 3);
    assert.ok((await remind([first, second, third] as Document[])).ok);
    await pay(first);
    await lease();
    await sendRunsAnew(installation);
    await pay(second);
    assert.deepEqual(await lease(), []);
    await sendRunsAnew(installation);
    const [letter] = await lease();
    assert.match(letter?.text ?? '', new RegExp(third?.number ?? 'none'));
    assert.doesNotMatch(letter?.text ?? '', new RegExp(second?.number ?? ''));
  });

  test('of which every document is paid stays canceled', async () => {
    const both = await invoicesOf('alles', 2);
    assert.ok((await remind(both)).ok);
    await pay(both[0]);
    await lease();
    await pay(both[1]);
    await sendRunsAnew(installation);
    assert.deepEqual(await lease(), []);
    const [message] = await endOf(both[1]);
    assert.deepEqual([message?.delivery, message?.detail], ['canceled', 'paid']);
  });

  test('with words of its own waits for a person, and goes with them when he says so', async () => {
    const [paid, open] = await invoicesOf('eigen', 2);
    assert.ok((await remind([paid, open] as Document[], { text: 'These two, please.' })).ok);
    await pay(paid);
    await lease();
    await sendRunsAnew(installation);
    assert.deepEqual(await lease(), []);
    const [held] = await endOf(open);
    assert.deepEqual([held?.delivery, held?.detail], ['held', 'own_words']);
    const by = { actor: 'user', id: installation.author.id } as const;
    const which = { companyId: installation.companyId, messageId: held?.id ?? '', reason: 'it fits', by };
    assert.ok((await inOwn((tx) => releaseMessage(tx, which, now))).ok);
    assert.deepEqual(await lease(), []);
    await sendRunsAnew(installation);
    const [letter] = await lease();
    assert.match(letter?.text ?? '', /These two, please/);
    assert.doesNotMatch(letter?.text ?? '', new RegExp(paid?.number ?? ''));
  });

  test('of a document that is disputed meanwhile waits for a person', async () => {
    const [invoice] = await invoicesOf('ruzie', 1);
    assert.ok((await remind([invoice as Document])).ok);
    await change(invoice, { disputed: true });
    assert.deepEqual(await lease(), []);
    const [message] = await endOf(invoice);
    assert.deepEqual([message?.delivery, message?.detail], ['held', 'disputed']);
  });

  test('goes out despite what was so when it was asked for, which the person is told; not despite what is new', async () => {
    const [invoice] = await invoicesOf('toch', 1);
    await change(invoice, { disputed: true });
    const draft = await inOwn((tx) => prepareDispatch(tx, requestFor([invoice as Document]), now));
    assert.deepEqual(
      draft?.warnings.filter((one) => one.kind === 'asks_despite'),
      [{ kind: 'asks_despite', reason: 'disputed' }],
    );
    assert.ok((await remind([invoice as Document])).ok);
    assert.equal((await lease()).length, 1);
    assert.ok((await remind([invoice as Document])).ok);
    await pay(invoice);
    assert.deepEqual(await lease(), []);
  });

  test('of what is paid already is refused, and says which', async () => {
    const [paid, open] = await invoicesOf('klaar', 2);
    await pay(paid);
    const refused = await remind([paid, open] as Document[]);
    assert.deepEqual(refused, {
      ok: false,
      reason: 'invalid',
      problems: [{ path: 'documentId', reason: 'reminder_settled', value: paid?.number }],
    });
    assert.ok((await remind([paid as Document], { purpose: 'first' })).ok);
  });
});
