import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getSender } from '#domain/senders';
import { findLink } from '#domain/tracking';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { type Sink, startSink } from '../../../test/servers/index.ts';
import { mailCode } from './mail-code.ts';

let sink: Sink;
let installation: TestInstallation;
before(async () => {
  sink = await startSink();
  installation = await testInstallation({ env: { ENVOI_SMTP_URL: `smtp://127.0.0.1:${sink.port}` } });
});
after(async () => {
  await installation.close();
  await sink.close();
});

/** Asks for a code about a document that went out through a sender; returns how the code goes. */
async function methodOfCode(senderId?: string): Promise<string | undefined> {
  const { database, companyId, submit, clock } = installation;
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, { to: ['anna@codes.example'], senderId });
  const messageId = message?.id ?? '';
  const found = await asWorker(database, (tx) => findLink(tx, { messageId, generation: 1 }, clock()));
  const link = found?.link;
  assert.ok(link);
  const at = { link, documentId: document.id, key: new Uint8Array(32) };
  const holder = { companyId, messageId, session: 'browser', purpose: 'decision' } as const;
  return inCompany(database, companyId, async (tx) => {
    assert.ok(await mailCode(tx, submit, at, holder, '12345678', clock()));
    const mail = await tx
      .selectFrom('messages')
      .select('sender_id')
      .where('dispatch_id', '=', message?.dispatchId ?? '')
      .where('role', '=', 'notification')
      .executeTakeFirstOrThrow();
    return (await getSender(tx, companyId, mail.sender_id))?.method;
  });
}

test('a code to decide with leaves by the installation, and not by the server of whoever gains from it', async () => {
  const own = await installation.connect(sink.port);
  assert.equal(await methodOfCode(own), 'platform');
});
