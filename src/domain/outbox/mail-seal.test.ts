import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Loop, startWorker } from '#entrypoints/worker';
import { inCompany } from '#stores/database';
import { type TestInstallation, testInstallation, until } from '../../../test/installation.ts';
import { openMail, sealMail, sealOlderMails } from './mail-seal.ts';
import { type ArchivedMail, selectMails } from './mail-table.ts';
import { readMailBytes } from './read-mail.ts';

let installation: TestInstallation;
let worker: Loop;
before(async () => {
  installation = await testInstallation();
  worker = await startWorker(installation);
});
after(async () => {
  await worker.stop();
  await installation.close();
});

/** One that was sent: its row, and its bytes as they are read. */
async function sent(to: string): Promise<{ row: ArchivedMail; read: () => Promise<string> }> {
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, { to: [to], copyToSender: false });
  assert.ok(message);
  await until(
    'the mail has left',
    async () =>
      (await installation.messages(message.dispatchId)).every((one) => one.delivery === 'handed_off'),
    60_000,
  );
  const { database, companyId, files } = installation;
  const [row] = await inCompany(database, companyId, (tx) => selectMails(tx, [message.id]));
  assert.ok(row);
  const read = async () =>
    String(await inCompany(database, companyId, (tx) => readMailBytes(tx, files, companyId, message.id)));
  return { row, read };
}

test('the database holds nothing of a mail that can be read, and its bytes are read as they left', async () => {
  const { row, read } = await sent('els@peeters.example');
  assert.equal(row.sealed, true);
  for (const word of ['Subject', 'Message-ID', 'els@peeters.example', 'http'])
    assert.ok(!row.head.includes(word), `${word} stands there in clear`);
  assert.match(await read(), /^Message-ID: /im);
});

test('a mail that was archived in clear is read as it is, is sealed once, and is then read alike', async () => {
  const { row, read } = await sent('old@peeters.example');
  const clear = openMail(installation.files, row);
  const { owner } = installation.database;
  await owner.query('update mails set head = $2, sealed = false where message_id = $1', [
    row.message_id,
    clear,
  ]);
  const before = await read();
  assert.equal(await sealOlderMails(installation, 10), 1);
  assert.equal(await sealOlderMails(installation, 10), 0);
  const { rows } = await owner.query<{ head: Buffer; sealed: boolean }>(
    'select head, sealed from mails where message_id = $1',
    [row.message_id],
  );
  assert.equal(rows[0]?.sealed, true);
  assert.ok(!rows[0]?.head.includes('Message-ID'));
  assert.equal(await read(), before);
});

test('a sealed mail opens in no other place, and not with a changed byte', async () => {
  const { row } = await sent('other@peeters.example');
  assert.throws(() => openMail(installation.files, { ...row, message_id: 'msg_other' }), /not what was sent/);
  const changed = Buffer.from(row.head);
  changed[changed.length - 1]! ^= 1;
  assert.throws(() => openMail(installation.files, { ...row, head: changed }), /not what was sent/);
  assert.equal(sealMail(installation.files, row), row, 'what is sealed is not sealed twice');
});
