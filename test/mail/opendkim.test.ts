import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Loop, startWorker } from '#entrypoints/worker';
import { type TestInstallation, testInstallation, until } from '../installation.ts';
import { type Sink, startDns, startSink, type TestDns } from '../servers/index.ts';
import { skipLoudly } from '../skip.ts';
import { assertGenuine, findOpenDkim, genuine, openDkimSays } from './genuine.ts';
import { ownDomain, sendsDirectly } from './laboratory.ts';

let dns: TestDns;
let server: Sink;
let installation: TestInstallation;
let worker: Loop;

before(async () => {
  dns = await startDns([
    ['customer.example', 'A', '127.0.0.1'],
    ['_dmarc.vautrin.example', 'TXT', 'v=DMARC1; p=reject; adkim=s'],
  ]);
  server = await startSink();
  installation = await testInstallation({
    env: sendsDirectly(server, dns),
  });
  worker = await startWorker(installation);
});
after(async () => {
  await worker.stop();
  await installation.close();
  await server.close();
  await dns.close();
});

test('OpenDKIM and mailauth agree that the mail of an own domain is genuine, and that a changed one is not', async (t) => {
  if (!findOpenDkim()) return skipLoudly(t, 'opendkim');
  await ownDomain(installation, dns, 'vautrin.example');
  const [message] = await installation.send(await installation.addInvoice(), {
    to: ['els@customer.example'],
    copyToSender: false,
  });
  const mail = await until('the mail is there', async () =>
    server.mails.find(({ to }) => to.includes('els@customer.example')),
  );
  assert.ok(message && mail);
  await assertGenuine(t, [mail], { domain: 'vautrin.example', dns });
  const changed = Buffer.from(
    mail.bytes.toString('latin1').replace(/^Subject: /m, 'Subject: Urgent: '),
    'latin1',
  );
  assert.doesNotMatch(await openDkimSays(dns, changed), genuine);
});
