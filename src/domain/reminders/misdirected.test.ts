import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { correctContactAddress } from '#domain/customers';
import { prepareDispatches, resendMessage } from '#domain/dispatch';
import type { Document } from '#domain/documents';
import { getMessages, releaseMessage } from '#domain/outbox';
import { takeResponse } from '#domain/responses';
import { linksOf } from '#domain/tracking';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { reminding } from '../../../test/reminding.ts';

let installation: TestInstallation;
let story: ReturnType<typeof reminding>;
const clock = { now: new Date('2026-11-01T10:00:00Z') };

before(async () => {
  installation = await testInstallation({ clock: () => clock.now });
  story = reminding(installation, clock);
});
after(() => installation.close());

/** An invoice of which somebody said on his page that he is not meant; the message that he got. */
async function misdirected(buyerName: string, buyerEmail: string) {
  const invoice = await sent(buyerName, buyerEmail);
  return { invoice, message: await saysMisdirected(invoice) };
}

function sent(buyerName: string, buyerEmail: string): Promise<Document> {
  clock.now = new Date('2026-11-01T10:00:00Z');
  return story.sentInvoice({ buyerName, buyerEmail });
}

async function saysMisdirected(invoice: Document) {
  const { companyId, submit } = installation;
  const message = await story.inOwn(async (tx) => {
    const all = await getMessages(tx, companyId, { documentIds: [invoice.id] });
    const [link] = await linksOf(
      tx,
      all.filter((one) => one.role === 'to').map((one) => one.id),
    );
    assert.ok(link);
    const at = { link, documentId: invoice.id };
    assert.ok((await takeResponse(tx, submit, at, { kind: 'misdirected' }, clock.now)).ok);
    return all.find((one) => one.id === link.messageId);
  });
  assert.ok(message);
  return message;
}

const statesOf = async (invoice: Document) =>
  (await story.messagesOf(invoice))
    .filter((one) => one.role === 'to')
    .map(({ address, delivery, detail }) => [address, delivery, detail]);

test('a mailbox that was not meant gets no reminder of that document until a person says that it is right', async () => {
  const invoice = await sent('Bakkerij Aerts', 'wrong@aerts.example');
  await story.policy();
  await story.passDay('2026-11-17T10:00:00Z');
  await saysMisdirected(invoice);
  await story.lease();
  assert.deepEqual(await statesOf(invoice), [['wrong@aerts.example', 'held', 'misdirected']]);
  const [held] = (await story.messagesOf(invoice)).filter((one) => one.role === 'to');
  const by = { actor: 'user', id: 'x' } as const;
  const release = {
    ...{ companyId: installation.companyId, messageId: held?.id ?? '' },
    ...{ reason: 'She opened it by mistake', by },
  };
  assert.ok((await story.inOwn((tx) => releaseMessage(tx, release, clock.now))).ok);
  await story.lease();
  assert.equal((await statesOf(invoice))[0]?.[1], 'sending');
  await story.passDay('2026-11-24T10:00:00Z');
  await story.lease();
  assert.equal((await statesOf(invoice))[0]?.[1], 'sending', 'a person has said that it is right');
});

test('another document to the same mailbox is not held, and nobody else waits', async () => {
  const invoice = await sent('Café Boon', 'wrong@boon.example');
  const other = await sent('Café Boon', 'wrong@boon.example');
  await story.policy();
  await story.passDay('2026-11-17T10:00:00Z');
  await saysMisdirected(invoice);
  await story.lease();
  assert.equal((await statesOf(other))[0]?.[1], 'sending');
  assert.equal((await statesOf(invoice))[0]?.[1], 'held');
});

test('who sends it by hand to the mailbox that was not meant is warned', async () => {
  const { invoice } = await misdirected('Garage Claes', 'wrong@claes.example');
  const { companyId, author } = installation;
  const request = { companyId, author, origin: 'manual', documentIds: [invoice.id] } as const;
  const [draft] = await story.inOwn((tx) => prepareDispatches(tx, [request], clock.now));
  assert.ok(
    draft?.warnings.some((one) => one.kind === 'misdirected' && one.address === 'wrong@claes.example'),
  );
});

test('a corrected and sent again document goes to the right mailbox, and its notice is done', async () => {
  const { invoice, message } = await misdirected('Studio Dams', 'wrong@dams.example');
  const of = async () =>
    (await story.notices('customer_misdirected')).filter((one) => one.documentId === invoice.id).length;
  assert.equal(await of(), 1);
  const { companyId, author, submit } = installation;
  const right = 'right@dams.example';
  const correction = { ...{ companyId, right, wrong: 'wrong@dams.example' }, documentId: invoice.id };
  await story.inOwn(async (tx) => {
    const by = { actor: 'user', id: 'x' } as const;
    assert.ok((await correctContactAddress(tx, { ...correction, by }, clock.now)).ok);
    const input = { companyId, messageId: message.id, to: right, author };
    assert.ok((await resendMessage(tx, submit, input, clock.now)).ok);
  });
  assert.equal(await of(), 0);
  await story.lease();
  await story.policy();
  await story.passDay('2026-11-17T10:00:00Z');
  await story.lease();
  assert.deepEqual(await statesOf(invoice), [[right, 'sending', null]]);
});
