import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hour, minute } from '#base/time';
import { makeCheckpoint, newestCheckpoint, sequence } from '#domain/evidence';
import { deliverHouseMails } from '#domain/housemail';
import { dismissNotice, followNotices, listNotices, runDigests, setDigest } from '#domain/notices';
import type { Message } from '#domain/outbox';
import { readMail } from '#mail/mime';
import { asWorker } from '#stores/database';
import { type TestInstallation, testInstallation } from '../installation.ts';
import { comeBack, deliveryReport, sentMessages } from '../returned-mails.ts';
import { type Sink, startSink } from '../servers/index.ts';
import { testWeb, visitor } from '../staff.ts';

let installation: TestInstallation;
let sink: Sink;
const clock = { now: new Date('2026-11-25T10:00:00Z') };
const later = (ms: number): void => {
  clock.now = new Date(clock.now.getTime() + ms);
};
const morning = (day: string): void => {
  clock.now = new Date(`${day}T07:00:10Z`); // 8 h in Brussels
};

before(async () => {
  sink = await startSink();
  installation = await testInstallation({
    clock: () => clock.now,
    env: {
      ENVOI_SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
      ENVOI_PLATFORM_DOMAIN: 'platform.example',
      PUBLIC_URL: 'http://staff.example',
    },
  });
});
after(async () => {
  await installation.close();
  await sink.close();
});

let reports = 0;

/** Sends to somebody and lets a report come back that it failed. */
async function failed(to: string): Promise<Message> {
  const [message] = await sentMessages(installation, [to]);
  assert.ok(message);
  reports += 1;
  const report = deliveryReport([{ address: to }], {}, `report-${reports}@mx.example`);
  await comeBack(installation, report, { messageId: message.id });
  await follow();
  return message;
}

async function follow(): Promise<void> {
  await sequence(installation.database);
  while ((await followNotices(installation.database)) > 0);
}

const house = () => ({ ...installation.outbox, database: installation.database });

/** Writes what is due and delivers it; the mails that arrived by that. */
async function round() {
  const before = sink.count;
  await runDigests(installation);
  while ((await deliverHouseMails(house())) > 0);
  const read = await Promise.all(sink.mails.slice(before).map((mail) => readMail(mail.bytes)));
  return read.map((one, at) => {
    assert.ok(one.ok);
    return { ...one.mail, envelope: sink.mails[before + at] };
  });
}

const openNotices = () =>
  asWorker(installation.database, (tx) =>
    listNotices(tx, installation.companyId, { before: null, limit: 50 }),
  );

test('what failed is mailed the next morning, once, with its cause, a link and the newest checkpoint', async () => {
  await failed('els@gone.example');
  await makeCheckpoint(installation.database, installation.keys.log, clock.now);
  assert.deepEqual(await round(), []);
  morning('2026-11-26');
  const [mail, ...more] = await round();
  assert.ok(mail);
  assert.deepEqual(more, []);
  assert.deepEqual(mail.envelope?.to, ['claire@vautrin.example']);
  assert.equal(mail.from?.address, 'no-reply@platform.example');
  assert.match(mail.text ?? '', /The mailbox els@gone\.example does not exist/);
  const [notice] = await openNotices();
  const link = `/notices?notice=${notice?.id}`;
  assert.ok(mail.text?.includes(`http://staff.example${link}`));
  assert.ok(mail.html?.includes(`http://staff.example${link}`));
  const checkpoint = await asWorker(installation.database, newestCheckpoint);
  assert.ok(checkpoint && mail.text?.includes(checkpoint.note.trimEnd()));
  assert.deepEqual(await round(), []);
  morning('2026-11-27');
  assert.deepEqual(await round(), [], 'still open, and told');
  const web = await testWeb(installation);
  const browser = visitor(web.app, 'http://staff.example');
  await browser.signIn();
  const page = await (await browser.get(link)).text();
  assert.ok(page.includes(`id="${notice?.id}"`));
  await web.close();
});

test('a notice that has closed before the mail is left out, and alone makes none', async () => {
  later(hour);
  await failed('jan@gone.example');
  const closing = (await openNotices()).find((one) => one.openedAt.getTime() === clock.now.getTime());
  assert.ok(closing);
  const closed = { at: clock.now, by: 'usr_test' };
  await asWorker(installation.database, (tx) =>
    dismissNotice(tx, installation.companyId, closing.id, closed),
  );
  morning('2026-11-28');
  assert.deepEqual(await round(), []);
});

test('at once: what goes wrong within two minutes comes in one mail', async () => {
  await asWorker(installation.database, (tx) =>
    setDigest(
      tx,
      { companyId: installation.companyId, userId: installation.author.user.id },
      { mode: 'at_once', hour: 8 },
    ),
  );
  await failed('an@gone.example');
  assert.deepEqual(await round(), []);
  later(minute);
  await failed('bea@gone.example');
  later(minute);
  const [mail, ...more] = await round();
  assert.deepEqual(more, []);
  assert.match(mail?.subject ?? '', /2 things need you/);
  for (const address of ['an@gone.example', 'bea@gone.example'])
    assert.ok(mail?.text?.includes(address), address);
  later(5 * minute);
  assert.deepEqual(await round(), []);
});

test('nobody is mailed of his own test', async () => {
  await failed('claire@vautrin.example');
  later(10 * minute);
  assert.deepEqual(await round(), []);
});

test('a mail whose process died behind the dot is not sent again; one that died before it is', async () => {
  const transports = installation.outbox.transports;
  for (const [behindTheDot, arrive] of [
    [true, 0],
    [false, 1],
  ] as const) {
    await failed(`crash-${behindTheDot}@gone.example`);
    later(3 * minute);
    await runDigests(installation);
    let isHeld = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      isHeld = resolve;
    });
    // A process that dies: it comes to the dot, or not, and is never heard of again.
    const dying = {
      ...transports,
      for: (sender: Parameters<typeof transports.for>[0]) => ({
        ...transports.for(sender),
        deliver: async (_mail: unknown, hooks: { beforeDot(): Promise<void> }) => {
          if (behindTheDot) await hooks.beforeDot();
          isHeld();
          return new Promise<never>(() => undefined);
        },
      }),
    };
    void deliverHouseMails({ ...house(), transports: dying });
    await held;
    assert.deepEqual(await round(), [], 'it is in somebody’s hands');
    later(20 * minute);
    assert.equal((await round()).length, arrive, String(behindTheDot));
    later(hour);
    assert.deepEqual(await round(), []);
  }
});

test('a person sets it on the profile, and a program for him', async () => {
  const web = await testWeb(installation);
  const browser = visitor(web.app, 'http://staff.example');
  await browser.signIn();
  await round(); // of a browser that is not known he is told at once, whatever he sets
  const csrf = await browser.token('/settings/profile');
  const saved = await browser.post('/settings/profile/digest', { csrf, mode: 'off', hour: '17' });
  assert.equal(saved.status, 303);
  const page = await (await browser.get('/settings/profile')).text();
  assert.match(page, /name="mode" value="off" checked/);
  await failed('off@gone.example');
  later(30 * hour);
  assert.deepEqual(await round(), []);
  assert.equal(
    (await browser.post('/settings/profile/digest', { csrf, mode: 'daily', hour: '24' })).status,
    404,
  );
  await web.close();
});
