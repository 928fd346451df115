import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import PostalMime, { type Email } from 'postal-mime';
import { languages } from '#base/language';
import { changeCompany } from '#domain/accounts';
import { resendMessage } from '#domain/dispatch';
import type { Document } from '#domain/documents';
import { readEvents } from '#domain/evidence';
import type { Message } from '#domain/outbox';
import { getDelivery, runDeliveries } from '#domain/registered';
import { linkTokens } from '#domain/tracking';
import { type Loop, startWorker } from '#entrypoints/worker';
import { asWorker, inCompany } from '#stores/database';
import { type DeliveryVisitor, visitDelivery } from '../../../test/delivery-visitor.ts';
import { owner, type TestInstallation, testInstallation, until } from '../../../test/installation.ts';
import { headerOf } from '../../../test/mail/genuine.ts';
import { ownDomain, sendsDirectly } from '../../../test/mail/laboratory.ts';
import { type Sink, startDns, startSink, type TestDns } from '../../../test/servers/index.ts';
import { makeWebApp } from '../../roof/web-app.ts';

const run = promisify(execFile);
const day = 24 * 3600 * 1000;
const number = 'ZQ-77-0912';

let dns: TestDns;
let server: Sink;
/** How far the installation's clock is ahead of ours. */
let ahead = 0;
let installation: TestInstallation;
let worker: Loop;
let app: Awaited<ReturnType<typeof makeWebApp>>;

before(async () => {
  dns = await startDns([
    ['mx.customer.example', 'A', '127.0.0.1'],
    ['customer.example', 'MX', '10 mx.customer.example'],
    ['mail.envoi.example', 'A', '127.0.0.1'],
  ]);
  server = await startSink();
  installation = await testInstallation({
    clock: () => new Date(Date.now() + ahead),
    env: sendsDirectly(server, dns),
  });
  await ownDomain(installation, dns, 'vautrin.example');
  await inCompany(installation.database, installation.companyId, (tx) =>
    changeCompany(
      tx,
      installation.companyId,
      {
        address: 'Rue des Tanneurs 41\n1000 Brussels',
        brandColor: '#b0124f',
        letterFooter: 'RPM Bruxelles 0403.170.701',
      },
      installation.clock(),
    ),
  );
  app = await makeWebApp(installation);
  worker = await startWorker(installation);
});
after(async () => {
  await worker.stop();
  await app.close();
  await installation.close();
  await server.close();
  await dns.close();
});

/** All that could tell who sends: names, domain, addresses, colour, the document and what it says. */
const tells = () => [
  'Vautrin',
  'vautrin',
  owner.firstName,
  'claire',
  'Tanneurs',
  'b0124f',
  '0403.170.701',
  number,
  'invoice.pdf',
  'Invoice',
  installation.companyId,
  installation.companyId.slice(4),
];

/** Looks for all of them in a text or in bytes; says which was found. */
function tellsNothing(where: string, text: string): void {
  const found = tells().filter((one) => text.includes(one));
  assert.deepEqual(found, [], `${where} tells who the sender is`);
}

const mailsTo = (address: string): Buffer[] =>
  server.mails.filter((mail) => mail.to.includes(address)).map((mail) => Buffer.from(mail.bytes));

/** The whole mail: raw, and every part of it decoded; PDFs as their text and their raw bytes. */
async function mailTellsNothing(bytes: Buffer): Promise<Email> {
  const mail = await PostalMime.parse(bytes);
  tellsNothing('the raw mail', bytes.toString('latin1'));
  tellsNothing('a header', JSON.stringify(mail.headers));
  tellsNothing('the text', `${mail.subject} ${mail.text} ${mail.html}`);
  for (const { content, filename } of mail.attachments) {
    const file = Buffer.from(content as ArrayBuffer);
    tellsNothing('a file', `${filename} ${file.toString('latin1')} ${await textOf(file)}`);
  }
  return mail;
}

async function textOf(pdf: Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'envoi-hidden-'));
  await writeFile(join(folder, 'r.pdf'), pdf);
  const { stdout } = await run('pdftotext', ['-layout', join(folder, 'r.pdf'), '-']);
  const info = await run('pdfinfo', [join(folder, 'r.pdf')]);
  await rm(folder, { recursive: true });
  return `${stdout} ${info.stdout}`;
}

