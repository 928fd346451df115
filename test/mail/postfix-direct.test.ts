import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Loop, startWorker } from '#entrypoints/worker';
import { type TestInstallation, testInstallation, until } from '../installation.ts';
import { makeAuthority, type Postfix, startDns, startPostfix, type TestDns } from '../servers/index.ts';
import { skipLoudly } from '../skip.ts';
import { assertGenuine } from './genuine.ts';
import { ownDomain, sendsDirectly } from './laboratory.ts';

let dns: TestDns;
let postfix: Postfix | null;
let installation: TestInstallation | null = null;
let worker: Loop | null = null;

before(async () => {
  const authority = await makeAuthority();
  const tls = await authority.issue({ names: ['mx.customer.example'] });
  postfix = await startPostfix({ tls });
  dns = await startDns([
    ['customer.example', 'MX', '10 mx.customer.example'],
    ['sister.example', 'MX', '20 mx.customer.example'],
    ['mx.customer.example', 'A', '127.0.0.1'],
    ['mail.envoi.example', 'A', '127.0.0.1'],
    ['_dmarc.vautrin.example', 'TXT', 'v=DMARC1; p=reject; adkim=s'],
  ]);
  if (!postfix) return;
  installation = await testInstallation({
    env: sendsDirectly(postfix, dns),
  });
  worker = await startWorker(installation);
});
after(async () => {
  await worker?.stop();
  await installation?.close();
  await postfix?.close();
  await dns.close();
});

describe('mail from a domain of one’s own, straight to a real Postfix', () => {
  test('is found by its MX, travels over STARTTLS, and is genuine for OpenDKIM, mailauth and DMARC', async (t) => {
    if (!postfix || !installation) return skipLoudly(t, 'postfix, as root');
    await ownDomain(installation, dns, 'vautrin.example');
    const own = installation;
    for (const address of ['els@customer.example', 'jan@sister.example']) {
      const [message] = await own.send(await own.addInvoice(), { to: [address], copyToSender: false });
      const done = await until('it is settled', async () => {
        const [now] = await own.messages(message?.dispatchId ?? '');
        return now && ['accepted', 'rejected', 'deferred', 'held'].includes(now.delivery) ? now : null;
      });
      assert.equal(done.delivery, 'accepted', done.detail ?? '');
    }
    const mails = await postfix.mails(2);
    assert.equal(mails.length, 2);
    for (const mail of mails) assert.match(mail.added, /with ESMTPS/, 'RFC 3848: ESMTP over TLS');
    await assertGenuine(t, mails, { domain: 'vautrin.example', dns });
  });
});
