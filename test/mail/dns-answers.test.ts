import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sha256 } from '#base/crypto';
import { day, after as later } from '#base/time';
import { readEvents } from '#domain/evidence';
import { dnsAnswersOf, forgetDnsAnswers, listAttempts, type Message, readDnsFacts } from '#domain/outbox';
import { makeEvidence } from '#domain/proofs';
import { holdHistory } from '#domain/tracking';
import { type Loop, startWorker } from '#entrypoints/worker';
import { checkEvidence, readArchive, writeArchive } from '#formats/proof';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation, until } from '../installation.ts';
import { type Sink, startDns, startSink, type TestDns } from '../servers/index.ts';
import { assertGenuine } from './genuine.ts';
import { ownDomain, sendsDirectly } from './laboratory.ts';

let dns: TestDns;
let server: Sink;
let installation: TestInstallation;
let worker: Loop;

before(async () => {
  dns = await startDns([
    ['mx.customer.example', 'A', '127.0.0.1'],
    ['customer.example', 'MX', '20 mx.customer.example'],
    ['customer.example', 'MX', '10 gone.customer.example'],
    ['mail.envoi.example', 'A', '127.0.0.1'],
    ['_dmarc.vautrin.example', 'TXT', 'v=DMARC1; p=reject; adkim=s'],
  ]);
  server = await startSink({});
  installation = await testInstallation({
    env: sendsDirectly(server, dns),
  });
  worker = await startWorker(installation);
  await ownDomain(installation, dns, 'vautrin.example');
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
  return until('it is settled', async () => {
    const [now] = await installation.messages(message.dispatchId);
    return now && ['accepted', 'rejected'].includes(now.delivery) ? now : null;
  });
}

/** What is kept for the last attempt of a message. */
async function saidAbout({ companyId, id }: Message) {
  return asWorker(installation.database, async (tx) => {
    const hashes = (await listAttempts(tx, companyId, id)).at(-1)?.dns ?? [];
    const kept = await dnsAnswersOf(tx, companyId, hashes);
    for (const [hash, raw] of kept) assert.equal(sha256(raw).toString('hex'), hash);
    return hashes.map((hash) => ({
      hash,
      facts: kept.has(hash) ? readDnsFacts(kept.get(hash) ?? '') : null,
    }));
  });
}

test('what the DNS said about the way and the sender is kept once, and each try refers to it', async () => {
  const message = await sendTo('els@customer.example');
  const [route, sender] = await saidAbout(message);
  const [mx] = route?.facts?.answers ?? [];
  assert.deepEqual(mx?.records.toSorted(), ['10 gone.customer.example.', '20 mx.customer.example.']);
  assert.ok(mx?.server && mx.askedAt && mx.ttl !== undefined && mx.ttl > 0);
  assert.equal(route?.facts?.mtaSts, null);
  const names = sender?.facts?.answers.map((one) => [
    one.name.replace(/^[^.]+\._domainkey/, 'key._domainkey'),
    one.records,
  ]);
  const dkim = names?.find(([name]) => name === 'key._domainkey.vautrin.example');
  assert.match(String(dkim?.[1]), /^v=DKIM1; k=rsa; p=/);
  assert.deepEqual(names?.find(([name]) => name === '_dmarc.vautrin.example')?.[1], [
    'v=DMARC1; p=reject; adkim=s',
  ]);
  const again = await saidAbout(await sendTo('jan@customer.example'));
  assert.deepEqual(
    again.map((one) => one.hash),
    [route?.hash, sender?.hash],
  );
  const events = await asWorker(installation.database, (tx) =>
    readEvents(tx, { kind: 'message', id: message.id, limit: 100 }),
  );
  assert.deepEqual(events.find((event) => event.type === 'message.accepted')?.data['dnsSha256'], [
    route?.hash,
    sender?.hash,
  ]);
});

test('a domain that is not there is on record as the DNS said it', async () => {
  const [route] = await saidAbout(await sendTo('a@nobody.example'));
  const [mx] = route?.facts?.answers ?? [];
  assert.deepEqual([mx?.name, mx?.result, mx?.records], ['nobody.example', 'absent', []]);
});

test('the evidence file holds the answers, and a check names one that the events do not know', async () => {
  const { companyId, author, clock, proofs } = installation;
  const { dispatchId } = await sendTo('proof@customer.example');
  const made = await makeEvidence(proofs, { companyId, dispatchId, actor: 'user', by: author.id }, clock());
  assert.ok(made.ok);
  const entries = readArchive(made.bytes);
  const answers = entries.filter((entry) => entry.name.startsWith('dns/'));
  assert.equal(answers.length, 2);
  assert.equal((await checkEvidence(made.bytes)).broken, null);
  const [first] = answers;
  const changed = entries.map((entry) =>
    entry.name === first?.name ? { ...entry, bytes: Buffer.from(`${Buffer.from(entry.bytes)} `) } : entry,
  );
  assert.equal((await checkEvidence(Buffer.from(writeArchive(changed, clock())))).broken?.file, first?.name);
});

test('old answers go with other details, unless their dispatch is on legal hold', async () => {
  const { database, companyId, clock } = installation;
  const held = await sendTo('held@customer.example');
  const gone = await sendTo('b@elsewhere.example');
  const hold = {
    dispatchId: held.dispatchId,
    companyId,
    reason: 'Lawsuit',
    placedBy: 'usr_1',
    placedAt: clock(),
  };
  assert.deepEqual(await inCompany(database, companyId, (tx) => holdHistory(tx, hold, 'user')), { ok: true });
  const company = { id: companyId, retentionDays: 90 };
  assert.equal(await forgetDnsAnswers(database, company, later(clock(), 89 * day)), 0);
  assert.ok((await forgetDnsAnswers(database, company, later(clock(), 91 * day))) >= 1);
  assert.ok((await saidAbout(held)).every((one) => one.facts !== null));
  const [route, sender] = await saidAbout(gone);
  assert.equal(route?.facts, null);
  assert.notEqual(sender?.facts, null, 'the held dispatch refers to it too');
});

test('every mail that arrived is genuine for OpenDKIM, mailauth and DMARC', (t) =>
  assertGenuine(t, server.mails, { domain: 'vautrin.example', dns }));