async function send(address: string, service: 'registered' | 'confidential') {
  const document = await installation.addInvoice({ number: `${number}${address.length}` });
  const [message] = await installation.send(document, { to: [address], service, hideSender: true });
  assert.ok(message);
  await until('the notice has come', async () => mailsTo(address).length > 0, 60_000);
  await until('the days have begun', async () => {
    await runDeliveries(installation.registered, installation.clock);
    return (await deliveryOf(message)).notifiedAt;
  });
  const token = linkTokens(installation.linkKey, message.id, 1).page;
  return { message, document, address, path: `/r/${token}`, token };
}

const deliveryOf = async (message: Message) =>
  (await asWorker(installation.database, (tx) => getDelivery(tx, message.id)))!;

/** Mails of which the subject or text fits, once there are any. */
async function mailLike(address: string, what: RegExp, least = 1): Promise<Email[]> {
  return until(
    String(what),
    async () => {
      await runDeliveries(installation.registered, installation.clock);
      const all = await Promise.all(mailsTo(address).map((bytes) => PostalMime.parse(bytes)));
      const found = all.filter((mail) => what.test(`${mail.subject}\n${mail.text}`));
      return found.length >= least && found;
    },
    60_000,
  );
}

async function pageTellsNothing(visitor: DeliveryVisitor, path: string): Promise<void> {
  for (const language of languages)
    for (const query of [`?lang=${language}`, `?step=code&lang=${language}`]) {
      const answer = await visitor.get(`${path}${query}`);
      tellsNothing('a header of the page', JSON.stringify([...answer.headers]));
      const html = await answer.text();
      tellsNothing('the page', html);
      for (const [, asset = ''] of html.matchAll(/(?:href|src)="(\/(?!r\/)[^"]+)"/g))
        tellsNothing(asset, await (await visitor.get(asset)).text());
    }
}

async function withCode(sent: { address: string; path: string }): Promise<DeliveryVisitor> {
  const visitor = visitDelivery(app, sent.path);
  assert.equal((await visitor.post('code')).status, 303);
  const [mail] = await mailLike(sent.address, /^\d{8}\s/m);
  const code = /\d{8}/.exec(mail?.text ?? '')?.[0] ?? '';
  assert.equal((await visitor.post('verify', { code })).status, 303);
  return visitor;
}

async function atPath(visitor: DeliveryVisitor, sent: { token: string; document: Document }): Promise<void> {
  const { token, document } = sent;
  for (const other of ['', '/logo.png', '/all.zip', `/${document.id}.pdf`, '/renew'])
    for (const method of ['get', 'post'] as const) {
      const to = `/d/${token}${other}`;
      const answer = method === 'get' ? await visitor.get(to) : await visitor.post(`../d/${token}${other}`);
      tellsNothing(to, `${JSON.stringify([...answer.headers])} ${await answer.text()}`);
    }
}

describe('a registered delivery whose sender is hidden', () => {
  test('tells nothing of him in mails, pages and files, until it is accepted; then all of it', async () => {
    const sent = await send('anna@customer.example', 'registered');
    const [notice = Buffer.alloc(0)] = mailsTo(sent.address);
    const mail = await mailTellsNothing(notice);
    assert.deepEqual(mail.from, { address: 'no-reply@envoi.example', name: 'Envoi' });
    assert.equal(mail.replyTo, undefined);
    assert.match(headerOf(notice, 'Message-ID') ?? '', /@envoi\.example>$/);
    assert.match(mail.text ?? '', new RegExp(`/d/${sent.token}`));
    assert.match(mail.text ?? '', /when you have accepted/);
    assert.doesNotMatch(server.mails.find((one) => one.to.includes(sent.address))?.from ?? '', /vautrin/);
    assert.match(headerOf(notice, 'DKIM-Signature') ?? 'd=envoi.example;', /\bd=envoi\.example;/);

    const stranger = visitDelivery(app, sent.path);
    await pageTellsNothing(stranger, sent.path);
    await atPath(stranger, sent);
    const visitor = await withCode(sent);
    await pageTellsNothing(visitor, sent.path);
    assert.match(await (await visitor.get()).text(), /whose sender is named to me after that/);
    await mailLike(sent.address, /Receipt|Submission/);
    for (const bytes of mailsTo(sent.address)) await mailTellsNothing(bytes);

    assert.equal((await visitor.post('accept')).status, 303);
    const accepted = await (await visitor.get()).text();
    assert.match(accepted, /Vautrin Joinery/);
    assert.match(accepted, new RegExp(number));
    const [receipt] = await mailLike(sent.address, /^Acceptance/);
    assert.match(`${receipt?.subject} ${receipt?.text}`, /Vautrin Joinery/);
    const file = Buffer.from(receipt?.attachments[0]?.content as ArrayBuffer);
    assert.match(await textOf(file), /Vautrin Joinery/);
    assert.equal((await visitor.get(`${sent.path}/files/${sent.document.id}`)).status, 200);
  });

  test('is recorded as such, and its own sender gets receipts that name everything', async () => {
    const sent = await send('rec@customer.example', 'registered');
    const events = await asWorker(installation.database, (tx) =>
      readEvents(tx, { kind: 'message', id: sent.message.id, limit: 200 }),
    );
    const submitted = events.find((one) => one.type === 'notification.submitted');
    assert.equal(submitted?.data['senderHidden'], true);
    assert.ok((await deliveryOf(sent.message)).senderHidden);
  });
});

