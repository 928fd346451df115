import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { sha256 } from '#base/crypto';
import { day, after as later } from '#base/time';
import { forgetDnsAnswers, readDnsFacts } from '#domain/outbox';
import { makeEvidence } from '#domain/proofs';
import { checkEvidence, readArchive } from '#formats/proof';
import { dkimRecord, signMail } from '#mail/dkim';
import { composeMail, mailBytes } from '#mail/mime';
import { type TestInstallation, testInstallation } from '../installation.ts';
import { comeBack, sentMessages } from '../returned-mails.ts';
import { startDns, type TestDns } from '../servers/index.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const keyName = 's1._domainkey.peeters.example';

let dns: TestDns;
let installation: TestInstallation;
let dispatchId: string;

before(async () => {
  dns = await startDns([[keyName, 'TXT', dkimRecord(privateKey), 300]]);
  installation = await testInstallation({ env: { ENVOI_DNS_SERVERS: dns.address } });
  const [message] = await sentMessages(installation, ['els@peeters.example']);
  assert.ok(message);
  dispatchId = message.dispatchId;
  const headers = {
    from: { name: 'Els', address: 'els@peeters.example' },
    to: [{ name: '', address: 'sender@vautrin.example' }],
    subject: 'Re: Invoice',
    messageId: 're@peeters.example',
    date: installation.clock(),
  };
  const signer = { domain: 'peeters.example', selector: 's1', privateKey, at: installation.clock() };
  const mail = signMail(composeMail({ headers, text: 'Thanks', attachments: [] }), {
    ...signer,
    algorithm: 'rsa-sha256',
  });
  await comeBack(installation, mailBytes(mail), { messageId: message.id });
});
after(async () => {
  await installation.close();
  await dns.close();
});

async function make() {
  const { companyId, author, clock, proofs } = installation;
  const made = await makeEvidence(proofs, { companyId, dispatchId, actor: 'user', by: author.id }, clock());
  assert.ok(made.ok);
  return made;
}

test('the key that a signed answer was checked with goes along, with who showed it and when', async () => {
  const { bytes, report } = await make();
  const parts = readArchive(bytes);
  const event = parts.find(({ name }) => /^events\/.*message\.replied\.json$/.test(name));
  const { data } = JSON.parse(Buffer.from(event?.bytes ?? []).toString());
  assert.deepEqual([data.dkim, data.dkimDomain, data.dnsSha256?.length], ['pass', 'peeters.example', 1]);
  const kept = parts.find(({ name }) => name === `dns/${data.dnsSha256[0]}.json`);
  assert.ok(kept);
  assert.equal(sha256(kept.bytes).toString('hex'), data.dnsSha256[0]);
  const facts = readDnsFacts(Buffer.from(kept.bytes).toString());
  assert.deepEqual([facts.about, facts.domain], ['key', 'peeters.example']);
  const [answer] = facts.answers;
  assert.deepEqual(
    [answer?.name, answer?.type, answer?.result, answer?.records],
    [keyName, 'TXT', 'found', [dkimRecord(privateKey)]],
  );
  assert.match(answer?.server ?? '', /127\.0\.0\.1/);
  assert.match(answer?.askedAt ?? '', /^20\d\d-/);
  assert.equal((await checkEvidence(bytes)).broken, null);
  assert.match(await textOf(report), /DNS, the key of its signature\s+s1\._domainkey\.peeters\.example TXT/);
});

test('it stays as long as the mail that it was asked for, when other answers of the DNS are forgotten', async () => {
  const { database, companyId, clock } = installation;
  const company = { id: companyId, retentionDays: 90 };
  assert.equal(await forgetDnsAnswers(database, company, later(clock(), 400 * day)), 0);
  assert.ok(readArchive((await make()).bytes).some(({ name }) => name.startsWith('dns/')));
});

async function textOf(pdf: Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'envoi-keys-'));
  await writeFile(join(folder, 'r.pdf'), pdf);
  const { stdout } = await promisify(execFile)('pdftotext', ['-layout', join(folder, 'r.pdf'), '-']);
  await rm(folder, { recursive: true });
  return stdout;
}
