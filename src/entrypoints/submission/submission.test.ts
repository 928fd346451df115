import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { createTransport } from 'nodemailer';
import { addSubmissionLogin, type LoginRules, replacePlans, revokeSubmissionLogin } from '#domain/accounts';
import { getDispatches } from '#domain/dispatch';
import { getDocuments } from '#domain/documents';
import { getMessages } from '#domain/outbox';
import { asWorker, inCompany } from '#stores/database';
import { ciiInvoice, facturxPdf } from '../../../test/fixtures/documents.ts';
import { freePort } from '../../../test/free-port.ts';
import { hasProgram } from '../../../test/has-program.ts';
import { owner, type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { startPolite } from '../../../test/servers/index.ts';
import { skipLoudly } from '../../../test/skip.ts';
import { makeSelfSigned } from '../../config/self-signed.ts';
import { type SubmissionServer, startSubmission } from './index.ts';

let installation: TestInstallation;
let server: SubmissionServer;
let folder: string;
let user = '';
let password = '';
let loginId = '';

const usual: LoginRules = { tracking: 'full', attach: true, link: true, ownText: true };

async function addLogin(rules: Partial<LoginRules> = {}) {
  const { database, companyId, author } = installation;
  const input = {
    companyId,
    userId: author.user.id,
    name: 'Invoicing',
    actor: 'user',
    ...usual,
    ...rules,
  } as const;
  return inCompany(database, companyId, (tx) => addSubmissionLogin(tx, input, new Date()));
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envoi-submission-'));
  installation = await testInstallation();
  const tls = await makeSelfSigned('mail.vautrin.example', new Date());
  const needs = { ...installation, tls, maxBytes: 400_000, name: 'mail.vautrin.example' };
  server = await startSubmission(needs, { host: '127.0.0.1', port: 0, tlsPort: 0 });
  const made = await addLogin();
  user = made.login.username;
  password = made.password;
  loginId = made.login.id;
});
after(async () => {
  await server.close();
  await installation.close();
  await rm(folder, { recursive: true, force: true });
});

test('a server whose second port is taken listens on the first one neither', async () => {
  const tls = await makeSelfSigned('mail.vautrin.example', new Date());
  const needs = { ...installation, tls, maxBytes: 400_000, name: 'mail.vautrin.example' };
  const port = await freePort();
  const at = { host: '127.0.0.1', port, tlsPort: server.tlsPort };
  await assert.rejects(startSubmission(needs, at), { code: 'EADDRINUSE' });
  const outcome = await new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve('connected'));
    socket.once('error', () => resolve('refused'));
  });
  assert.equal(outcome, 'refused');
});

function run(command: string, args: readonly string[], input = ''): Promise<{ code: number; text: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], { cwd: folder });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.stderr.on('data', (chunk) => {
      text += chunk;
    });
    child.on('close', (code) => resolve({ code: code ?? -1, text }));
    child.stdin.end(input);
  });
}

const { email: from } = owner;
const dispatches = () =>
  inCompany(installation.database, installation.companyId, (tx) =>
    getDispatches(tx, installation.companyId, { before: null, limit: 200 }),
  );
const newest = async () => {
  const [dispatch] = await dispatches();
  const { companyId, database } = installation;
  return inCompany(database, companyId, async (tx) => ({
    dispatch: dispatch!,
    messages: await getMessages(tx, companyId, { dispatchIds: [dispatch!.id] }),
    documents: await getDocuments(tx, companyId, dispatch!.documentIds),
  }));
};

function client(over: object = {}) {
  const auth = { user, pass: password };
  return createTransport({
    host: '127.0.0.1',
    port: server.port,
    requireTLS: true,
    tls: { rejectUnauthorized: false },
    auth,
    ...over,
  });
}

test('swaks hands in an invoice over STARTTLS, and 250 names what it has become', async (t) => {
  if (!hasProgram('swaks')) return skipLoudly(t, 'swaks');
  await writeFile(join(folder, 'a.pdf'), await facturxPdf({ number: 'SW-1' }));
  const common = ['--server', `127.0.0.1:${server.port}`, '--auth-user', user, '--auth-password', password];
  const { code, text } = await run('swaks', [
    ...common,
    '--tls',
    '--from',
    from,
    '--to',
    'els@peeters.example',
    '--header',
    'Subject: Your invoice',
    '--body',
    'Here it is.',
    '--attach',
    '@a.pdf',
  ]);
  assert.equal(code, 0, text);
  const queued = /250 2\.0\.0 Queued as (dsp_\S+)/.exec(text)?.[1];
  const { dispatch, messages, documents } = await newest();
  assert.equal(dispatch.id, queued);
  assert.equal(dispatch.subject, 'Your invoice');
  assert.deepEqual(
    messages.filter((one) => one.role !== 'copy').map((one) => [one.role, one.address]),
    [['to', 'els@peeters.example']],
  );
  assert.deepEqual(
    documents.map((one) => one.number),
    ['SW-1'],
  );
});

