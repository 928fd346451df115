import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import type { Document } from '#domain/documents';
import { readEvents } from '#domain/evidence';
import type { Message } from '#domain/outbox';
import { makeEvidence } from '#domain/proofs';
import { getDelivery, runDeliveries } from '#domain/registered';
import { linksOf, linkTokens } from '#domain/tracking';
import { type Loop, startWorker } from '#entrypoints/worker';
import { checkEvidence, checkPdfSeal } from '#formats/proof';
import { asWorker } from '#stores/database';
import { delivering } from '../../../test/delivering.ts';
import { visitDelivery } from '../../../test/delivery-visitor.ts';
import { type TestInstallation, testInstallation, until } from '../../../test/installation.ts';
import { assertPdfA3b } from '../../../test/pdf-a.ts';
import { makeWebApp } from '../../roof/web-app.ts';

const run = promisify(execFile);
const day = 24 * 3600 * 1000;

let worker: Loop;
let clock: { now: number };
let installation: TestInstallation;
let app: Awaited<ReturnType<typeof makeWebApp>>;
let story: ReturnType<typeof delivering>;

before(async () => {
  clock = { now: Date.parse('2026-11-27T08:00:00Z') };
  installation = await testInstallation({ clock: () => new Date(clock.now) });
  app = await makeWebApp(installation);
  story = delivering(installation, app);
  await sendAll();
});
after(async () => {
  await worker.stop();
  await app.close();
  await installation.close();
});

type Sent = {
  readonly message: Message;
  readonly document: Document;
  readonly path: string;
  readonly token: string;
};

const registered = [
  'anna@accepts.example',
  'rik@refuses.example',
  'silent@sleeps.example',
  'safe@links.example',
];
const sent = new Map<string, Sent>();

/** Sends to all of them and has the notices delivered into the sandbox. */
async function sendAll(): Promise<void> {
  const document = await installation.addInvoice();
  const messages = [
    ...(await installation.send(document, { to: registered, service: 'registered' })),
    ...(await installation.send(document, { to: ['cara@reads.example'], service: 'confidential' })),
  ];
  worker = await startWorker(installation);
  for (const id of new Set(messages.map((one) => one.dispatchId)))
    await until(
      'the notices have left',
      async () => (await installation.messages(id)).every((one) => one.delivery === 'handed_off'),
      60_000,
    );
  await round();
  const links = await asWorker(installation.database, (tx) =>
    linksOf(
      tx,
      messages.map((one) => one.id),
    ),
  );
  for (const message of messages) {
    const generation = links.find((link) => link.messageId === message.id)?.generation ?? 1;
    const token = linkTokens(installation.linkKey, message.id, generation).page;
    sent.set(message.address, { message, document, path: `/r/${token}`, token });
  }
}

const sentTo = (address: string): Sent => sent.get(address)!;

async function round(): Promise<void> {
  while (await runDeliveries(installation.registered, installation.clock));
  await until(
    'the outbox is empty',
    async () => {
      const { rows } = await installation.database.owner.query(
        `select 1 from messages where delivery in ('queued', 'sending') limit 1`,
      );
      return rows.length === 0;
    },
    60_000,
  );
}

const delivery = async (id: string) => (await asWorker(installation.database, (tx) => getDelivery(tx, id)))!;
const eventsOf = async (id: string) =>
  (await asWorker(installation.database, (tx) => readEvents(tx, { kind: 'message', id, limit: 200 }))).map(
    (event) => event.type,
  );

