import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { type RecordedEvent, readEvents } from '#domain/evidence';
import type { Message } from '#domain/outbox';
import { getDelivery } from '#domain/registered';
import { linkTokens } from '#domain/tracking';
import { type Loop, startWorker } from '#entrypoints/worker';
import { asWorker } from '#stores/database';
import { visitDelivery } from '../../../test/delivery-visitor.ts';
import { type TestInstallation, testInstallation, until } from '../../../test/installation.ts';
import { type RudeServer, startRudeServer } from '../../../test/servers/index.ts';
import { makeWebApp } from '../../roof/web-app.ts';
import { makeEvidence } from './index.ts';

interface Place {
  readonly installation: TestInstallation;
  readonly app: Awaited<ReturnType<typeof makeWebApp>>;
  readonly worker: Loop;
}

let own: RudeServer;
let relay: RudeServer;
let withRelay: Place;
let without: Place;
let folder: string;

async function open(env: Readonly<Record<string, string>> = {}): Promise<Place> {
  const installation = await testInstallation({ env });
  await installation.connect(own.port);
  const app = await makeWebApp(installation);
  return { installation, app, worker: await startWorker(installation) };
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envoi-codes-'));
  [own, relay] = await Promise.all([startRudeServer(), startRudeServer()]);
  const env = {
    ENVOI_SMTP_URL: `smtp://127.0.0.1:${relay.port}`,
    ENVOI_PLATFORM_DOMAIN: 'platform.example',
  };
  withRelay = await open(env);
  without = await open();
});
after(async () => {
  for (const { installation, app, worker } of [withRelay, without]) {
    await worker.stop();
    await app.close();
    await installation.close();
  }
  await Promise.all([own.close(), relay.close(), rm(folder, { recursive: true, force: true })]);
});

/** Sends a delivery from the seller's own server and asks for a code on its page. */
async function askForCode({ installation, app }: Place, address: string): Promise<Message> {
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, { to: [address], service: 'registered' });
  assert.ok(message);
  const find = () => asWorker(installation.database, (tx) => getDelivery(tx, message.id));
  await until('the notice has left', async () => (await find())?.notifiedAt, 60_000);
  const visitor = visitDelivery(app, `/r/${linkTokens(installation.linkKey, message.id, 1).page}`);
  assert.equal((await visitor.post('code')).status, 303);
  return message;
}

function codeSent({ installation }: Place, { dispatchId }: Message): Promise<RecordedEvent> {
  return until('the code is sent', async () => {
    const events = await asWorker(installation.database, (tx) =>
      readEvents(tx, { kind: 'dispatch', id: dispatchId, limit: 100 }),
    );
    return events.find((event) => event.type === 'code.sent');
  });
}

const codeMails = ({ mails }: RudeServer, address: string) =>
  mails.filter((mail) => mail.to.includes(address) && /^\d{8}\r$/m.test(mail.bytes.toString('latin1')));

async function reportOf({ installation }: Place, { dispatchId }: Message): Promise<string> {
  const { companyId, author, proofs } = installation;
  const of = { companyId, dispatchId, actor: 'user', by: author.id } as const;
  const made = await makeEvidence(proofs, of, new Date());
  assert.ok(made.ok);
  const path = join(folder, `${dispatchId}.pdf`);
  await writeFile(path, made.report);
  const { stdout } = await promisify(execFile)('pdftotext', ['-layout', path, '-']);
  return stdout.replaceAll(/\s+/g, ' ');
}

const sentence =
  /A code went out through the sender’s own mail server: whoever runs that server could read it there/;

test('a code goes out by the installation where it can send, so that the seller’s server never sees it', async () => {
  const message = await askForCode(withRelay, 'anna@customer.example');
  const { data } = await codeSent(withRelay, message);
  assert.deepEqual(
    { way: data['way'], host: data['host'], code: data['code'] },
    { way: 'relay', host: '127.0.0.1', code: 250 },
  );
  assert.equal(typeof data['reply'], 'string');
  assert.equal(codeMails(own, 'anna@customer.example').length, 0);
  const [mail] = codeMails(relay, 'anna@customer.example');
  assert.match(
    mail?.bytes.toString('latin1') ?? '',
    /^From: .*Vautrin Joinery.* <no-reply@platform\.example>/m,
  );
  assert.doesNotMatch(await reportOf(withRelay, message), sentence);
});

test('where only the seller’s server can send, the code goes there, and the report says what that leaves open', async () => {
  const message = await askForCode(without, 'rik@customer.example');
  const { data } = await codeSent(without, message);
  assert.deepEqual({ way: data['way'], code: data['code'] }, { way: 'smtp', code: 250 });
  assert.equal(codeMails(own, 'rik@customer.example').length, 1);
  assert.match(await reportOf(without, message), sentence);
});
