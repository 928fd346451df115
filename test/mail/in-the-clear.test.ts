import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { readEvents } from '#domain/evidence';
import { listAttempts, type Message } from '#domain/outbox';
import { makeEvidence } from '#domain/proofs';
import { type Loop, startWorker } from '#entrypoints/worker';
import { checkEvidence, readArchive } from '#formats/proof';
import { asWorker } from '#stores/database';
import { type TestInstallation, testInstallation, until } from '../installation.ts';
import { makeAuthority, type RudeServer, startDns, startRudeServer, type TestDns } from '../servers/index.ts';
import { testWeb, visitor } from '../staff.ts';
import { assertGenuine } from './genuine.ts';
import { ownDomain, sendsDirectly } from './laboratory.ts';

const run = promisify(execFile);

let dns: TestDns;
let server: RudeServer;
let installation: TestInstallation;
let worker: Loop;

before(async () => {
  dns = await startDns([
    ...['refusing', 'breaking'].flatMap((name) => [
      [`${name}.example`, 'MX', `10 mx.${name}.example`] as const,
      [`mx.${name}.example`, 'A', '127.0.0.1'] as const,
    ]),
    ['mail.envoi.example', 'A', '127.0.0.1'],
    ['_dmarc.vautrin.example', 'TXT', 'v=DMARC1; p=reject; adkim=s'],
  ]);
  const tls = await (await makeAuthority()).issue({ names: ['mx.refusing.example'] });
  server = await startRudeServer(
    [
      { at: 'starttls', times: 1, reply: '454 4.7.0 TLS not available for now' },
      { at: 'starttls', raw: '220 Ready\r\n', hangUp: 'close' },
    ],
    { tls: { ...tls, mode: 'starttls' } },
  );
  installation = await testInstallation({
    env: sendsDirectly(server, dns),
  });
  await ownDomain(installation, dns, 'vautrin.example');
  worker = await startWorker(installation);
});
after(async () => {
  await worker.stop();
  await installation.close();
  await server.close();
  await dns.close();
});

async function sendTo(address: string): Promise<Message> {
  const invoice = await installation.addInvoice();
  const [message] = await installation.send(invoice, { to: [address], copyToSender: false });
  assert.ok(message);
  return until('it is accepted', async () => {
    const [now] = await installation.messages(message.dispatchId);
    return now?.delivery === 'accepted' && now;
  });
}

async function keptAbout({ companyId, id }: Message) {
  return asWorker(installation.database, async (tx) => {
    const [attempt] = await listAttempts(tx, companyId, id);
    const events = await readEvents(tx, { kind: 'message', id, limit: 100 });
    return { attempt, accepted: events.find((one) => one.type === 'message.accepted')?.data };
  });
}

test('why a mail went in the clear although encryption was offered stays with the attempt, the event, the page and the evidence', async () => {
  const message = await sendTo('els@refusing.example');
  const { attempt, accepted } = await keptAbout(message);
  const said = '454 4.7.0 TLS not available for now';
  assert.deepEqual([attempt?.tls, attempt?.tls_given_up], [null, { why: 'refused', said }]);
  assert.equal(accepted?.['tlsGivenUp'], 'refused');

  const web = await testWeb(installation);
  const browser = visitor(web.app);
  await browser.signIn();
  const page = await (await browser.get(`/emails/${message.id}`)).text();
  await web.close();
  assert.match(page, /Their server offers encryption but refused to begin it, so the e-mail went without/);
  assert.match(page, /4\.7\.0<\/b> TLS not available for now/);

  const { companyId, author, clock, proofs } = installation;
  const order = { companyId, dispatchId: message.dispatchId, actor: 'user', by: author.id } as const;
  const made = await makeEvidence(proofs, order, clock());
  assert.ok(made.ok);
  const talk = readArchive(made.bytes).find((entry) => entry.name === `smtp/${message.id}.json`);
  assert.deepEqual(JSON.parse(Buffer.from(talk?.bytes ?? []).toString())[0].tls_given_up, {
    why: 'refused',
    said,
  });
  assert.equal((await checkEvidence(made.bytes)).broken, null);
  const row =
    /Not encrypted The recipient’s server offers encryption but refused to begin it: 454 4\.7\.0 TLS not available/;
  assert.match(await textOf(made.report), row);
});

async function textOf(pdf: Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'envoi-clear-'));
  const path = join(folder, 'report.pdf');
  await writeFile(path, pdf);
  const { stdout } = await run('pdftotext', ['-layout', path, '-']);
  await rm(folder, { recursive: true });
  return stdout.replaceAll(/\s+/g, ' ');
}

test('TLS that breaks off is told apart from TLS that is refused', async (t) => {
  const { attempt, accepted } = await keptAbout(await sendTo('jan@breaking.example'));
  assert.equal(attempt?.tls_given_up?.why, 'failed');
  assert.ok(attempt.tls_given_up.said);
  assert.equal(accepted?.['tlsGivenUp'], 'failed');
  await assertGenuine(t, server.mails, { domain: 'vautrin.example', dns });
});
