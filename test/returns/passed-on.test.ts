import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import nodemailer from 'nodemailer';
import { readTlsCertificate } from '#config';
import { changeCompany } from '#domain/accounts';
import { readEvents, sequence } from '#domain/evidence';
import { followNotices, listNotices } from '#domain/notices';
import type { Message } from '#domain/outbox';
import { engagementsOf } from '#domain/tracking';
import { type SmtpIn, startSmtpIn } from '#entrypoints/smtp-in';
import { type Loop, startWorker } from '#entrypoints/worker';
import { readMail } from '#mail/mime';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation, until } from '../installation.ts';
import { deliveryReport } from '../returned-mails.ts';
import { type RudeServer, startRudeServer } from '../servers/index.ts';

let installation: TestInstallation;
let relay: RudeServer;
let worker: Loop;
let server: SmtpIn;

before(async () => {
  relay = await startRudeServer([
    { at: 'rcpt', when: /full@/, reply: '552 5.2.2 Mailbox full' },
    { at: 'rcpt', when: /busy@/, times: 1, reply: '451 4.3.0 Come again' },
  ]);
  installation = await testInstallation({
    env: {
      ENVOI_SMTP_URL: `smtp://127.0.0.1:${relay.port}`,
      ENVOI_PLATFORM_DOMAIN: 'platform.example',
    },
  });
  await inCompany(installation.database, installation.companyId, (tx) =>
    changeCompany(tx, installation.companyId, { trackReplies: true }, new Date()),
  );
  server = await startSmtpIn({
    ...installation,
    port: 0,
    host: '127.0.0.1',
    name: 'mail.platform.example',
    ownDomains: ['platform.example'],
    tls: await readTlsCertificate(installation.config, new Date()),
  });
  worker = await startWorker(installation);
});
after(async () => {
  await worker.stop();
  await server.close();
  await installation.close();
  await relay.close();
});

/** Sends an invoice; the message, and the address where answers to it go. */
async function send(to: string, replyTo?: string): Promise<{ message: Message; reply: string }> {
  const [message] = await installation.send(await installation.addInvoice(), {
    to: [to],
    copyToSender: false,
    replyTo,
  });
  assert.ok(message);
  const mail = await arrived(to);
  const reply = /^Reply-To: (\S+)/im.exec(mail.toString('latin1'))?.[1] ?? '';
  return { message, reply };
}

function arrived(to: string, fits: RegExp = /./): Promise<Buffer> {
  return until(
    `a mail to ${to} that fits ${fits}`,
    async () =>
      relay.mails.find((mail) => mail.to.includes(to) && fits.test(mail.bytes.toString('latin1')))?.bytes,
    30_000,
  );
}

type Mail = Parameters<ReturnType<typeof nodemailer.createTransport>['sendMail']>[0];

async function answer(to: string, mail: Mail): Promise<void> {
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port: server.port,
    tls: { rejectUnauthorized: false },
  });
  await transport.sendMail({ to, ...mail });
  transport.close();
}

const eventsOf = async (message: Message) => {
  await sequence(installation.database);
  return asWorker(installation.database, (tx) =>
    readEvents(tx, { kind: 'message', id: message.id, limit: 100 }),
  );
};

const event = (message: Message, type: string) =>
  until(type, async () => (await eventsOf(message)).find((one) => one.type === type), 30_000);

test('an answer is recorded and passed on as it is, from our address, with the customer where answers go', async () => {
  const { message, reply } = await send('els@peeters.example');
  assert.match(reply, /^r[0-9a-z]{36}@bounce\.platform\.example$/);
  await answer(reply, {
    from: 'Els Peeters <els@peeters.example>',
    subject: 'Re: Invoice – été',
    text: 'We pay on Friday.',
    html: '<p>We pay on <b>Friday</b>.</p>',
    attachments: [{ filename: 'order.pdf', content: Buffer.from('%PDF-1.4 order') }],
    messageId: '<answer-1@peeters.example>',
  });
  const bytes = await arrived('claire@vautrin.example', /answer-1@/);
  const read = await readMail(bytes);
  assert.ok(read.ok);
  assert.deepEqual(read.mail.from, { name: 'Els Peeters', address: 'no-reply@platform.example' });
  assert.match(bytes.toString('latin1'), /^Reply-To: Els Peeters <els@peeters\.example>\r$/m);
  assert.equal(read.mail.subject, 'Re: Invoice – été');
  assert.match(read.mail.text ?? '', /We pay on Friday/);
  assert.match(read.mail.html ?? '', /<b>Friday<\/b>/);
  assert.equal(read.mail.attachments[0]?.name, 'order.pdf');
  assert.equal(String(read.mail.attachments[0]?.bytes), '%PDF-1.4 order');
  assert.ok(read.mail.references.includes('answer-1@peeters.example'));
  const replied = await event(message, 'message.replied');
  assert.match(String(replied.data['text']), /We pay on Friday/);
  await event(message, 'message.reply_passed_on');
  const [known] = await asWorker(installation.database, (tx) => engagementsOf(tx, [message.id]));
  assert.equal(known?.level, 'replied');
  // A mail of ours that comes back, under another name, is recorded and goes no further.
  const count = relay.mails.length;
  const circle = Buffer.from(
    bytes.toString('latin1').replace(/^Message-ID: .*$/im, 'Message-ID: <back@peeters.example>'),
    'latin1',
  );
  await answer(reply, { raw: circle, envelope: { from: 'els@peeters.example', to: reply } });
  // No-reply addresses are machines': it counts as an automatic answer.
  await event(message, 'message.auto_replied');
  assert.equal(relay.mails.length, count);
});

