import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readEvents, sequence } from '#domain/evidence';
import { followNotices, listNotices } from '#domain/notices';
import type { Message } from '#domain/outbox';
import { makeEvidence } from '#domain/proofs';
import { connectMailbox, listMailboxes } from '#domain/returns';
import { type Loop, startWorker } from '#entrypoints/worker';
import { readArchive } from '#formats/proof';
import { inCompany } from '#stores/database';
import { arrive, connectIncamail } from '../../../../test/incamail-account.ts';
import { type TestInstallation, testInstallation, until } from '../../../../test/installation.ts';
import { plainMail } from '../../../../test/returned-mails.ts';
import { type FakeIncamail, startDovecot, startIncamail } from '../../../../test/servers/index.ts';
import { skipLoudly } from '../../../../test/skip.ts';
import { listReceipts, listUntied, setAsideReceipt, tieReceipt } from '../index.ts';
import { incamail } from './incamail.ts';

let installation: TestInstallation;
let fake: FakeIncamail;
let worker: Loop;
let senderId: string;

before(async () => {
  installation = await testInstallation();
  fake = await startIncamail();
  senderId = await connectIncamail(installation, fake);
  worker = await startWorker(installation);
});
after(async () => {
  await worker.stop();
  await fake.close();
  await installation.close();
});

const own = <T>(work: Parameters<typeof inCompany<never, T>>[2]): Promise<T> =>
  inCompany(installation.database as never, installation.companyId, work);
const untied = () => own((tx) => listUntied(tx, installation.companyId, 50));
const receiptsOf = ({ id }: Message) =>
  own((tx) => listReceipts(tx, installation.companyId, { messageIds: [id] }));
const standingOf = async ({ id: messageId }: Message) =>
  (await own((tx) => incamail.statusOf(tx as never, { companyId: installation.companyId, messageId })))
    ?.standing;
const by = () => ({
  companyId: installation.companyId,
  actor: 'user' as const,
  by: installation.author.id,
});
const tie = (receiptId: string, { id: messageId }: Message) =>
  tieReceipt(installation, { ...by(), receiptId, messageId }, installation.clock());
const openNotices = async () => {
  await sequence(installation.database);
  await followNotices(installation.database, 'wait');
  const page = { before: null, limit: 50 };
  const open = await own((tx) => listNotices(tx, installation.companyId, page));
  return open.filter((one) => one.kind === 'receipt_unmatched');
};

/** The same invoice twice to one person: a receipt that refers to neither fits both. */
async function twoAlike(address: string): Promise<readonly [Message, Message]> {
  const document = await installation.addInvoice();
  const wish = { to: [address], service: 'incamail_registered' as const };
  const sent = [...(await installation.send(document, wish)), ...(await installation.send(document, wish))];
  await until('the provider has the mails', () =>
    Promise.resolve(fake.smtp.mails.filter((one) => one.to[0]?.startsWith(address)).length === 2),
  );
  const [first, second] = sent;
  assert.ok(first && second);
  return [first, second];
}

/** A receipt that refers to no message, and the same PDF in a mail of its own. */
async function receiptFor(address: string) {
  const bytes = await fake.receipt(address, 'accepted', { refers: false });
  const again = (more: string) =>
    Buffer.from(bytes.toString('latin1').replace('Message-ID: <', `${more}Message-ID: <again-`), 'latin1');
  return { bytes, again };
}

test('a receipt that fits several dispatches waits for a person, who is told', async () => {
  const [first, second] = await twoAlike('anna@several.example');
  const { bytes } = await receiptFor(first.address);
  await arrive(installation, bytes);
  const [receipt, ...others] = await untied();
  assert.ok(receipt);
  assert.equal(others.length, 0);
  assert.deepEqual([receipt.kind, receipt.verdict.result], ['accepted', 'valid']);
  assert.deepEqual(await installation.files.get(installation.companyId, receipt.mail_sha256), bytes);
  assert.equal((await openNotices()).length, 1);

  assert.deepEqual(await tie(receipt.id, second), { ok: true });
  assert.deepEqual([await standingOf(first), await standingOf(second)], ['waiting', 'accepted']);
  const [tied] = await receiptsOf(second);
  assert.deepEqual([tied?.id, tied?.matched_by, tied?.counted], [receipt.id, 'person', true]);
  assert.deepEqual(await untied(), []);
  assert.deepEqual(await openNotices(), [], 'the notice is closed when none waits');
});

test('a receipt that was tied by hand is in the history with who tied it, and in the evidence file as it came', async () => {
  const [first] = await twoAlike('bea@history.example');
  const { bytes } = await receiptFor(first.address);
  await arrive(installation, bytes);
  const [receipt] = await untied();
  assert.ok(receipt && (await tie(receipt.id, first)).ok);
  const events = await own((tx) => readEvents(tx, { kind: 'message', id: first.id, limit: 50 }));
  const event = events.find((one) => one.type === 'provider.receipt_received');
  const { matchedBy, by: who, counted } = event?.data ?? {};
  assert.deepEqual([matchedBy, who, counted], ['person', installation.author.id, true]);
  assert.deepEqual([event?.actor, event?.certainty], ['user', 'probable']);
  const order = { ...by(), dispatchId: first.dispatchId };
  const made = await makeEvidence(installation.proofs, order, installation.clock());
  assert.ok(made.ok);
  const mail = readArchive(made.bytes).find((entry) => entry.name === `provider/${receipt.id}.eml`);
  assert.deepEqual(Buffer.from(mail?.bytes ?? []), bytes);
});

