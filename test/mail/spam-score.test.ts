import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { languages } from '#base/language';
import { type TextKind, textKinds, textPurposes } from '#domain/templates';
import { type Loop, startWorker } from '#entrypoints/worker';
import { type TestInstallation, testInstallation, until } from '../installation.ts';
import { type Sink, startDns, startSink, type TestDns } from '../servers/index.ts';
import { skipLoudly } from '../skip.ts';
import { assertGenuine } from './genuine.ts';
import { ownDomain, sendsDirectly } from './laboratory.ts';

const program = '/usr/bin/spamassassin';
const limit = 1;

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
    env: { ...sendsDirectly(server, dns), ENVOI_PORTAL_URL: 'https://documents.vautrin.example' },
  });
  worker = await startWorker(installation);
});
after(async () => {
  await worker.stop();
  await installation.close();
  await server.close();
  await dns.close();
});

test(`SpamAssassin gives every built-in text less than ${limit} in every language, as docs/deliverability.md says`, async (t) => {
  if (!existsSync(program)) return skipLoudly(t, 'spamassassin');
  await ownDomain(installation, dns, 'vautrin.example');
  const page = await readFile(new URL('../../docs/deliverability.md', import.meta.url), 'utf8');
  for (const kind of textKinds) await sendAll(kind);
  const count = textKinds.length * textPurposes.length * languages.length;
  const mails = await until(
    'all have arrived',
    async () => server.mails.length === count && server.mails,
    300_000,
  );
  const verdicts = await judge(mails.map((mail) => mail.bytes));
  for (const language of languages) {
    const own = verdicts.filter(({ to }) => to.startsWith(`${language}-`));
    assert.equal(own.length, count / languages.length);
    const most = Math.max(...own.map((one) => one.score));
    const rules = [...new Set(own.flatMap((one) => one.rules))].sort().join(', ');
    t.diagnostic(`| ${language} | ${most.toFixed(1)} | ${rules} |`);
    const bad = own.filter((one) => one.score >= limit);
    assert.deepEqual(bad, []);
    assert.match(page, new RegExp(`^\\| ${language} +\\| `, 'm'));
  }
  await assertGenuine(t, mails, { domain: 'vautrin.example', dns });
});

/** Sends the built-in texts for a kind of document, for each purpose in each language. */
async function sendAll(kind: TextKind): Promise<void> {
  const documents = [await installation.addInvoice(), await installation.addInvoice()];
  const [first] = documents;
  assert.ok(first);
  const ids = (kind === 'several' ? documents : [first]).map((one) => one.id);
  if (kind !== 'several')
    await installation.database.owner.query('update documents set kind = $1 where id = any ($2)', [
      kind,
      ids,
    ]);
  for (const purpose of textPurposes)
    for (const language of languages)
      await installation.send(first, {
        documentIds: ids,
        to: [`${language}-${kind}-${purpose}@customer.example`],
        ...{ purpose, language, templateId: null, copyToSender: false },
      });
}

interface Verdict {
  readonly to: string;
  readonly score: number;
  readonly rules: readonly string[];
}

/** Judges by the rules that need no network (`-L`), all in one go: what the text and the form of a mail cost. */
function judge(mails: readonly Buffer[]): Promise<Verdict[]> {
  const from = 'From judge@customer.example Thu Jan  1 00:00:00 1970\n';
  const text = mails.map((bytes) => `${from}${bytes.toString('latin1').replaceAll('\r\n', '\n')}\n`).join('');
  return new Promise((resolve, reject) => {
    const child = execFile(program, ['-L', '-x', '--mbox'], { maxBuffer: 2 ** 28 }, (error, stdout) => {
      const verdicts = stdout.split(/^From judge@.*$/m).flatMap(verdictOf);
      if (verdicts.length === mails.length) resolve(verdicts);
      else reject(error ?? new Error(stdout.slice(0, 500)));
    });
    child.stdin?.end(Buffer.from(text, 'latin1'));
  });
}

function verdictOf(mail: string): Verdict[] {
  const to = /^To: .*?([\w-]+@customer\.example)/m.exec(mail)?.[1];
  const status = /^X-Spam-Status: \w+, score=(-?[\d.]+).*?tests=([\s\S]*?)\s+(?:autolearn|version)=/m.exec(
    mail,
  );
  if (!to || !status) return [];
  return [{ to, score: Number(status[1]), rules: (status[2] ?? '').split(/[,\s]+/).filter(Boolean) }];
}
