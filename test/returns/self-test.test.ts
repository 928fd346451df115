import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readTlsCertificate } from '#config';
import {
  beginSelfTest,
  connectMailbox,
  foresee,
  lastSelfTest,
  type SelfTest,
  takePastedSource,
} from '#domain/returns';
import { getSender, listSenders } from '#domain/senders';
import { type SmtpIn, startSmtpIn } from '#entrypoints/smtp-in';
import { startWorker } from '#entrypoints/worker';
import { inCompany } from '#stores/database';
import { freePort } from '../free-port.ts';
import { type TestInstallation, testInstallation, until } from '../installation.ts';
import { makeSelfSigned, type Postfix, startDovecot, startPolite, startPostfix } from '../servers/index.ts';
import { skipLoudly } from '../skip.ts';

/** An installation that sends through a Postfix, and whose return host that Postfix reaches. */
async function laboratory(rewrites: Parameters<typeof startPostfix>[0]['rewrites']) {
  const port = await freePort();
  const postfix = await startPostfix({
    tls: await makeSelfSigned({ names: ['localhost'] }),
    relays: { 'bounce.platform.example': port },
    returns: { 'gone.example': '5.1.1 User unknown' },
    rewrites,
  });
  if (!postfix) return null;
  const installation = await testInstallation({
    env: { ENVOI_SMTP_URL: `smtp://127.0.0.1:${postfix.port}`, ENVOI_PLATFORM_DOMAIN: 'platform.example' },
  });
  const server = await startSmtpIn({
    ...installation,
    ...{ port, host: '127.0.0.1', name: 'mail.platform.example', ownDomains: ['platform.example'] },
    tls: await readTlsCertificate(installation.config, new Date()),
  });
  return { installation, postfix, server };
}

async function closeAll(
  lab: {
    installation: TestInstallation;
    postfix: Postfix;
    server: SmtpIn;
  } | null,
): Promise<void> {
  await lab?.server.close();
  await lab?.installation.close();
  await lab?.postfix.close();
}

async function platformSender({ database, companyId }: TestInstallation): Promise<string> {
  const senders = await inCompany(database, companyId, (tx) => listSenders(tx, companyId));
  const platform = senders.find((one) => one.method === 'platform');
  assert.ok(platform);
  return platform.id;
}

/** Begins a test and waits for its end. */
async function tested(
  installation: TestInstallation,
  senderId: string,
  more: { way?: SelfTest['way']; to?: string } = {},
): Promise<SelfTest> {
  const { companyId } = installation;
  const begun = await beginSelfTest(installation, { companyId, senderId, language: 'fr', ...more });
  assert.ok(begun.ok, JSON.stringify(begun));
  return until(
    'the test ends',
    async () => {
      const now = await inCompany(installation.database, companyId, (tx) =>
        lastSelfTest(tx, companyId, senderId),
      );
      return now && now.state !== 'waiting' && now;
    },
    60_000,
  );
}

const verdictsOf = ({ findings }: SelfTest) =>
  findings && {
    envelopeFrom: findings.envelopeFrom.verdict,
    header: findings.header.verdict,
    messageId: findings.messageId.verdict,
    from: findings.from.verdict,
  };

async function foreseen(
  installation: TestInstallation,
  done: SelfTest,
  isRead = false,
  hasReturnHost = true,
) {
  const sender = await inCompany(installation.database, done.companyId, (tx) =>
    getSender(tx, done.companyId, done.senderId),
  );
  assert.ok(sender && done.findings);
  return foresee(sender, done.findings, { isRead, hasReturnHost, tracksAnswers: false }).bounces;
}

describe('a plain relay', () => {
  let lab: Awaited<ReturnType<typeof laboratory>>;
  before(async () => {
    lab = await laboratory({});
  });
  after(() => closeAll(lab));

  test('keeps everything: bounces will come to the return path of each mail', async (t) => {
    if (!lab) return skipLoudly(t, 'postfix, as root');
    const { installation } = lab;
    const done = await tested(installation, await platformSender(installation));
    assert.equal(done.state, 'arrived', done.answer ?? '');
    assert.equal(done.way, 'return_host');
    assert.deepEqual(verdictsOf(done), {
      envelopeFrom: 'kept',
      header: 'kept',
      messageId: 'kept',
      from: 'kept',
    });
    assert.equal(await foreseen(installation, done), 'return_path');
    assert.equal(await foreseen(installation, done, false, false), 'no_return_host');
  });

  test('of a sender with a server of its own, failures are seen only in its mailbox until that is read', async (t) => {
    if (!lab) return skipLoudly(t, 'postfix, as root');
    const { installation, postfix } = lab;
    const done = await tested(installation, await installation.connect(postfix.port));
    assert.equal(done.state, 'arrived', done.answer ?? '');
    assert.equal(done.findings?.envelopeFrom.found, 'invoices@vautrin.example');
    assert.equal(await foreseen(installation, done, false), 'mailbox_unread');
    assert.equal(await foreseen(installation, done, true), 'header');
  });

  test('who pastes the source of the mail that reached him gets the same answer; another mail is refused', async (t) => {
    if (!lab) return skipLoudly(t, 'postfix, as root');
    const { installation, postfix } = lab;
    const { companyId } = installation;
    const senderId = await installation.connect(postfix.port);
    const to = 'claire@home.example';
    const begun = await beginSelfTest(installation, {
      companyId,
      senderId,
      way: 'pasted',
      to,
      language: 'en',
    });
    assert.ok(begun.ok);
    const [mail] = await postfix.mails(1);
    assert.ok(mail && mail.to === to);
    const source = `\n${mail.added}${mail.bytes.toString('latin1')}`.replaceAll('\r\n', '\n');
    const other = await takePastedSource(installation, {
      companyId,
      senderId,
      source: 'Subject: Lunch\n\nSoup',
    });
    assert.deepEqual(other, { ok: false, reason: 'not_the_test_mail' });
    const long = await takePastedSource(installation, { companyId, senderId, source: 'x'.repeat(300_000) });
    assert.deepEqual(long, { ok: false, reason: 'source_too_long' });
    const taken = await takePastedSource(installation, { companyId, senderId, source });
    assert.ok(taken.ok && taken.test.state === 'arrived');
    assert.deepEqual(verdictsOf(taken.test), {
      envelopeFrom: 'kept',
      header: 'kept',
      messageId: 'kept',
      from: 'kept',
    });
  });
});