describe('a registered delivery', () => {
  test('is accepted with a code, handed over, and proved to both sides', async () => {
    const { message, document, path, token } = sentTo('anna@accepts.example');
    const [notice] = await story.mailsTo('anna@accepts.example');
    assert.equal(notice?.attachments.length, 0);
    assert.match(notice?.text ?? '', /not in this mail/);
    assert.equal(
      (await app.fetch(new Request(`http://localhost:3000/d/${token}`), {})).headers.get('location'),
      path,
    );

    const stranger = await (await visitDelivery(app, path).get()).text();
    assert.match(stranger, /Send the code/);
    assert.doesNotMatch(stranger, /Accept</);
    const visitor = await story.verified(path, 'anna@accepts.example');
    const page = await (await visitor.get()).text();
    assert.match(page, /I accept the delivery/);
    assert.doesNotMatch(page, /files\/doc_/);
    assert.equal((await visitor.get(`${path}/files/${document.id}`)).status, 303);
    assert.equal((await visitor.post('accept')).status, 303);
    const file = await visitor.get(`${path}/files/${document.id}`);
    assert.equal(file.status, 200);
    assert.equal(file.headers.get('cache-control'), 'private, no-store');
    assert.match(
      Buffer.from(await file.arrayBuffer())
        .subarray(0, 5)
        .toString(),
      /%PDF-/,
    );
    const types = await eventsOf(message.id);
    for (const type of [
      'notification.submitted',
      'notification.sent',
      'code.sent',
      'code.verified',
      'decision.accepted',
      'content.handed_over',
    ])
      assert.ok(types.includes(type as never), type);

    await round();
    const receipts = await receiptsTo('anna@accepts.example');
    assert.deepEqual(receipts.map((one) => one.filename).sort(), [
      'receipt-accepted.pdf',
      'receipt-opened.pdf',
      'receipt-submitted.pdf',
    ]);
    for (const { content } of receipts) await checkPdfSeal(new Uint8Array(content as ArrayBuffer));
    await until(
      'the sender has his receipt',
      async () =>
        (await story.mailsTo(installation.author.user.email)).some(
          (mail) => mail.attachments[0]?.filename === 'receipt-accepted.pdf',
        ),
      60_000,
    );
    const words = await wordsOf(
      receipts.find((one) => one.filename === 'receipt-accepted.pdf')?.content as ArrayBuffer,
    );
    assert.match(words, /Receipt: Acceptance/);
    assert.match(words, /control of the mailbox/);
    assert.match(words, /Declared I accept the delivery of .* and have it opened/);
    const decision = await decisionOf(message.id);
    assert.ok(words.replaceAll(' ', '').includes(`SHA-256${decision['statementSha256']}`));
    assert.doesNotMatch(words, /Reason given/);

    const request = {
      companyId: installation.companyId,
      dispatchId: message.dispatchId,
      actor: 'user',
      by: 'usr',
    } as const;
    const made = await makeEvidence(installation.proofs, request, installation.clock());
    assert.ok(made.ok);
    assert.equal((await checkEvidence(made.bytes)).broken, null);
    assert.equal((await visitor.get(`${path}/files/${document.id}`)).status, 200);
  });

  const receiptsTo = (address: string) =>
    until(
      'the receipts have come',
      async () => {
        const found = (await story.mailsTo(address)).flatMap((mail) => mail.attachments);
        return found.length >= 3 && found;
      },
      60_000,
    );

  async function wordsOf(pdf: ArrayBuffer): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'envoi-receipt-'));
    await writeFile(join(folder, 'r.pdf'), new Uint8Array(pdf));
    const { stdout } = await run('pdftotext', ['-layout', join(folder, 'r.pdf'), '-']);
    await rm(folder, { recursive: true });
    return stdout.replace(/\s+/g, ' ');
  }

  test('gives receipts that are PDF/A-3b for veraPDF', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'envoi-receipts-'));
    const paths: string[] = [];
    for (const { filename, content } of await receiptsTo('anna@accepts.example')) {
      paths.push(join(folder, filename ?? ''));
      await writeFile(join(folder, filename ?? ''), new Uint8Array(content as ArrayBuffer));
    }
    try {
      await assertPdfA3b(t, paths);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('is refused with a reason; then nothing opens it', async () => {
    const { message, document, path } = sentTo('rik@refuses.example');
    const visitor = await story.verified(path, 'rik@refuses.example');
    assert.equal((await visitor.post('refuse', { reason: 'Not ordered' })).status, 303);
    assert.equal((await delivery(message.id)).state, 'refused');
    assert.match(await (await visitor.get()).text(), /It was refused/);
    await visitor.post('accept');
    assert.equal((await visitor.get(`${path}/files/${document.id}`)).status, 303);
    assert.equal((await delivery(message.id)).state, 'refused');
    assert.ok(!(await eventsOf(message.id)).includes('content.handed_over'));
    await round();
    for (const address of [message.address, installation.author.user.email]) {
      const words = await wordsOf(await receiptOf(address, 'receipt-refused.pdf'));
      assert.match(words, /Declared I refuse the delivery of/);
      assert.match(words, /Reason given Not ordered/);
    }
  });

  const receiptOf = (address: string, fileName: string): Promise<ArrayBuffer> =>
    until(
      'the receipt has come',
      async () => {
        const found = (await story.mailsTo(address)).flatMap((mail) => mail.attachments);
        return found.find((one) => one.filename === fileName)?.content as ArrayBuffer | undefined;
      },
      60_000,
    );

  async function decisionOf(messageId: string) {
    const events = await asWorker(installation.database, (tx) =>
      readEvents(tx, { kind: 'message', id: messageId, limit: 200 }),
    );
    return events.find((event) => event.type === 'decision.accepted')?.data ?? {};
  }

  test('is changed by no machine that follows every link, with GET and HEAD', async () => {
    const { message, path, token, document } = sentTo('safe@links.example');
    const before = await eventsOf(message.id);
    // Safe Links fetches from a data centre before delivery; Proofpoint asks by HEAD and follows what it finds.
    const agents = ['Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537.36', 'Proofpoint URL Defense'];
    const paths = [
      path,
      `${path}?step=code`,
      `/d/${token}`,
      `${path}/files/${document.id}`,
      `${path}/code`,
      `${path}/accept`,
      `${path}/verify`,
    ];
    for (const agent of agents)
      for (const method of ['HEAD', 'GET'])
        for (const to of paths)
          await app.fetch(
            new Request(`http://localhost:3000${to}`, { method, headers: { 'user-agent': agent } }),
            {},
          );
    await round();
    assert.deepEqual(await eventsOf(message.id), before);
    assert.equal((await delivery(message.id)).state, 'waiting');
    assert.equal(
      (await story.mailsTo('safe@links.example')).filter((mail) => /Your code/.test(mail.subject ?? ''))
        .length,
      0,
    );
  });
});

