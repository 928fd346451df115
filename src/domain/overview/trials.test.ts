import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { prepareDispatch, sendHistories } from '#domain/dispatch';
import type { Document } from '#domain/documents';
import { setDefaultSender } from '#domain/senders';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { type Sink, startSink } from '../../../test/servers/index.ts';
import { catchUp, rebuildOverview } from './index.ts';

let installation: TestInstallation;
let sink: Sink;
before(async () => {
  [installation, sink] = await Promise.all([testInstallation(), startSink()]);
});
after(() => Promise.all([installation.close(), sink.close()]));

const to = ['els@peeters.example'];

/** What a sending of the document would be where nobody says, whether it is warned of, and whether the document counts as sent. */
async function standing(document: Document) {
  const { database, companyId, author, clock } = installation;
  const request = { companyId, author, origin: 'api', documentIds: [document.id], to } as const;
  await catchUp(database);
  return inCompany(database, companyId, async (tx) => {
    const draft = await prepareDispatch(tx, request, clock());
    const row = await tx
      .selectFrom('document_overview')
      .select(['envelope', 'dispatch_count'])
      .where('document_id', '=', document.id)
      .executeTakeFirstOrThrow();
    return {
      purpose: draft?.purpose,
      isWarned: draft?.warnings.some((one) => one.kind === 'already_sent'),
      wentOut: (await sendHistories(tx, companyId, [document.id])).has(document.id),
      isListedAsSent: row.envelope !== 'none' && row.dispatch_count > 0,
    };
  });
}

const unsent = { purpose: 'first', isWarned: false, wentOut: false, isListedAsSent: false };
const sent = { purpose: 'resend', isWarned: true, wentOut: true, isListedAsSent: true };

test('what went into the sandbox counts as sent while e-mails go nowhere else, and is a trial as soon as they do', async () => {
  const { database, companyId } = installation;
  const document = await installation.addInvoice();
  assert.deepEqual(await standing(document), unsent);
  const [message] = await installation.send(document, { to });
  assert.deepEqual(await standing(document), sent);
  await installation.connect(sink.port);
  assert.deepEqual(await standing(document), unsent);
  await rebuildOverview(database, [companyId]);
  assert.deepEqual(await standing(document), unsent);
  await setDefault(message?.senderId ?? '');
  assert.deepEqual(await standing(document), sent);
});

test('what a test key sends stays a trial, and what really went out is sent', async () => {
  const { database, companyId } = installation;
  const real = await installation.connect(sink.port);
  const [tried, mailed] = [await installation.addInvoice(), await installation.addInvoice()];
  const sandbox = await asWorker(database, (tx) =>
    tx
      .selectFrom('senders')
      .select('id')
      .where('company_id', '=', companyId)
      .where('method', '=', 'sandbox')
      .executeTakeFirstOrThrow(),
  );
  await installation.send(tried, { to, senderId: sandbox.id });
  await installation.send(mailed, { to, senderId: real });
  assert.deepEqual(await standing(tried), unsent);
  assert.deepEqual(await standing(mailed), sent);
});

function setDefault(senderId: string) {
  const { database, companyId, clock } = installation;
  return inCompany(database, companyId, (tx) =>
    setDefaultSender(tx, { companyId, senderId }, 'user', clock()),
  );
}
