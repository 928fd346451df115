import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#base/ids';
import { after as later, minute } from '#base/time';
import { sequence } from '#domain/evidence';
import { leaseMessages, type Message, makeDeliverMessage } from '#domain/outbox';
import {
  beginConnecting,
  changeSender,
  createSender,
  finishConnecting,
  setDefaultSender,
} from '#domain/senders';
import { engagementsOf, type HitRecord, hitsOf, writeHits } from '#domain/tracking';
import { type Loop, startWorker } from '#entrypoints/worker';
import { inCompany } from '#stores/database';
import { type TestInstallation, testInstallation, until } from '../../../test/installation.ts';
import { deliveryReport, plainMail } from '../../../test/returned-mails.ts';
import {
  type Dovecot,
  type OauthServer,
  type PoliteServer,
  startDovecot,
  startOauth,
  startPolite,
} from '../../../test/servers/index.ts';
import { skipLoudly } from '../../../test/skip.ts';
import { fileNextCopy, followMailboxChoice, listMailboxes, noteCopies } from './index.ts';

const [sent, trash] = ['Out of the house', 'Waste basket'];
let now = new Date();
let installation: TestInstallation;
let dovecot: Dovecot | null;
let google: OauthServer;
let smtp: PoliteServer;
let senderId: string;

before(async () => {
  google = await startOauth();
  dovecot = await startDovecot(null, `${google.url}/introspect?token=`);
  smtp = await startPolite({ tokens: (user, token) => google.isGood(user, token) });
  installation = await testInstallation({
    clock: () => now,
    env: {
      ENVOI_GOOGLE_CLIENT_ID: google.clientId,
      ENVOI_GOOGLE_CLIENT_SECRET: google.clientSecret,
      ENVOI_GOOGLE_ENDPOINTS: `${google.endpoints} smtp=smtp://127.0.0.1:${smtp.port} imap=imap://127.0.0.1:${dovecot?.port ?? 1}`,
    },
  });
  senderId = await connectAccount();
  for (const folder of [sent, trash]) await dovecot?.makeFolder(folder);
});
after(async () => {
  await installation.close();
  await dovecot?.close();
  await Promise.all([google.close(), smtp.close()]);
});

const within = <Result>(work: Parameters<typeof inCompany<never, Result>>[2]) =>
  inCompany(installation.database, installation.companyId, work as never) as Promise<Result>;
const ref = () => ({
  companyId: installation.companyId,
  senderId,
  actor: 'user' as const,
  by: installation.author.id,
});
const follow = () => within((tx) => followMailboxChoice(tx, installation.senders, ref(), now));
const mailbox = async () => (await within((tx) => listMailboxes(tx, installation.companyId)))[0];

async function connectAccount(): Promise<string> {
  const { senders, companyId } = installation;
  const input = { companyId, method: 'google', address: google.account, usesMailbox: true } as const;
  const made = await within((tx) => createSender(tx, senders, input, 'user', now));
  assert.ok(made.ok);
  const of = { companyId, senderId: made.sender.id, by: installation.author.id };
  const begun = await beginConnecting(senders, of, 'http://localhost:3000');
  assert.ok(begun.ok);
  const parameters = (await google.consent(begun.url)).searchParams;
  const back = { consent: begun.consent, parameters, publicUrl: 'http://localhost:3000', provider: 'google' };
  assert.ok((await finishConnecting(senders, of, back)).ok);
  await installation.database.owner.query(`update senders set state = 'valid' where id = $1`, [of.senderId]);
  await within((tx) => setDefaultSender(tx, of, 'user', now));
  return made.sender.id;
}

/** Sends to these people, to `slow@…` ten minutes later. */
async function sendTo(...to: string[]) {
  now = later(now, minute);
  const messages = await installation.send(await installation.addInvoice(), { to });
  const due = [later(now, 10 * minute), messages[0]?.dispatchId];
  await installation.database.owner.query(
    `update messages set due_at = $1 where dispatch_id = $2 and address like 'slow@%'`,
    due,
  );
  await deliverDue();
  return messages;
}

/** Hands over what is due; what Google took, it files in Sent, one copy for each. */
async function deliverDue(): Promise<void> {
  const before = smtp.mails.length;
  const deliver = makeDeliverMessage(installation.outbox);
  for (const leased of await leaseMessages(installation.outbox, 20, [])) await deliver(leased);
  for (const mail of smtp.mails.slice(before)) await dovecot?.put(mail.bytes, sent);
}

/** Somebody opens a mail in Gmail, half an hour later, or looks at its page; returns how that is told. */
async function seen(message: Message | undefined, signal: 'pixel' | 'view' = 'pixel'): Promise<string> {
  now = later(now, 30 * minute);
  const userAgent =
    signal === 'pixel'
      ? 'Mozilla/5.0 (via ggpht.com GoogleImageProxy)'
      : 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
  const ip = signal === 'pixel' ? '66.249.93.12' : '81.82.83.84';
  const messageId = message?.id ?? '';
  const hit = {
    id: newId('hit', now),
    at: now.toISOString(),
    messageId,
    generation: 1,
    signal,
    method: 'GET',
  };
  const rest = { isLocal: false, session: null, staffOf: [], documentId: null, pages: [], pageSeconds: {} };
  const record: HitRecord = { ...hit, ...rest, userAgent, ip, failure: null, served: null };
  await writeHits(installation.database, [record], now);
  const hits = await within((tx) => hitsOf(tx, installation.companyId, messageId));
  const last = hits.at(-1);
  return `${last?.actor} ${last?.reasons.join()}`;
}