test('one receipt never counts twice, whoever tied it and however often and in whatever mail it comes again', async () => {
  const [first, second] = await twoAlike('carl@once.example');
  const { bytes, again } = await receiptFor(first.address);
  await arrive(installation, bytes);
  const [receipt] = await untied();
  assert.ok(receipt && (await tie(receipt.id, first)).ok);
  assert.deepEqual(await tie(receipt.id, second), { ok: false, reason: 'already_decided' });
  // The very same mail, the same PDF in another mail, and in one that names the other message.
  await arrive(installation, bytes);
  await arrive(installation, again('X-Copy: 1\r\n'));
  await arrive(installation, again(`References: <${first.internetId}>\r\n`));
  await arrive(installation, again(`References: <${second.internetId}>\r\n`));
  assert.deepEqual(await untied(), []);
  assert.equal((await receiptsOf(first)).length, 1);
  assert.deepEqual(
    (await receiptsOf(second)).map((one) => one.counted),
    [false],
  );
  assert.deepEqual([await standingOf(first), await standingOf(second)], ['accepted', 'waiting']);
});

test('two people who tie one receipt at the same moment tie it once', async () => {
  const [first, second] = await twoAlike('dora@race.example');
  await arrive(installation, (await receiptFor(first.address)).bytes);
  const [receipt] = await untied();
  assert.ok(receipt);
  const done = await Promise.all([tie(receipt.id, first), tie(receipt.id, second)]);
  assert.equal(done.filter((one) => one.ok).length, 1);
  assert.equal([...(await receiptsOf(first)), ...(await receiptsOf(second))].length, 1);
});

test('a receipt that waits is found when its PDF comes again in a mail that names the message', async () => {
  const [first, second] = await twoAlike('emil@found.example');
  const { bytes, again } = await receiptFor(first.address);
  await arrive(installation, bytes);
  assert.equal((await openNotices()).length, 1);
  await arrive(installation, again(`References: <${second.internetId}>\r\n`));
  assert.deepEqual(await untied(), []);
  assert.deepEqual(await openNotices(), []);
  assert.equal(await standingOf(second), 'accepted');
});

test('tied to a dispatch whose recipient its PDF does not name, it is kept and claims nothing', async () => {
  const [first] = await twoAlike('frida@names.example');
  await arrive(
    installation,
    await fake.receipt(first.address, 'accepted', { refers: false, to: 'x@y.example' }),
  );
  const [receipt] = await untied();
  assert.ok(receipt && (await tie(receipt.id, first)).ok);
  assert.deepEqual([(await receiptsOf(first))[0]?.counted, await standingOf(first)], [false, 'waiting']);
});

test('a receipt is set aside once, and tied to nothing that was not handed to the provider', async () => {
  const [first] = await twoAlike('gert@aside.example');
  await arrive(installation, (await receiptFor(first.address)).bytes);
  const [receipt] = await untied();
  assert.ok(receipt);
  const [ordinary] = await installation.send(await installation.addInvoice(), { to: ['h@plain.example'] });
  assert.ok(ordinary);
  assert.deepEqual(await tie(receipt.id, ordinary), { ok: false, reason: 'not_with_provider' });
  const aside = () =>
    own((tx) => setAsideReceipt(tx as never, { ...by(), receiptId: receipt.id }, installation.clock()));
  assert.deepEqual(await aside(), { ok: true });
  assert.deepEqual(await aside(), { ok: false, reason: 'already_decided' });
  assert.deepEqual([await untied(), await openNotices()], [[], []]);
});

test('a letter of the provider that is no receipt leaves no trace', async () => {
  const letter = { From: fake.receiptsFrom, Subject: 'News of the autumn', 'Message-ID': '<n@x>' };
  await arrive(installation, plainMail(letter, 'We have moved.'));
  assert.deepEqual(await untied(), []);
});

test('through a real IMAP server, receipts of the account are read: tied where they match, waiting where not, once each', async (t) => {
  const dovecot = await startDovecot();
  if (!dovecot) return skipLoudly(t, 'dovecot, as root');
  t.after(() => dovecot.close());
  const where = { host: '127.0.0.1', port: dovecot.port, security: 'none' as const, user: dovecot.user };
  const box = { ...where, password: dovecot.password };
  await own((tx) =>
    connectMailbox(tx as never, installation.senders, { ...by(), senderId }, box, installation.clock()),
  );
  const isWorking = async () =>
    (await own((tx) => listMailboxes(tx, installation.companyId)))[0]?.state === 'working';
  await until('the mailbox works', isWorking, 60_000);
  const [first, second] = await twoAlike('ida@imap.example');
  const waiting = await receiptFor(first.address);
  await dovecot.put(waiting.bytes);
  const named = await fake.receipt(first.address, 'submitted');
  await dovecot.put(named);
  await until('both were read', async () => (await untied()).length === 1, 60_000);
  const submitted = async () => (await Promise.all([first, second].map(standingOf))).includes('submitted');
  await until('the one that names its message is tied', submitted, 60_000);
  const [receipt] = await untied();
  assert.ok(receipt && (await tie(receipt.id, second)).ok);
  // All numbers given anew: everything is read again, and nothing happens again.
  const kept = (await receiptsOf(first)).length + (await receiptsOf(second)).length;
  await dovecot.renumber();
  await dovecot.kick();
  const third = await twoAlike('jan@imap.example');
  await dovecot.put((await receiptFor(third[0].address)).bytes);
  await until('the new one is read', async () => (await untied()).length === 1, 60_000);
  assert.equal((await receiptsOf(first)).length + (await receiptsOf(second)).length, kept);
  assert.equal(await standingOf(second), 'accepted');
});
