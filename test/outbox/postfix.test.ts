import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMailBytes } from '#domain/outbox';
import { startWorker } from '#entrypoints/worker';
import { inCompany } from '#stores/database';
import { testInstallation, until } from '../installation.ts';
import { makeAuthority, startPostfix } from '../servers/index.ts';
import { skipLoudly } from '../skip.ts';

const count = 100;
const login = { user: 'invoices', password: 'pass word ünï', tls: true };

test(`${count} dispatches reach a real Postfix over TLS, signed in, each byte for byte as it is archived`, async (t) => {
  const tls = await (await makeAuthority()).issue({ names: ['postfix.test'] });
  const postfix = await startPostfix({ tls, users: { [login.user]: login.password }, maxSize: 2_000_000 });
  if (!postfix) return skipLoudly(t, 'postfix, as root');
  const installation = await testInstallation();
  const worker = await startWorker(installation);
  try {
    await installation.connect(postfix.port, login);
    const document = await installation.addInvoice();
    const archived = new Map<string, string>();
    for (let n = 0; n < count; n += 1) {
      const address = `customer${n}@peeters.example`;
      const [message] = await installation.send(document, { to: [address], copyToSender: false });
      archived.set(address, message?.id ?? '');
    }
    const stored = await until(
      'all mails in the mailbox',
      async () => {
        const mails = await postfix.mails(count).catch(() => []);
        return mails.length === count && mails;
      },
      90_000,
    );
    for (const mail of stored) {
      const raw = await inCompany(installation.database, installation.companyId, (tx) =>
        readMailBytes(tx, installation.files, installation.companyId, archived.get(mail.to) ?? ''),
      );
      assert.ok(raw && mail.bytes.equals(raw), `${mail.to} got the archived bytes`);
      assert.match(mail.added, /with ESMTPSA id/); // over TLS, signed in (RFC 3848)
      archived.delete(mail.to);
    }
    assert.equal(archived.size, 0, 'everybody got one');
  } finally {
    await worker.stop();
    await installation.close();
    await postfix.close();
  }
});