async function tidyUp(): Promise<void> {
  await sequence(installation.database);
  await noteCopies(installation.database, 'wait');
  now = later(now, 2 * minute);
  const staffPage = (document: string) => `https://staff.example/documents/${document}`;
  while (await fileNextCopy({ ...installation, staffPage })) now = later(now, minute);
}

const subjects = async (folder: string) =>
  (await dovecot?.mails(folder))?.map((bytes) => /^To: (.*)$/m.exec(bytes.toString('latin1'))?.[1]) ?? [];

test('what the provider files for each recipient gives way to one clean copy, and nothing else is touched', async (t) => {
  if (!dovecot) return skipLoudly(t, 'dovecot, as root');
  assert.equal(await follow(), 'connected');
  const own = plainMail(
    { From: google.account, Subject: 'My own', 'Message-ID': '<own@x.example>' },
    'Hello',
  );
  await dovecot.put(own, sent);
  const messages = await sendTo('a@x.example', 'b@x.example', 'c@x.example');
  assert.deepEqual(await seen(messages[0]), 'unknown own_copy_in_sent', 'it may be the sender who looks');
  assert.equal(messages.length, 3, 'and no duplicate to the sender');
  const forged = plainMail(
    {
      From: google.account,
      Subject: 'Not ours',
      'Message-ID': `<${messages[1]?.internetId}>`,
      'Envoi-Id': 'bmadeup',
    },
    'Somebody else has used our number.',
  );
  await dovecot.put(forged, sent);
  assert.equal((await dovecot.mails(sent)).length, 5);
  await tidyUp();
  const left = (await dovecot.mails(sent)).map(String);
  assert.equal(left.length, 3, (await subjects(sent)).join());
  assert.ok(left.some((mail) => mail.includes('My own')) && left.some((mail) => mail.includes('Not ours')));
  const clean = left.find((mail) => /^Message-ID: <copy\./m.test(mail)) ?? '';
  for (const to of ['a@x.example', 'b@x.example', 'c@x.example']) assert.match(clean, new RegExp(to));
  assert.match(clean, /staff\.example\/documents\/doc_/, 'its links lead to the staff’s own page');
  assert.doesNotMatch(clean, /localhost:3000/, 'no link and no picture of a recipient’s');
  assert.match(clean, /^References: </m, 'it belongs to the conversation');
  assert.equal((await dovecot.mails(trash)).length, 3, 'its owner still finds the others');
  await tidyUp();
  assert.equal((await dovecot.mails(sent)).length, 3);
  assert.equal(await seen(messages[0]), 'proxied gmail_image_proxy', 'from now on it is the recipient');
});

test('a recipient who gets it later than the others leaves no copy of his own behind', async (t) => {
  if (!dovecot) return skipLoudly(t, 'dovecot, as root');
  const before = (await dovecot.mails(sent)).length;
  const [first, slow] = await sendTo('d@x.example', 'slow@x.example');
  await tidyUp();
  assert.equal((await dovecot.mails(sent)).length, before + 1);
  now = later(now, 10 * minute);
  await deliverDue();
  assert.equal((await installation.messages(slow?.dispatchId ?? ''))[1]?.delivery, 'handed_off');
  assert.equal((await dovecot.mails(sent)).length, before + 2);
  await tidyUp();
  assert.equal((await dovecot.mails(sent)).length, before + 1);
  assert.notEqual(await seen(slow), 'unknown own_copy_in_sent');
  assert.notEqual(await seen(first), 'unknown own_copy_in_sent');
});

test('a bounce in the mailbox of the account settles its message, also when its token was refused first', async (t) => {
  if (!dovecot) return skipLoudly(t, 'dovecot, as root');
  google.spoilTokens();
  const worker: Loop = await startWorker(installation);
  t.after(() => worker.stop());
  await until('the mailbox works', async () => (await mailbox())?.state === 'working', 60_000);
  const [message] = await installation.send(await installation.addInvoice(), { to: ['gone@x.example'] });
  assert.ok(message);
  const is = (state: string) =>
    until(
      state,
      async () => (await installation.messages(message.dispatchId))[0]?.delivery === state,
      60_000,
    );
  await is('handed_off');
  await dovecot.put(
    deliveryReport(
      [{ address: message.address }],
      { 'Message-ID': `<${message.internetId}>` },
      'r1@mx.example',
    ),
  );
  await is('bounced');
});

test('what its owner does not allow any more is forgotten', async () => {
  const change = { usesMailbox: false };
  await within((tx) => changeSender(tx, installation.senders, ref(), change, 'user', now));
  assert.equal(await follow(), 'none');
  assert.equal(await mailbox(), undefined);
});

test('without its mailbox an opening may always be the sender’s, and a visit says that it may', async () => {
  const [message] = await sendTo('e@x.example');
  assert.equal(await seen(message), 'unknown own_copy_in_sent');
  assert.equal(await seen(message, 'view'), 'person visible_in_browser,own_copy_in_sent');
  const [known] = await within((tx) => engagementsOf(tx, [message?.id ?? '']));
  assert.equal(known?.openedCount, 0);
});
