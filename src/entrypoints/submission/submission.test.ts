import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { getDocuments } from '#domain/documents';
import { getMessages } from '#domain/outbox';
import { inCompany } from '#stores/database';
import { ciiInvoice, facturxPdf } from '../../../test/fixtures/documents.ts';
import { freePort } from '../../../test/free-port.ts';
import { hasProgram } from '../../../test/has-program.ts';
import { owner } from '../../../test/installation.ts';
import { skipLoudly } from '../../../test/skip.ts';
import { testSubmission } from '../../../test/submission.ts';
import { startSubmission } from './index.ts';

let submission: Awaited<ReturnType<typeof testSubmission>>;
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envoi-submission-'));
  submission = await testSubmission();
});
after(async () => {
  await submission.close();
  await rm(folder, { recursive: true, force: true });
});

test('a server whose second port is taken listens on the first one neither', async () => {
  const port = await freePort();
  const at = { host: '127.0.0.1', port, tlsPort: submission.server.tlsPort };
  await assert.rejects(startSubmission(submission.needs, at), { code: 'EADDRINUSE' });
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
const newest = async () => {
  const [dispatch] = await submission.dispatches();
  const { companyId, database } = submission.installation;
  return inCompany(database, companyId, async (tx) => ({
    dispatch: dispatch!,
    messages: await getMessages(tx, companyId, { dispatchIds: [dispatch!.id] }),
    documents: await getDocuments(tx, companyId, dispatch!.documentIds),
  }));
};

test('swaks hands in an invoice over STARTTLS, and 250 names what it has become', async (t) => {
  if (!hasProgram('swaks')) return skipLoudly(t, 'swaks');
  await writeFile(join(folder, 'a.pdf'), await facturxPdf({ number: 'SW-1' }));
  const { server, user, password } = submission;
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
  const { server, user, password } = submission;
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

test('a plain PDF is sent with what mail and file agree on, and as "other" where they do not', async () => {
  const { drawPdf } = await plainPdfs();
  const attach = (filename: string, content: Buffer) => ({
    from,
    to: 'jan@peeters.example',
    subject: 'x',
    text: 'x',
    attachments: [{ filename, content }],
  });
  await submission.client().sendMail(attach('scan.pdf', await drawPdf('Good day. Nothing of use.')));
  const { documents } = await newest();
  assert.equal(documents[0]?.kind, 'other');
  assert.deepEqual(documents[0]?.buyerEmails, ['jan@peeters.example']);
});

test('an XML beside its PDF gives the facts and goes along', async () => {
  const { drawPdf } = await plainPdfs();
  const xml = Buffer.from(ciiInvoice({ number: 'PAIR-7' }));
  await submission.client().sendMail({
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
