import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { getDispatches } from '#domain/dispatch';
import { readEvents } from '#domain/evidence';
import { listAttempts, readMailBytes } from '#domain/outbox';
import { type Loop, startWorker } from '#entrypoints/worker';
import { readMail } from '#mail/mime';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation, until } from '../installation.ts';
import { type Sink, startSink } from '../servers/index.ts';

let installation: TestInstallation;
let sink: Sink;
let worker: Loop;
before(async () => {
  installation = await testInstallation();
  sink = await startSink();
  await installation.connect(sink.port);
  worker = await startWorker(installation);
});
after(async () => {
  await worker.stop();
  await sink.close();
  await installation.close();
});

const settled = (dispatchId: string) =>
  until('all messages settled', async () => {
    const messages = await installation.messages(dispatchId);
    return messages.every((message) => message.delivery === 'handed_off') && messages;
  });

describe('a dispatch to two To, one Cc and one Bcc', () => {
  test('makes five mails: one per recipient and the sender’s duplicate, each with its own link', async () => {
    const document = await installation.addInvoice();
    const before = sink.count;
    const [first] = await installation.send(document, {
      to: ['Els Peeters <els@peeters.example>; boekhouding@peeters.example'],
      cc: ['shop@peeters.example'],
      bcc: ['books@numbers.example'],
    });
    assert.ok(first);
    const messages = await settled(first.dispatchId);
    assert.deepEqual(
      messages.map((message) => [message.role, message.address]),
      [
        ['to', 'els@peeters.example'],
        ['to', 'boekhouding@peeters.example'],
        ['cc', 'shop@peeters.example'],
        ['bcc', 'books@numbers.example'],
        ['copy', 'claire@vautrin.example'],
      ],
    );
    assert.equal(sink.count - before, 5);
    const mails = await Promise.all(sink.mails.slice(before).map((mail) => readMail(mail.bytes)));
    const links = new Set(mails.map((read) => read.ok && /\/d\/([\w-]+)/.exec(read.mail.html ?? '')?.[1]));
    assert.equal(links.size, 5);
    for (const read of mails) {
      assert.ok(read.ok);
      assert.equal(
        read.mail.to.map((one) => one.address).join(),
        'els@peeters.example,boekhouding@peeters.example',
      );
      assert.equal(read.mail.cc.map((one) => one.address).join(), 'shop@peeters.example');
      assert.ok(
        !JSON.stringify(read.mail.headers).includes('books@numbers.example'),
        'the Bcc stands in no header',
      );
    }
  });

  test('the mail that arrived is byte for byte the one in the archive', async () => {
    const document = await installation.addInvoice();
    const [first] = await installation.send(document, {
      to: ['maja@lindqvist.example'],
      fileIds: [],
      copyToSender: false,
    });
    assert.ok(first);
    await settled(first.dispatchId);
    const raw = await inCompany(installation.database, installation.companyId, (tx) =>
      readMailBytes(tx, installation.files, installation.companyId, first.id),
    );
    assert.ok(sink.mails.some((mail) => raw !== null && mail.bytes.equals(raw)));
    const [attempt] = await asWorker(installation.database, (tx) =>
      listAttempts(tx, installation.companyId, first.id),
    );
    assert.equal(attempt?.outcome, 'accepted');
    assert.ok(attempt.dot_sent_at);
    const events = await asWorker(installation.database, (tx) =>
      readEvents(tx, { kind: 'message', id: first.id, limit: 100 }),
    );
    assert.deepEqual(
      events.map((event) => event.type),
      ['message.queued', 'message.handed_off'],
    );
    const [dispatch] = await asWorker(installation.database, (tx) =>
      getDispatches(tx, installation.companyId, { ids: [first.dispatchId] }),
    );
    assert.equal(dispatch?.purpose, 'first');
  });

  test('a domain in its own letters goes into the envelope as every server takes it', async () => {
    const document = await installation.addInvoice();
    const [first] = await installation.send(document, { to: ['post@bücher.example'], copyToSender: false });
    assert.ok(first);
    await settled(first.dispatchId);
    assert.deepEqual(sink.mails.at(-1)?.to, ['post@xn--bcher-kva.example']);
  });
});