test('msmtp hands in a mail over TLS from the first byte; To, Cc and Bcc are what envelope and header say', async (t) => {
  if (!hasProgram('msmtp')) return skipLoudly(t, 'msmtp');
  const bytes = await facturxPdf({ number: 'MS-1' });
  const mail = [
    `From: Claire <${from}>`,
    'To: Els Peeters <els@peeters.example>',
    'Cc: office@peeters.example',
    'Subject: =?utf-8?q?Facture_pay=C3=A9e?=',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<p>Bonjour <script>alert(1)</script><b>Els</b></p>',
    '--b',
    'Content-Type: application/pdf; name=facture.pdf',
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment; filename=facture.pdf',
    '',
    bytes.toString('base64').replace(/.{76}/g, '$&\n'),
    '--b--',
    '',
  ].join('\n');
  const { code, text } = await run(
    'msmtp',
    [
      '--host=127.0.0.1',
      `--port=${server.tlsPort}`,
      '--tls=on',
      '--tls-starttls=off',
      '--tls-certcheck=off',
      '--auth=plain',
      `--user=${user}`,
      `--passwordeval=printf %s ${password}`,
      `--from=${from}`,
      '--',
      'els@peeters.example',
      'office@peeters.example',
      'books@vautrin.example',
    ],
    mail,
  );
  assert.equal(code, 0, text);
  const { dispatch, messages } = await newest();
  assert.equal(dispatch.subject, 'Facture payée');
  assert.deepEqual(
    messages.filter((one) => one.role !== 'copy').map((one) => [one.role, one.name, one.address]),
    [
      ['to', 'Els Peeters', 'els@peeters.example'],
      ['cc', '', 'office@peeters.example'],
      ['bcc', '', 'books@vautrin.example'],
    ],
  );
});

test('the same mail handed in again is answered and not sent twice', async () => {
  const raw = await new Promise<Buffer>((resolve, reject) => {
    void facturxPdf({ number: 'TW-1' }).then((pdf) =>
      createTransport({ streamTransport: true, buffer: true }).sendMail(
        {
          from,
          to: 'els@peeters.example',
          subject: 'Once',
          text: 'x',
          attachments: [{ filename: 'i.pdf', content: pdf }],
        },
        (error, info) => (error ? reject(error) : resolve(info.message as Buffer)),
      ),
    );
  });
  const envelope = { from, to: ['els@peeters.example'] };
  const before = (await dispatches()).length;
  const [one, two] = await Promise.all([
    client().sendMail({ envelope, raw }),
    client().sendMail({ envelope, raw }),
  ]);
  const again = await client().sendMail({ envelope, raw });
  assert.equal((await dispatches()).length, before + 1);
  const id = /dsp_\S+/.exec(one.response)?.[0];
  for (const answer of [two, again]) assert.ok(answer.response.includes(id ?? '?'), answer.response);
});

test('a plain PDF is sent with what mail and file agree on, and as "other" where they do not', async () => {
  const { drawPdf } = await plainPdfs();
  const attach = (filename: string, content: Buffer) => ({
    from,
    to: 'jan@peeters.example',
    subject: 'x',
    text: 'x',
    attachments: [{ filename, content }],
  });
  await client().sendMail(attach('scan.pdf', await drawPdf('Good day. Nothing of use.')));
  const { documents } = await newest();
  assert.equal(documents[0]?.kind, 'other');
  assert.deepEqual(documents[0]?.buyerEmails, ['jan@peeters.example']);
});

test('an XML beside its PDF gives the facts and goes along', async () => {
  const { drawPdf } = await plainPdfs();
  const xml = Buffer.from(ciiInvoice({ number: 'PAIR-7' }));
  await client().sendMail({
    from,
    to: 'els@peeters.example',
    subject: 'Pair',
    text: 'x',
    attachments: [
      { filename: 'PAIR-7.pdf', content: await drawPdf('Invoice') },
      { filename: 'pair-7.xml', content: xml },
    ],
  });
  const { documents } = await newest();
  assert.deepEqual(
    documents.map((one) => [one.number, one.format]),
    [['PAIR-7', 'pdf']],
  );
});