describe('a confidential delivery', () => {
  test('opens with the code; its content rests encrypted', async () => {
    const { message, document, path } = sentTo('cara@reads.example');
    const visitor = await story.verified(path, 'cara@reads.example');
    assert.match(await (await visitor.get()).text(), /files\/doc_/);
    const [part] = (await delivery(message.id)).content ?? [];
    const kept = await installation.files.get(installation.companyId, part?.sealedSha256 ?? '');
    assert.ok(kept && !kept.includes('%PDF-'));
    assert.equal((await visitor.get(`${path}/files/${document.id}`)).status, 200);
    assert.equal((await visitor.get(`${path}/files/${document.id}`)).status, 200);
    const types = await eventsOf(message.id);
    assert.equal(types.filter((type) => type === 'content.handed_over').length, 1);
    assert.equal(types.filter((type) => type === 'content.downloaded').length, 1);
    assert.equal((await delivery(message.id)).state, 'opened');
  });
});

// Last: when the clock moves on, everything that still waits expires.
describe('silence', () => {
  test('expires once, not a moment before its deadline; reminders come on the way', async () => {
    const { message, path } = sentTo('silent@sleeps.example');
    const visitor = await story.verified(path, 'silent@sleeps.example');
    const { deadlineAt, notifiedAt } = await delivery(message.id);
    assert.ok(deadlineAt && notifiedAt);
    assert.equal(deadlineAt.toISOString(), '2026-12-04T23:00:00.000Z');
    clock.now = notifiedAt.getTime() + 4 * day;
    await round();
    clock.now = deadlineAt.getTime() - 1000;
    await round();
    const reminders = (await story.mailsTo('silent@sleeps.example')).filter((mail) =>
      /Still waiting/.test(mail.subject ?? ''),
    );
    assert.equal(reminders.length, 2);
    assert.ok(reminders[0]?.text?.includes(path));
    assert.equal((await delivery(message.id)).state, 'waiting');
    clock.now = deadlineAt.getTime();
    await Promise.all([round(), round(), round()]);
    assert.equal((await delivery(message.id)).state, 'expired');
    await round();
    assert.equal((await eventsOf(message.id)).filter((type) => type === 'decision.expired').length, 1);
    assert.match(await (await visitor.get()).text(), /time is over/);
    clock.now = Date.parse('2026-11-27T08:00:00Z');
  });
});
