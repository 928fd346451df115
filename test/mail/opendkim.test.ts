import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { type Loop, startWorker } from '#entrypoints/worker';
import { type TestInstallation, testInstallation, until } from '../installation.ts';
import { type Sink, startDns, startSink, type TestDns } from '../servers/index.ts';
import { skipLoudly } from '../skip.ts';
import { ownDomain, signaturesOf } from './laboratory.ts';

const program = ['/usr/sbin/opendkim', '/usr/bin/opendkim'].find((path) => existsSync(path));
const run = promisify(execFile);

let dns: TestDns;
let server: Sink;
let installation: TestInstallation;
let worker: Loop;
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envoi-dkim-'));
  dns = await startDns([['customer.example', 'A', '127.0.0.1']]);
  server = await startSink();
  installation = await testInstallation({
    env: {
      ENVOI_SMTP_URL: 'direct:',
      ENVOI_MX_PORT: String(server.port),
      ENVOI_DNS_SERVERS: dns.address,
      ENVOI_MAIL_HOST: 'mail.envoi.example',
      ENVOI_PUBLIC_IPS: '127.0.0.1',
    },
  });
  worker = await startWorker(installation);
});
after(async () => {
  await worker.stop();
  await installation.close();
  await server.close();
  await dns.close();
  await rm(folder, { recursive: true, force: true });
});

test('OpenDKIM and mailauth agree that the mail of an own domain is genuine, and that a changed one is not', async (t) => {
  if (!program) return skipLoudly(t, 'opendkim');
  const { domain } = await ownDomain(installation, dns, 'vautrin.example');
  const [message] = await installation.send(await installation.addInvoice(), {
    to: ['els@customer.example'],
    copyToSender: false,
  });
  const mail = await until('the mail is there', async () =>
    server.mails.find(({ to }) => to.includes('els@customer.example')),
  );
  assert.ok(message && mail);
  assert.deepEqual(await signaturesOf(mail.bytes, dns), [{ result: 'pass', domain: 'vautrin.example' }]);
  const keys = join(folder, 'keys');
  await writeFile(
    keys,
    domain.records
      .filter(({ purpose }) => purpose === 'dkim')
      .map((one) => `${one.name} ${one.expected}\n`)
      .join(''),
  );
  await writeFile(join(folder, 'conf'), `Mode v\nTestPublicKeys ${keys}\n`);
  const verdictOn = async (bytes: Buffer): Promise<string> => {
    const path = join(folder, 'mail.eml');
    await writeFile(path, bytes);
    const said = await run(program, ['-x', join(folder, 'conf'), '-t', path, '-v', '-v']).catch(
      (error: { stdout: string; stderr: string }) => error,
    );
    return `${said.stdout}${said.stderr}`;
  };
  assert.match(await verdictOn(mail.bytes), /dkim=pass|verification \(s=.*\) succeeded/);
  const changed = Buffer.from(
    mail.bytes.toString('latin1').replace(/^Subject: /m, 'Subject: Urgent: '),
    'latin1',
  );
  assert.doesNotMatch(await verdictOn(changed), /dkim=pass|succeeded/);
});
