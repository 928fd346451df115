import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { prepareDispatch } from '#domain/dispatch';
import { storeExtraFile } from '#domain/documents';
import { readEvents } from '#domain/evidence';
import { makeEvidence } from '#domain/proofs';
import { chooseSender, listSenders } from '#domain/senders';
import { type Loop, startWorker } from '#entrypoints/worker';
import { readArchive } from '#formats/proof';
import { asWorker, inCompany } from '#stores/database';
import { arrive, connectIncamail, sendByIncamail, tell } from '../../../../test/incamail-account.ts';
import { type TestInstallation, testInstallation, until } from '../../../../test/installation.ts';
import { type FakeIncamail, startIncamail } from '../../../../test/servers/index.ts';
import { getIncamail, listReceipts, saveIncamail, sendIncamailTest } from '../index.ts';
import { providerContract } from '../provider-contract.test-suite.ts';
import { incamail } from './incamail.ts';

providerContract('IncaMail', async () => {
  const installation = await testInstallation();
  const fake = await startIncamail();
  const worker = await startWorker(installation);
  await connectIncamail(installation, fake);
  const ending = (name: 'accepted' | 'refused' | 'expired' | 'undeliverable' | 'blocked') =>
    [
      name,
      async ({ address }: { address: string }) => {
        await tell(installation, fake, { address, ending: name });
      },
    ] as const;
  return {
    installation,
    provider: incamail,
    registered: 'incamail_registered' as const,
    send: (to, service) => sendByIncamail(installation, to, service),
    endings: [
      ending('accepted'),
      ending('refused'),
      ending('expired'),
      ending('undeliverable'),
      ending('blocked'),
    ],
    release: async () => {
      await worker.stop();
      await fake.close();
      await installation.close();
    },
  };
});

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

const inOwn = <T>(work: Parameters<typeof inCompany<never, T>>[2]): Promise<T> =>
  inCompany(installation.database as never, installation.companyId, work);
const statusOf = (messageId: string) =>
  asWorker(installation.database, (tx) =>
    incamail.statusOf(tx, { companyId: installation.companyId, messageId }),
  );
const receiptsOf = (messageId: string) =>
  asWorker(installation.database, (tx) =>
    listReceipts(tx, installation.companyId, { messageIds: [messageId] }),
  );
const sendTo = async (address: string) => {
  const [message] = await sendByIncamail(installation, [address]);
  assert.ok(message);
  return message;
};

