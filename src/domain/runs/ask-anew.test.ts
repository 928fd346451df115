import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type DispatchRequest, getDispatches, submitDispatch } from '#domain/dispatch';
import { changeDocument, type Document } from '#domain/documents';
import { leaseMessages, type Message } from '#domain/outbox';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { askAnew, sendRunsAnew } from './index.ts';

let installation: TestInstallation;
const now = new Date('2026-11-20T09:00:00Z');

before(async () => {
  installation = await testInstallation({ clock: () => now });
});
after(() => installation.close());

const inOwn = <T>(work: Parameters<typeof inCompany<never, T>>[2]): Promise<T> =>
  inCompany(installation.database as never, installation.companyId, work);
const lease = async () => (await leaseMessages(installation.outbox, 100, [])).map((one) => one.letter);
const submit = (request: DispatchRequest) =>
  inOwn((tx) => submitDispatch(tx, installation.submit, request, now));

/** A reminder of two invoices in somebody's own words, which waits because one of them was paid. */
async function heldReminder(name: string): Promise<{ held: Message; paid: Document; open: Document }> {
  const facts = { buyerName: name, buyerEmail: `office@${name}.example`, dueDate: '2026-11-01' };
  const [paid, open] = [await installation.addInvoice(facts), await installation.addInvoice(facts)];
  const reminded = await submit({
    companyId: installation.companyId,
    author: installation.author,
    origin: 'manual',
    documentIds: [paid.id, open.id],
    purpose: 'reminder',
    to: [`Office <office@${name}.example>`],
    cc: [`books@${name}.example`],
    subject: 'These two',
    text: 'These two, please.',
    undoSeconds: 0,
    copyToSender: true,
  });
  assert.ok(reminded.ok, JSON.stringify(reminded));
  const which = { companyId: installation.companyId, documentId: paid.id };
  const by = { actor: 'user', id: 'x' } as const;
  const change = await inOwn((tx) =>
    changeDocument(tx, { ...which, by }, { paid: { on: '2026-11-20' } }, now),
  );
  assert.ok(change.ok);
  await lease();
  await sendRunsAnew(installation);
  const held = (await installation.messages(reminded.dispatch.id)).find((one) => one.role === 'to');
  assert.deepEqual([held?.delivery, held?.detail], ['held', 'own_words']);
  return { held: held as Message, paid, open };
}

async function askFor({ id }: Message): Promise<DispatchRequest> {
  const asked = await inOwn((tx) => askAnew(tx, { companyId: installation.companyId, messageId: id }, now));
  assert.ok(asked);
  return asked;
}
const deliveries = async ({ dispatchId }: Message) =>
  (await installation.messages(dispatchId)).map((one) => [one.role, one.delivery, one.detail]);

describe('a mail that waits because of its own words', () => {
  test('is asked for anew with its words, its people and what is left', async () => {
    const { held, open } = await heldReminder('woord');
    const asked = await askFor(held);
    assert.deepEqual(asked.documentIds, [open.id]);
    assert.deepEqual(
      [asked.subject, asked.text, asked.purpose],
      ['These two', 'These two, please.', 'reminder'],
    );
    assert.deepEqual([asked.to, asked.cc], [['Office <office@woord.example>'], ['books@woord.example']]);
    assert.equal(asked.copyToSender, true);
    assert.ok(
      (await deliveries(held)).every(([, delivery]) => delivery === 'held'),
      'it still waits',
    );
  });

  test('is canceled in the moment in which the mended one is made, which leaves', async () => {
    const { held, open } = await heldReminder('anders');
    const mended = await submit({ ...(await askFor(held)), text: 'This one, please.', undoSeconds: 0 });
    assert.ok(mended.ok, JSON.stringify(mended));
    assert.deepEqual(await deliveries(held), [
      ['to', 'canceled', 'sent_anew'],
      ['cc', 'canceled', 'sent_anew'],
      ['copy', 'canceled', 'sent_anew'],
    ]);
    assert.deepEqual(mended.dispatch.documentIds, [open.id]);
    const [letter, ...others] = await lease();
    assert.match(letter?.text ?? '', /This one, please/);
    assert.equal(others.length, 2);
    const [former] = await asWorker(installation.database, (tx) =>
      getDispatches(tx, installation.companyId, { ids: [held.dispatchId] }),
    );
    assert.ok(former?.canceledAt, 'nothing of the former one left');
  });

  test('waits on when the mended one is refused', async () => {
    const { held } = await heldReminder('leeg');
    const refused = await submit({ ...(await askFor(held)), to: ['nobody'] });
    assert.equal(refused.ok, false);
    assert.ok((await deliveries(held)).every(([, delivery]) => delivery === 'held'));
  });

  test('is replaced once, by a mail about its own documents', async () => {
    const { held } = await heldReminder('eens');
    const asked = await askFor(held);
    const other = await installation.addInvoice({ buyerName: 'eens', buyerEmail: 'office@eens.example' });
    const nothing = {
      ok: false,
      reason: 'invalid',
      problems: [{ path: 'replaces', reason: 'nothing_to_replace' }],
    };
    assert.deepEqual(await submit({ ...asked, documentIds: [other.id] }), nothing);
    const both = await Promise.all([submit(asked), submit(asked)]);
    assert.deepEqual(both.map((one) => one.ok).sort(), [false, true]);
    assert.deepEqual(
      both.find((one) => !one.ok),
      nothing,
    );
    const again = { companyId: installation.companyId, messageId: held.id };
    assert.equal(await inOwn((tx) => askAnew(tx, again, now)), null);
  });
});
