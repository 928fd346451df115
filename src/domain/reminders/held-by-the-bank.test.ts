import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { openAmount, subtractDecimals } from '#domain/documents';
import { sequence } from '#domain/evidence';
import { followHeld } from '#domain/outbox';
import { confirmEntry, ignoreEntry, importBankFile, listEntries } from '#domain/payments';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { reminding } from '../../../test/reminding.ts';

let installation: TestInstallation;
let story: ReturnType<typeof reminding>;
const clock = { now: new Date() };

before(async () => {
  installation = await testInstallation({ clock: () => clock.now });
  story = reminding(installation, clock);
});
after(() => installation.close());
beforeEach(() => {
  clock.now = new Date('2026-11-01T10:00:00Z');
});

/** What the worker does when the log has grown. */
async function lookAgain(): Promise<void> {
  await sequence(installation.database);
  while ((await followHeld(installation.database, () => clock.now, 'wait')) > 0);
}

async function bankFile(line: string): Promise<void> {
  const bytes = Buffer.from(`Date;Name;Description;Amount\n${line}`);
  const by = { actor: 'user', id: 'x', name: 'Claire' } as const;
  const upload = { companyId: installation.companyId, fileName: 'bank.csv', bytes, by };
  assert.ok((await importBankFile(installation.database, upload, clock.now)).ok);
}

const openEntries = () =>
  story.inOwn((tx) => listEntries(tx, installation.companyId, { state: 'open', before: null, limit: 100 }));

/** An invoice of which a reminder waits, because money that agrees with it came in; and that entry. */
async function heldFor(number: string) {
  const invoice = await story.sentInvoice({ number });
  await story.policy();
  await story.passDay('2026-11-17T10:00:00Z');
  await bankFile(`16/11/2026;Peeters;${number};${openAmount(invoice)}`);
  await story.lease();
  await lookAgain();
  for (const { delivery, detail } of await story.messagesOf(invoice))
    assert.deepEqual([delivery, detail], ['held', 'payment_seen']);
  const entry = (await openEntries()).find((one) => one.text.includes(number));
  assert.ok(entry);
  const by = { actor: 'user', id: 'x' } as const;
  return { invoice, decided: { companyId: installation.companyId, entryId: entry.id, by } };
}

test('a reminder that waits for a line of the bank ends as paid when that line is confirmed, and nothing is sent', async () => {
  const { invoice, decided } = await heldFor('F/2026-7005');
  await story.inOwn((tx) => confirmEntry(tx, { ...decided, documentIds: [invoice.id] }, clock.now));
  await lookAgain();
  for (const { delivery, detail } of await story.messagesOf(invoice))
    assert.deepEqual([delivery, detail], ['canceled', 'paid']);
  assert.deepEqual(await story.notices('message_held'), []);
  assert.equal(await story.lease(), 0);
});

test('one whose line is put aside goes on its way by itself, and is looked at again in its last second', async () => {
  const goes = await heldFor('F/2026-7006');
  await story.inOwn((tx) => ignoreEntry(tx, goes.decided, clock.now));
  await lookAgain();
  assert.deepEqual(await story.notices('message_held'), []);
  assert.ok((await story.lease()) > 0);
  for (const { delivery } of await story.messagesOf(goes.invoice)) assert.equal(delivery, 'sending');
  const stops = await heldFor('F/2026-7007');
  await story.inOwn((tx) => ignoreEntry(tx, stops.decided, clock.now));
  await lookAgain();
  await story.change(stops.invoice, { paid: { on: '2026-11-17' } });
  assert.equal(await story.lease(), 0);
  for (const { delivery, detail } of await story.messagesOf(stops.invoice))
    assert.deepEqual([delivery, detail], ['canceled', 'paid']);
  await story.change(goes.invoice, { paid: { on: '2026-11-17' } });
});

test('one whose line pays another invoice goes; one of which only a part was paid is written anew with what is left', async () => {
  const other = await installation.addInvoice({ number: 'OTHER-1' });
  const goes = await heldFor('F/2026-7008');
  await story.inOwn((tx) => confirmEntry(tx, { ...goes.decided, documentIds: [other.id] }, clock.now));
  await lookAgain();
  for (const { delivery } of await story.messagesOf(goes.invoice)) assert.equal(delivery, 'queued');
  await story.change(goes.invoice, { paid: { on: '2026-11-17' } });
  await story.lease();
  const part = await heldFor('F/2026-7009');
  const [before] = await story.remindersOf(part.invoice);
  const nearly = await installation.addInvoice({ number: 'OTHER-2' });
  const paid = subtractDecimals(openAmount(nearly) ?? '0', '10.00');
  await story.change(nearly, { paid: { on: '2026-11-01', amount: paid } });
  await story.inOwn((tx) =>
    confirmEntry(tx, { ...part.decided, documentIds: [nearly.id, part.invoice.id] }, clock.now),
  );
  await lookAgain();
  await story.work();
  const reminders = await story.remindersOf(part.invoice);
  assert.equal(reminders.length, 2);
  assert.notEqual(reminders[0]?.id, before?.id);
  for (const { delivery } of await story.messagesOf(part.invoice)) assert.equal(delivery, 'queued');
  await story.change(part.invoice, { paid: { on: '2026-11-17' } });
});

test('a reminder that waits for a person ends by itself only when there is nothing left to ask for', async () => {
  const invoice = await story.sentInvoice();
  await story.policy();
  await story.passDay('2026-11-17T10:00:00Z');
  await story.change(invoice, { disputed: true });
  await story.lease();
  await story.change(invoice, { disputed: false });
  await lookAgain();
  for (const { delivery } of await story.messagesOf(invoice)) assert.equal(delivery, 'held');
  await story.change(invoice, { paid: { on: '2026-11-17' } });
  await lookAgain();
  for (const { delivery, detail } of await story.messagesOf(invoice))
    assert.deepEqual([delivery, detail], ['canceled', 'paid']);
});