test('an automatic answer is recorded and not passed on; an answer without any reference is', async () => {
  const { message, reply } = await send('jan@peeters.example');
  await answer(reply, {
    from: 'jan@peeters.example',
    subject: 'Out of office',
    text: 'I am away.',
    headers: { 'Auto-Submitted': 'auto-replied' },
    messageId: '<away@peeters.example>',
  });
  await event(message, 'message.auto_replied');
  await answer(reply, {
    from: 'other@peeters.example',
    subject: 'A question',
    text: 'Which order is this?',
    messageId: '<question@peeters.example>',
  });
  const bytes = await arrived('claire@vautrin.example', /question@/);
  assert.match(bytes.toString('latin1'), /^Reply-To: other@peeters\.example\r$/m);
  assert.ok(!relay.mails.some((mail) => mail.bytes.includes('away@peeters.example')));
});

test('what the user writes to the address himself does not come back to him', async () => {
  const { message, reply } = await send('lea@peeters.example');
  await answer(reply, {
    from: 'claire@vautrin.example',
    subject: 'Re: Invoice',
    text: 'Mine',
    messageId: '<mine@vautrin.example>',
  });
  await event(message, 'message.replied');
  assert.ok(!(await eventsOf(message)).some((one) => one.type.startsWith('message.reply_')));
});

test('passing on is tried again, and what is refused for good stays here with a notice', async () => {
  const busy = await send('mia@peeters.example', 'busy@vautrin.example');
  await answer(busy.reply, {
    from: 'mia@peeters.example',
    text: 'Later',
    messageId: '<later@peeters.example>',
  });
  const row = () =>
    asWorker(installation.database, (tx) =>
      tx.selectFrom('house_mails').selectAll().where('message_id', '=', busy.message.id).executeTakeFirst(),
    );
  await until('it was put off', async () => (await row())?.problem);
  await asWorker(installation.database, (tx) =>
    tx
      .updateTable('house_mails')
      .set({ due_at: new Date(0) })
      .where('message_id', '=', busy.message.id)
      .execute(),
  );
  await arrived('busy@vautrin.example', /later@/);

  const full = await send('noa@peeters.example', 'full@vautrin.example');
  await answer(full.reply, {
    from: 'noa@peeters.example',
    text: 'Kept',
    messageId: '<kept@peeters.example>',
  });
  const kept = await event(full.message, 'message.reply_kept');
  assert.equal(kept.data['problem'], 'mailbox_full');
  assert.match(String((await event(full.message, 'message.replied')).data['text']), /Kept/);
  while ((await followNotices(installation.database)) > 0);
  const open = await asWorker(installation.database, (tx) =>
    listNotices(tx, installation.companyId, { before: null, limit: 10 }),
  );
  assert.ok(open.some((one) => one.kind === 'reply_kept' && one.subjectId === full.message.id));
});

test('an answer that comes back from the user’s server later stays here with a notice, told once', async () => {
  const { message, reply } = await send('ida@peeters.example', 'moved@vautrin.example');
  await answer(reply, { from: 'ida@peeters.example', text: 'Hello', messageId: '<moved@peeters.example>' });
  await arrived('moved@vautrin.example', /moved@peeters/);
  await event(message, 'message.reply_passed_on');
  const path = relay.mails.find((mail) => mail.to.includes('moved@vautrin.example'))?.from ?? '';
  assert.match(path, /^h[0-9a-z]{36}@bounce\.platform\.example$/);
  const raw = deliveryReport([{ address: 'moved@vautrin.example' }]);
  for (let times = 0; times < 2; times += 1) await answer(path, { raw, envelope: { from: '', to: path } });
  const kept = await event(message, 'message.reply_kept');
  assert.equal(kept.data['problem'], 'mailbox_unknown');
  assert.equal((await eventsOf(message)).filter((one) => one.type === 'message.reply_kept').length, 1);
});