test('a mail goes out over the account, marked by subject and ending, with the document and without a link to us', async () => {
  const message = await sendTo('anna@marked.example');
  const taken = await fake.taken('anna@marked.example');
  assert.match(taken.subject, /^<r> /);
  assert.equal(taken.to, 'anna@marked.example.incamail.ch');
  assert.match(taken.headers.get('to') ?? '', /anna@marked\.example\.incamail\.ch/);
  const mail = fake.smtp.mails.find((one) => one.to[0] === taken.to);
  assert.equal(mail?.user, fake.user);
  assert.equal(mail?.from, fake.user);
  const text = mail?.bytes.toString() ?? '';
  assert.match(text, /Content-Type: application\/pdf/);
  assert.doesNotMatch(Buffer.from(text.replace(/=\r\n/g, '')).toString(), /localhost:3000\/d\//);
  assert.equal(message.address, 'anna@marked.example');
});

test('a header tells the service where the contract has it so', async () => {
  await connectIncamail(installation, fake, { marking: 'header', headerName: 'X-Kind', suffix: '' });
  await sendByIncamail(installation, ['bea@header.example'], 'incamail_personal');
  const taken = await fake.taken('bea@header.example');
  assert.deepEqual([taken.to, taken.headers.get('x-kind')], ['bea@header.example', 'personal']);
  assert.doesNotMatch(taken.subject, /^</);
  await connectIncamail(installation, fake);
});

test('a receipt is kept as it came, tied to its message and recorded, with what its signature is worth', async () => {
  const message = await sendTo('carl@accepts.example');
  await tell(installation, fake, { address: message.address, ending: 'submitted' });
  assert.deepEqual(await statusOf(message.id), { standing: 'submitted', by: 'receipt' });
  const raw = await tell(installation, fake, { address: message.address, ending: 'accepted' });
  assert.deepEqual(await statusOf(message.id), { standing: 'accepted', by: 'receipt' });
  const [, receipt] = await receiptsOf(message.id);
  assert.ok(receipt);
  assert.deepEqual(await installation.files.get(installation.companyId, receipt.mail_sha256), raw);
  assert.deepEqual(
    [receipt.kind, receipt.kind_from, receipt.verdict.result, receipt.verdict.signer],
    ['accepted', 'pdf', 'valid', 'Fake Post receipts'],
  );
  const events = await asWorker(installation.database, (tx) =>
    readEvents(tx, { kind: 'message', id: message.id, limit: 50 }),
  );
  const types = events.map((event) => event.type);
  assert.equal(types.filter((type) => type === 'provider.receipt_received').length, 2);
  // Never a stronger event of our own.
  assert.ok(!types.some((type) => type.startsWith('decision.') || type.startsWith('content.')));
});

test('the same receipt twice is one, and nobody is told that the recipient has answered', async () => {
  const message = await sendTo('dora@twice.example');
  const bytes = await fake.receipt(message.address, 'refused');
  for (const _ of [1, 2]) await arrive(installation, bytes);
  assert.equal((await receiptsOf(message.id)).length, 1);
  const events = await asWorker(installation.database, (tx) =>
    readEvents(tx, { kind: 'message', id: message.id, limit: 50 }),
  );
  assert.ok(!events.some((event) => event.type === 'message.replied'));
});

type Twist = NonNullable<Parameters<typeof tell>[2]['twist']>;
const worthless: readonly (readonly [title: string, Twist, result: string])[] = [
  ['whose PDF was changed after it was signed', { damaged: true }, 'unconfirmed'],
  ['whose PDF is not signed', { unsigned: true }, 'unsigned'],
  ['whose PDF names somebody else', { to: 'other@nobody.example' }, 'valid'],
  ['whose subject says something else than its PDF', { subject: 'Annahmeverweigerungsquittung' }, 'valid'],
];
for (const [at, [title, twist, result]] of worthless.entries())
  test(`a receipt ${title} is kept and changes no state`, async () => {
    const message = await sendTo(`w${at}@worthless.example`);
    await tell(installation, fake, { address: message.address, ending: 'accepted', twist });
    const [receipt] = await receiptsOf(message.id);
    assert.deepEqual([receipt?.verdict.result, receipt?.counted], [result, false]);
    assert.equal((await statusOf(message.id))?.standing, 'waiting');
  });

test('a signature of somebody unknown is said to hold, is not confirmed and does not count', async () => {
  const message = await sendTo('emil@stranger.example');
  await tell(installation, fake, {
    address: message.address,
    ending: 'accepted',
    twist: { byStranger: true },
  });
  const [receipt] = await receiptsOf(message.id);
  assert.deepEqual([receipt?.verdict.result, receipt?.verdict.signer], ['unknown_root', 'Nobody receipts']);
});

test('of a PDF with several signatures all must be trusted, and what was added after them is not read', async () => {
  const message = await sendTo('fred@several.example');
  const more = { address: message.address, ending: 'accepted' as const };
  await tell(installation, fake, { ...more, twist: { signedAgain: 'stranger' } });
  await tell(installation, fake, { ...more, twist: { signedAgain: 'own' } });
  await tell(installation, fake, { ...more, twist: { addedAfter: 'Annahmeverweigerungsquittung' } });
  const found = (await receiptsOf(message.id)).map(({ kind, verdict }) => [
    kind,
    verdict.result,
    verdict.signers?.map((one) => one.signer),
    (verdict.addedAfter ?? 0) > 0,
  ]);
  assert.deepEqual(found, [
    ['accepted', 'unknown_root', ['Fake Post receipts', 'Nobody receipts'], false],
    ['accepted', 'valid', ['Fake Post receipts', 'Fake Post receipts'], false],
    ['accepted', 'valid', ['Fake Post receipts'], true],
  ]);
});

test('a receipt that comes from elsewhere is none', async () => {
  const message = await sendTo('frida@forged.example');
  await tell(installation, fake, {
    address: message.address,
    ending: 'accepted',
    twist: { from: 'receipts@incamail.example.evil.example' },
  });
  assert.deepEqual(await receiptsOf(message.id), []);
  assert.equal((await statusOf(message.id))?.standing, 'waiting');
});

test('without a reference it is found by recipient and subject, and not at all where two would fit', async () => {
  const message = await sendTo('gert@noref.example');
  const twist = { refers: false };
  await tell(installation, fake, { address: message.address, ending: 'expired', twist });
  assert.equal((await statusOf(message.id))?.standing, 'expired');
  const document = await installation.addInvoice();
  const two = [];
  for (const _ of [1, 2])
    two.push(
      ...(await installation.send(document, { to: ['hans@two.example'], service: 'incamail_registered' })),
    );
  await until('the provider has the mails', () =>
    Promise.resolve(fake.smtp.mails.filter((one) => one.to[0]?.startsWith('hans@two')).length === 2),
  );
  await tell(installation, fake, { address: 'hans@two.example', ending: 'expired', twist });
  for (const one of two) assert.equal((await statusOf(one.id))?.standing, 'waiting');
});

test('the evidence file has the receipts as they came', async () => {
  const message = await sendTo('ida@evidence.example');
  const raw = await tell(installation, fake, { address: message.address, ending: 'accepted' });
  const { companyId } = installation;
  const order = { companyId, dispatchId: message.dispatchId, actor: 'user' as const, by: 'usr_x' };
  const made = await makeEvidence(installation.proofs, order, installation.clock());
  assert.ok(made.ok);
  const entries = readArchive(made.bytes);
  const mail = entries.find((entry) => /^provider\/rcp_\w+\.eml$/.test(entry.name));
  assert.deepEqual(Buffer.from(mail?.bytes ?? []), raw);
  assert.ok(entries.some((entry) => /^provider\/rcp_\w+\.pdf$/.test(entry.name)));
});

test('its account is never chosen as a sender by itself, and gives away no password', async () => {
  const { companyId } = installation;
  const senders = await inOwn((tx) => listSenders(tx, companyId));
  assert.ok(!senders.some((one) => one.id === senderId));
  const question = { requestedSenderId: senderId, kind: 'invoice', userId: null };
  assert.equal((await inOwn((tx) => chooseSender(tx, companyId, question))).ok, false);
  const account = await inOwn((tx) => getIncamail(tx, companyId));
  assert.doesNotMatch(JSON.stringify(account), /yellow post horn/);
  const { rows } = await installation.database.owner.query('select secret from senders where id = $1', [
    senderId,
  ]);
  assert.ok(!(rows[0] as { secret: Buffer }).secret.includes('yellow post horn'));
});

test('a test to oneself goes the same way and tells what the server said', async () => {
  const { senders, database, companyId } = installation;
  const of = { companyId, to: 'claire@vautrin.example', language: 'en' as const };
  const sent = await sendIncamailTest({ ...senders, database }, of, installation.clock());
  assert.equal(sent?.ok, true);
  assert.match(sent?.answer ?? '', /^250 /);
  assert.match((await fake.taken('claire@vautrin.example')).subject, /^<c> /);
});

test('what is too big for it is refused before anything is sent', async () => {
  await connectIncamail(installation, fake, { mostBytes: 2 ** 20 });
  const document = await installation.addInvoice();
  const { companyId } = installation;
  const upload = { companyId, fileName: 'plan.bin.txt', bytes: Buffer.alloc(900_000, 'a') };
  const stored = await storeExtraFile(installation, upload, installation.clock());
  assert.ok(stored.ok);
  await assert.rejects(
    installation.send(document, {
      to: ['j@big.example'],
      service: 'incamail_registered',
      fileIds: [stored.file.id],
    }),
    /provider_too_big/,
  );
  await connectIncamail(installation, fake);
});

test('while it is off, its services are offered nowhere and refused', async () => {
  await connectIncamail(installation, fake, { isActive: false });
  const document = await installation.addInvoice();
  const { companyId, author } = installation;
  const draft = await inOwn((tx) =>
    prepareDispatch(tx, { companyId, author, origin: 'manual', documentIds: [document.id] }, new Date()),
  );
  assert.deepEqual(draft?.offered, ['standard', 'registered', 'confidential']);
  await assert.rejects(
    installation.send(document, { to: ['k@off.example'], service: 'incamail_registered' }),
    /service_not_offered/,
  );
  await connectIncamail(installation, fake);
});

test('settings that mean nothing are refused field by field', async () => {
  const of = { companyId: installation.companyId, actor: 'user' as const, by: 'usr_x' };
  const good = {
    isActive: true,
    ...{ address: fake.user, user: fake.user, host: '127.0.0.1', port: fake.smtp.port },
    ...({ security: 'none', verifyCertificate: true, marking: 'subject', headerName: '' } as const),
    ...{ suffix: '', receiptsFrom: ['incamail.ch'], roots: '', mostBytes: 2 ** 20 },
  };
  const bad: readonly (readonly [Partial<typeof good> | { marking: 'header' | 'none' }, string])[] = [
    [{ marking: 'header', headerName: 'Bcc' } as never, 'headerName'],
    [{ marking: 'header', headerName: 'X-A\r\nBcc: x' } as never, 'headerName'],
    [{ suffix: '.incamail.ch\r\nX: y' }, 'suffix'],
    [{ suffix: 'incamail.ch' }, 'suffix'],
    [{ marking: 'none' }, 'marking'],
    [{ receiptsFrom: [] }, 'receiptsFrom'],
    [{ receiptsFrom: ['*'] }, 'receiptsFrom'],
    [{ roots: 'hello' }, 'roots'],
    [{ mostBytes: 5 }, 'mostBytes'],
    [{ host: '169.254.169.254' }, 'host'],
    [{ host: 'smtp://x' }, 'host'],
    [{ port: 0 }, 'port'],
    [{ address: 'nobody' }, 'address'],
  ];
  for (const [change, path] of bad) {
    const saved = await inOwn((tx) =>
      saveIncamail(tx as never, installation.senders, of, { ...good, ...change } as never, new Date()),
    );
    assert.equal(saved.ok ? null : saved.problems[0]?.path, path, JSON.stringify(change));
  }
});