test('a confidential one names its sender to the browser that has shown the code, and to nobody before', async () => {
  const sent = await send('cara@customer.example', 'confidential');
  await pageTellsNothing(visitDelivery(app, sent.path), sent.path);
  const visitor = await withCode(sent);
  for (const bytes of mailsTo(sent.address)) await mailTellsNothing(bytes);
  assert.match(await (await visitor.get()).text(), /Vautrin Joinery/);
  await pageTellsNothing(visitDelivery(app, sent.path), sent.path);
});

describe('asking for a hidden sender', () => {
  const program = () => ({ ...installation.author, actor: 'program' as const });
  const refused = async (more: object, why: RegExp) => {
    const document = await installation.addInvoice();
    const order = { to: ['x@customer.example'], service: 'registered' as const, hideSender: true, ...more };
    await assert.rejects(installation.send(document, order), why);
  };

  test('is refused for a plain mail, and with words of one’s own', async () => {
    await refused({ service: 'standard' }, /hidden_not_here/);
    await refused({ author: program(), subject: 'From Vautrin' }, /hidden_own_text/);
    await refused({ author: program(), text: 'From Vautrin' }, /hidden_own_text/);
    await refused({ author: program(), replyTo: 'claire@vautrin.example' }, /hidden_own_text/);
  });

  test('leaves what a person typed out of the notice', async () => {
    const document = await installation.addInvoice({ number });
    const [message] = await installation.send(document, {
      to: ['typed@customer.example'],
      service: 'registered',
      hideSender: true,
      subject: 'From Vautrin',
      html: '<p>Vautrin Joinery</p>',
      fromName: 'Claire Vautrin',
    });
    assert.ok(message);
    await until('the notice has come', async () => mailsTo('typed@customer.example').length > 0, 60_000);
    for (const bytes of mailsTo('typed@customer.example')) await mailTellsNothing(bytes);
  });

  test('holds when it is sent again to a corrected address', async () => {
    const document = await installation.addInvoice({ number });
    const order = { to: ['old@customer.example'], service: 'registered' as const, hideSender: true };
    const [message] = await installation.send(document, order);
    assert.ok(message);
    const again = { messageId: message.id, to: 'new@customer.example', author: installation.author };
    const sent = await inCompany(installation.database, installation.companyId, (tx) =>
      resendMessage(
        tx,
        installation.submit,
        { companyId: installation.companyId, ...again },
        installation.clock(),
      ),
    );
    assert.ok(sent.ok && sent.dispatch.senderHidden);
    await until('the notice has come', async () => mailsTo(again.to).length > 0, 60_000);
    for (const bytes of mailsTo(again.to)) await mailTellsNothing(bytes);
  });

  test('is refused where the company has no working address of the platform', async () => {
    await installation.database.owner.query(`update senders set state = 'broken' where method = 'platform'`);
    await refused({}, /hidden_no_platform/);
    await installation.database.owner.query(`update senders set state = 'valid' where method = 'platform'`);
  });
});

// Last: the clock does not go back, or what was leased ahead of it would wait.
test('a hidden sender stays unnamed in reminders, after a refusal and in the receipt of it', async () => {
  const sent = await send('rik@customer.example', 'registered');
  ahead = 4 * day;
  await mailLike(sent.address, /Still waiting/);
  const visitor = await withCode(sent);
  assert.equal((await visitor.post('refuse', { reason: 'Not for me' })).status, 303);
  await pageTellsNothing(visitor, sent.path);
  await mailLike(sent.address, /^Refusal/);
  for (const bytes of mailsTo(sent.address)) await mailTellsNothing(bytes);
});
