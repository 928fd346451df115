import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { replacePlans, revokeSubmissionLogin } from '#domain/accounts';
import { asWorker, inCompany } from '#stores/database';
import { facturxPdf } from '../../../test/fixtures/documents.ts';
import { owner } from '../../../test/installation.ts';
import { startPolite } from '../../../test/servers/index.ts';
import { testSubmission } from '../../../test/submission.ts';

let submission: Awaited<ReturnType<typeof testSubmission>>;
before(async () => {
  submission = await testSubmission();
});
after(() => submission.close());

const { email: from } = owner;

async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'accepted',
    (error: { response?: string; message: string }) => error.response ?? error.message,
  );
}

test('refusals are SMTP replies with a sentence', async () => {
  const pdf = await facturxPdf({ number: 'RF-1' });
  const mail = (more: object = {}) => ({
    from,
    to: 'els@peeters.example',
    subject: 'x',
    text: 'x',
    attachments: [{ filename: 'i.pdf', content: pdf }],
    ...more,
  });
  const attached = (filename: string, content: Buffer) =>
    submission.client().sendMail(mail({ attachments: [{ filename, content }] }));
  const said = {
    foreignEnvelope: await refusal(submission.client().sendMail(mail({ from: 'boss@elsewhere.example' }))),
    foreignHeader: await refusal(
      submission
        .client()
        .sendMail(mail({ from: 'boss@elsewhere.example', envelope: { from, to: 'els@peeters.example' } })),
    ),
    wrongPassword: await refusal(
      submission.client({ auth: { user: submission.user, pass: 'wrong' } }).sendMail(mail()),
    ),
    noDocument: await refusal(submission.client().sendMail(mail({ attachments: [] }))),
    outlook: await refusal(attached('winmail.dat', Buffer.from('789f3e2201000690', 'hex'))),
    noPdf: await refusal(attached('invoice.pdf', Buffer.from('<html>Please sign in</html>'))),
    empty: await refusal(attached('invoice.pdf', Buffer.alloc(0))),
    broken: await refusal(
      submission
        .client()
        .sendMail(mail({ attachments: [{ filename: 'i.pdf', content: '%PDF-1.7 nothing' }] })),
    ),
    tooBig: await refusal(
      submission
        .client()
        .sendMail(mail({ attachments: [{ filename: 'i.pdf', content: Buffer.alloc(450_000) }] })),
    ),
    loop: await refusal(
      submission.client().sendMail(mail({ headers: { 'auto-submitted': 'auto-replied' } })),
    ),
    noLogin: await refusal(submission.client({ auth: undefined }).sendMail(mail())),
  };
  assert.match(
    said.foreignEnvelope,
    /^554 5\.7\.1 This From is not one of yours\. Use one of: .*claire@vautrin/,
  );
  assert.match(said.foreignHeader, /^554 5\.7\.1/);
  assert.match(said.wrongPassword, /^535 5\.7\.8/);
  assert.match(said.noDocument, /^554 5\.6\.0 .*Attach the invoice/);
  assert.match(said.outlook, /^554 5\.6\.1 The attachment winmail\.dat .*set it to send mail as HTML/);
  assert.match(said.noPdf, /^554 5\.6\.1 The attachment invoice\.pdf is neither a PDF nor/);
  assert.match(said.empty, /^554 5\.6\.1 The attachment invoice\.pdf is empty/);
  assert.match(said.broken, /^554 5\.6\.1 The attachment i\.pdf is damaged/);
  assert.match(said.tooBig, /552|size/i);
  assert.match(said.loop, /^554 5\.4\.6/);
  assert.match(said.noLogin, /^530/);
});

test('a login that was revoked gets in no more', async () => {
  const { login, password: pass } = await submission.addLogin();
  const { database, companyId } = submission.installation;
  const verify = () => refusal(submission.client({ auth: { user: login.username, pass } }).verify());
  assert.equal(await verify(), 'accepted');
  await inCompany(database, companyId, (tx) =>
    revokeSubmissionLogin(tx, { companyId, loginId: login.id, actor: 'user' }, new Date()),
  );
  assert.match(await verify(), /^535/);
});

test('whatever a stranger writes, the server answers and lives on', async () => {
  const before = (await submission.dispatches()).length;
  const line = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.constantFrom(
      'EHLO x',
      'AUTH PLAIN',
      'AUTH PLAIN AAAA',
      'AUTH LOGIN',
      'MAIL FROM:<a@b>',
      'RCPT TO:<a@b>',
      'DATA',
      '.',
      'STARTTLS x',
      'RSET',
      'BDAT 4',
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 12 }), async (lines) => {
      await new Promise<void>((resolve) => {
        const socket = connect(submission.server.port, '127.0.0.1', () => {
          socket.end(`${lines.map((one) => one.replace(/[\r\n]/g, '')).join('\r\n')}\r\nQUIT\r\n`);
        });
        socket.on('data', () => undefined);
        socket.on('error', () => resolve());
        socket.on('close', () => resolve());
      });
    }),
    { numRuns: 40 },
  );
  assert.equal((await submission.dispatches()).length, before);
  assert.equal(await refusal(submission.client().verify()), 'accepted');
});

test('a mail for which the plan has no room is refused with the sentence of the API', async () => {
  const polite = await startPolite();
  try {
    await submission.installation.connect(polite.port);
    const plan = { name: 'small', features: [], limits: { messagesPerMonth: 0 }, isUsual: true };
    await asWorker(submission.installation.database, (tx) => replacePlans(tx, [plan], new Date()));
    const before = (await submission.dispatches()).length;
    const attachments = [{ filename: 'i.pdf', content: await facturxPdf({ number: 'PL-1' }) }];
    const mail = { from, to: 'els@peeters.example', subject: 'Invoice', text: 'x', attachments };
    assert.match(
      await refusal(submission.client().sendMail(mail)),
      /554 5\.7\.0 The plan allows 0 e-mails a month/,
    );
    assert.equal((await submission.dispatches()).length, before);
  } finally {
    await polite.close();
  }
});
