import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { languages } from '#base/language';
import { type Loop, startWorker } from '#entrypoints/worker';
import { type TestInstallation, testInstallation, until } from '../installation.ts';
import { type Sink, startDns, startSink, type TestDns } from '../servers/index.ts';
import { skipLoudly } from '../skip.ts';
import { findOpenDkim, openDkimSays, ownDomain, signaturesOf } from './laboratory.ts';

const program = '/usr/bin/spamassassin';
const limit = 1;

let dns: TestDns;
let server: Sink;
let installation: TestInstallation;
let worker: Loop;

before(async () => {
  dns = await startDns([['customer.example', 'A', '127.0.0.1']]);
  server = await startSink();
  installation = await testInstallation({
    env: {
      ENVOI_SMTP_URL: 'direct:',
      ENVOI_MX_PORT: String(server.port),
      ENVOI_DNS_SERVERS: dns.address,
      ENVOI_PORTAL_URL: 'https://documents.vautrin.example',
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
});

test(`SpamAssassin gives the built-in text of an invoice less than ${limit} in every language, as docs/deliverability.md says`, async (t) => {
  if (!existsSync(program)) return skipLoudly(t, 'spamassassin');
  const { domain } = await ownDomain(installation, dns, 'vautrin.example');
  const page = await readFile(new URL('../../docs/deliverability.md', import.meta.url), 'utf8');
  for (const language of languages) {
    const address = `${language}@customer.example`;
    await installation.send(await installation.addInvoice(), {
      to: [address],
      language,
      copyToSender: false,
    });
    const mail = await until(language, async () => server.mails.find(({ to }) => to.includes(address)));
    assert.deepEqual(await signaturesOf(mail.bytes, dns), [{ result: 'pass', domain: 'vautrin.example' }]);
    if (findOpenDkim())
      assert.match(
        await openDkimSays(domain, mail.bytes),
        /dkim=pass|verification \(s=.*\) succeeded/,
        language,
      );
    const { score, rules } = await judge(mail.bytes);
    t.diagnostic(`${language}: ${score} ${rules}`);
    assert.ok(score < limit, `${language}: ${score} ${rules}`);
    assert.match(page, new RegExp(`^\\| ${language} +\\| `, 'm'));
  }
});

/** Judges by the rules that need no network (`-L`): what the text and the form of the mail cost. */
function judge(bytes: Buffer): Promise<{ readonly score: number; readonly rules: string }> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, ['-L', '-x'], { maxBuffer: 2 ** 26 }, (error, stdout) => {
      const [, score, rules = ''] =
        /^X-Spam-Status: \w+, score=(-?[\d.]+).*?tests=([\s\S]*?)\s+(?:autolearn|version)=/m.exec(stdout) ??
        [];
      if (score === undefined) reject(error ?? new Error(stdout.slice(0, 500)));
      else resolve({ score: Number(score), rules: rules.replace(/\s+/g, '') });
    });
    child.stdin?.end(bytes);
  });
}
