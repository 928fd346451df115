import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import PostalMime from 'postal-mime';
import { day } from '#base/time';
import type { Message } from '#domain/outbox';
import { getDelivery, runDeliveries, type Service, withdrawDelivery } from '#domain/registered';
import { linksOf, linkTokens } from '#domain/tracking';
import { type Loop, startWorker } from '#entrypoints/worker';
import { asWorker, inCompany } from '#stores/database';
import { visitDelivery } from '../../../test/delivery-visitor.ts';
import { type TestInstallation, testInstallation, until } from '../../../test/installation.ts';
import { makeWebApp } from '../../roof/web-app.ts';
import { makeEvidence } from './index.ts';

const run = promisify(execFile);

const clock = { now: Date.parse('2026-11-27T08:00:00Z') };
let installation: TestInstallation;
let app: Awaited<ReturnType<typeof makeWebApp>>;
let worker: Loop;
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envoi-report-'));
  installation = await testInstallation({ clock: () => new Date(clock.now) });
  app = await makeWebApp(installation);
  worker = await startWorker(installation);
});
after(async () => {
  await worker.stop();
  await app.close();
  await installation.close();
  await rm(folder, { recursive: true, force: true });
});

interface Waiting {
  readonly message: Message;
  readonly documentId: string;
  readonly path: string;
}

/** Sends a document behind a code, and waits until its notice has left. */
async function send(address: string, service: Service, more = {}): Promise<Waiting> {
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, { to: [address], service, ...more });
  assert.ok(message);
  const find = () => asWorker(installation.database, (tx) => getDelivery(tx, message.id));
  await until('the notice has left', async () => (await find())?.notifiedAt, 60_000);
  const [link] = await asWorker(installation.database, (tx) => linksOf(tx, [message.id]));
  const { page } = linkTokens(installation.linkKey, message.id, link?.generation ?? 1);
  return { message, documentId: document.id, path: `/r/${page}` };
}

async function codeTo(address: string): Promise<string | undefined> {
  const { rows } = await installation.database.owner.query<{ raw: Buffer }>(
    'select raw from sandbox_mails where recipient = $1',
    [address],
  );
  const mails = await Promise.all(rows.map(({ raw }) => PostalMime.parse(raw)));
  return mails.flatMap((mail) => /^(\d{8})\s/.exec(mail.text ?? '')?.[1] ?? [])[0];
}

/** A browser that has shown the code. */
async function verified({ message, path }: Waiting) {
  const visitor = visitDelivery(app, path);
  assert.equal((await visitor.post('code')).status, 303);
  const code = (await until('the code has come', () => codeTo(message.address), 60_000)) ?? '';
  assert.equal((await visitor.post('verify', { code })).status, 303);
  return visitor;
}

/** The report of a delivery as text, one line for each line on the page, without the spaces that lay it out. */
async function reportOf({ message: { dispatchId } }: Waiting): Promise<string> {
  const { companyId, author, proofs } = installation;
  const of = { companyId, dispatchId, actor: 'user', by: author.id } as const;
  const made = await makeEvidence(proofs, of, installation.clock());
  assert.ok(made.ok);
  const path = join(folder, `${dispatchId}.pdf`);
  await writeFile(path, made.report);
  const { stdout } = await run('pdftotext', ['-layout', path, '-']);
  return stdout.replaceAll(/ +/g, ' ');
}

/** The part between “In short” and the next heading. */
const inShort = (report: string): string => /In short\n([\s\S]*?)\n *What was sent/.exec(report)?.[1] ?? '';

describe('the report of a delivery behind a code says first', () => {
  test('that it was accepted, refused or opened with a code', async () => {
    const accepted = await send('anna@accepts.example', 'registered');
    await (await verified(accepted)).post('accept');
    assert.match(inShort(await reportOf(accepted)), /5 · accepted with a code/);
    const refused = await send('rik@refuses.example', 'registered');
    await (await verified(refused)).post('refuse', { reason: 'Not ordered' });
    assert.match(inShort(await reportOf(refused)), /5 · refused with a code/);
    const read = await send('cara@reads.example', 'confidential');
    await (await verified(read)).get(`${read.path}/files/${read.documentId}`);
    assert.match(inShort(await reportOf(read)), /4 · content handed over after a code/);
  });

  test('that nobody has answered yet, and then how far the notice came', async () => {
    const waiting = await send('wim@waits.example', 'registered');
    const words = inShort(await reportOf(waiting));
    assert.match(
      words,
      /wim@waits\.example not answered yet\n notice: 1 · handed to the sender’s mail server/,
    );
  });

  test('that its sender withdrew it', async () => {
    const withdrawn = await send('back@taken.example', 'registered');
    const of = { companyId: installation.companyId, messageId: withdrawn.message.id, by: 'usr' };
    await inCompany(installation.database, of.companyId, (tx) =>
      withdrawDelivery(tx, of, installation.clock()),
    );
    const report = await reportOf(withdrawn);
    assert.match(
      inShort(report),
      /taken\.example withdrawn by the sender; the content was not handed over\n notice: 1/,
    );
  });

  // Last: when the clock moves on, everything that still waits expires.
  test('that it expired, by service', async () => {
    const silent = [
      await send('s@sleeps.example', 'registered'),
      await send('c@sleeps.example', 'confidential'),
    ];
    clock.now += 20 * day;
    while (await runDeliveries(installation.registered, installation.clock));
    const [registered = '', confidential = ''] = await Promise.all(
      silent.map(async (one) => inShort(await reportOf(one))),
    );
    assert.match(
      registered,
      /s@sleeps\.example expired: not answered before the deadline.*\n notice: 1 · handed/,
    );
    assert.match(
      confidential,
      /c@sleeps\.example expired: not opened before the deadline.*\n notice: 1 · handed/,
    );
  });
});