async function plainPdfs() {
  const { default: PDFDocument } = await import('pdfkit');
  const drawPdf = (text: string): Promise<Buffer> =>
    new Promise((resolve) => {
      const pdf = new PDFDocument();
      const chunks: Buffer[] = [];
      pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
      pdf.on('end', () => resolve(Buffer.concat(chunks)));
      pdf.text(`${text} ${Math.random()}`);
      pdf.end();
    });
  return { drawPdf };
}

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
  const said = {
    foreignEnvelope: await refusal(client().sendMail(mail({ from: 'boss@elsewhere.example' }))),
    foreignHeader: await refusal(
      client().sendMail(
        mail({ from: 'boss@elsewhere.example', envelope: { from, to: 'els@peeters.example' } }),
      ),
    ),
    wrongPassword: await refusal(client({ auth: { user, pass: 'wrong' } }).sendMail(mail())),
    noDocument: await refusal(client().sendMail(mail({ attachments: [] }))),
    broken: await refusal(
      client().sendMail(mail({ attachments: [{ filename: 'i.pdf', content: '%PDF-1.7 nothing' }] })),
    ),
    tooBig: await refusal(
      client().sendMail(mail({ attachments: [{ filename: 'i.pdf', content: Buffer.alloc(450_000) }] })),
    ),
    loop: await refusal(client().sendMail(mail({ headers: { 'auto-submitted': 'auto-replied' } }))),
    noLogin: await refusal(client({ auth: undefined }).sendMail(mail())),
  };
  assert.match(
    said.foreignEnvelope,
    /^554 5\.7\.1 This From is not one of yours\. Use one of: .*claire@vautrin/,
  );
  assert.match(said.foreignHeader, /^554 5\.7\.1/);
  assert.match(said.wrongPassword, /^535 5\.7\.8/);
  assert.match(said.noDocument, /^554 5\.6\.0 .*Attach the invoice/);
  assert.match(said.broken, /^554 5\.6\.1 The attachment i\.pdf is damaged/);
  assert.match(said.tooBig, /552|size/i);
  assert.match(said.loop, /^554 5\.4\.6/);
  assert.match(said.noLogin, /^530/);
});

test('a login that was revoked gets in no more', async () => {
  const { login, password: pass } = await addLogin();
  const { database, companyId } = installation;
  const verify = () => refusal(client({ auth: { user: login.username, pass } }).verify());
  assert.equal(await verify(), 'accepted');
  await inCompany(database, companyId, (tx) =>
    revokeSubmissionLogin(tx, { companyId, loginId: login.id, actor: 'user' }, new Date()),
  );
  assert.match(await verify(), /^535/);
});

test('whatever a stranger writes, the server answers and lives on', async () => {
  const before = (await dispatches()).length;
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
        const socket = connect(server.port, '127.0.0.1', () => {
          socket.end(`${lines.map((one) => one.replace(/[\r\n]/g, '')).join('\r\n')}\r\nQUIT\r\n`);
        });
        socket.on('data', () => undefined);
        socket.on('error', () => resolve());
        socket.on('close', () => resolve());
      });
    }),
    { numRuns: 40 },
  );
  assert.equal((await dispatches()).length, before);
  assert.equal(await refusal(client().verify()), 'accepted');
  assert.ok(loginId);
});

test('a mail for which the plan has no room is refused with the sentence of the API', async () => {
  const polite = await startPolite();
  try {
    await installation.connect(polite.port);
    const plan = { name: 'small', features: [], limits: { messagesPerMonth: 0 }, isUsual: true };
    await asWorker(installation.database, (tx) => replacePlans(tx, [plan]));
    const before = (await dispatches()).length;
    const attachments = [{ filename: 'i.pdf', content: await facturxPdf({ number: 'PL-1' }) }];
    const mail = { from, to: 'els@peeters.example', subject: 'Invoice', text: 'x', attachments };
    assert.match(await refusal(client().sendMail(mail)), /554 5\.7\.0 The plan allows 0 e-mails a month/);
    assert.equal((await dispatches()).length, before);
  } finally {
    await polite.close();
  }
});