describe('a relay that rewrites', () => {
  let lab: Awaited<ReturnType<typeof laboratory>>;
  before(async () => {
    lab = await laboratory({
      messageId: 'relay-1@rewriter.example',
      removed: ['Envoi-Id'],
      envelopeFrom: 'bounces@rewriter.example',
      headerFrom: 'Rewriter <noreply@rewriter.example>',
    });
  });
  after(() => closeAll(lab));

  test('is found out: bounces go to an address that is not ours', async (t) => {
    if (!lab) return skipLoudly(t, 'postfix, as root');
    const { installation } = lab;
    const done = await tested(installation, await platformSender(installation));
    assert.deepEqual(verdictsOf(done), {
      envelopeFrom: 'changed',
      header: 'missing',
      messageId: 'changed',
      from: 'changed',
    });
    assert.equal(done.findings?.messageId.found, 'relay-1@rewriter.example');
    assert.equal(done.findings?.envelopeFrom.found, 'bounces@rewriter.example');
    assert.equal(await foreseen(installation, done), 'elsewhere');
  });
});

test('the mail of a self-test that is found in the connected mailbox settles it, and is not kept as an answer', async (t) => {
  const dovecot = await startDovecot();
  if (!dovecot) return skipLoudly(t, 'dovecot, as root');
  const smtp = await startPolite();
  const installation = await testInstallation();
  const senderId = await installation.connect(smtp.port);
  const ref = {
    companyId: installation.companyId,
    senderId,
    actor: 'user' as const,
    by: installation.author.id,
  };
  const where = { host: '127.0.0.1', port: dovecot.port, security: 'none' as const, user: dovecot.user };
  await inCompany(installation.database, ref.companyId, (tx) =>
    connectMailbox(tx, installation.senders, ref, { ...where, password: dovecot.password }, new Date()),
  );
  const worker = await startWorker(installation);
  t.after(async () => {
    await worker.stop();
    await installation.close();
    await smtp.close();
    await dovecot.close();
  });
  await until('the mailbox is watched', async () => {
    const { rows } = await installation.database.owner.query('select next_uid from mailboxes');
    return rows[0]?.next_uid !== null;
  });
  const begun = await beginSelfTest(installation, { ...ref, language: 'en' });
  assert.ok(begun.ok && begun.test.way === 'mailbox', JSON.stringify(begun));
  const mail = smtp.mails.at(-1);
  assert.ok(mail);
  assert.deepEqual(mail.to, ['invoices@vautrin.example']);
  await dovecot.put(Buffer.concat([Buffer.from('Return-Path: <invoices@vautrin.example>\r\n'), mail.bytes]));
  const done = await until(
    'the test ends',
    async () => {
      const now = await inCompany(installation.database, ref.companyId, (tx) =>
        lastSelfTest(tx, ref.companyId, senderId),
      );
      return now?.state === 'arrived' && now;
    },
    60_000,
  );
  assert.deepEqual(verdictsOf(done), {
    envelopeFrom: 'kept',
    header: 'kept',
    messageId: 'kept',
    from: 'kept',
  });
  assert.equal(await foreseen(installation, done, true), 'header');
  const { rows } = await installation.database.owner.query('select 1 from returned_mails');
  assert.equal(rows.length, 0);
});

test('a server that refuses the test mail ends the test with its words; the sandbox has nothing to test', async (t) => {
  const smtp = await startPolite();
  const installation = await testInstallation();
  t.after(() => installation.close());
  const { companyId } = installation;
  const senderId = await installation.connect(smtp.port);
  await smtp.close();
  const order = {
    companyId,
    senderId,
    way: 'pasted' as const,
    to: 'claire@home.example',
    language: 'en' as const,
  };
  const begun = await beginSelfTest(installation, order);
  assert.ok(begun.ok);
  assert.equal(begun.test.state, 'not_sent');
  assert.match(begun.test.answer ?? '', /ECONNREFUSED|refused/i);
  const typed = await beginSelfTest(installation, { ...order, to: 'no address' });
  assert.deepEqual(typed, { ok: false, reason: 'address_invalid' });
  const host = await beginSelfTest(installation, { ...order, way: 'return_host' });
  assert.deepEqual(host, { ok: false, reason: 'way_not_available' });
  const { rows } = await installation.database.owner.query("select id from senders where method = 'sandbox'");
  const sandbox = await beginSelfTest(installation, { ...order, senderId: rows[0].id });
  assert.deepEqual(sandbox, { ok: false, reason: 'nothing_to_test' });
});
