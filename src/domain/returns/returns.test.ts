import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { suppressionsOf } from '#domain/customers';
import { readEvents } from '#domain/evidence';
import { type Message, makeMessageMark } from '#domain/outbox';
import { engagementsOf } from '#domain/tracking';
import { asWorker } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { comeBack, deliveryReport, plainMail, sentMessages } from '../../../test/returned-mails.ts';
import { keepMail, readReturns } from './index.ts';

let installation: TestInstallation;
before(async () => {
  installation = await testInstallation();
});
after(() => installation.close());

const nobodysMailbox = { senderId: null };

async function stateOf(message: Message): Promise<string> {
  const all = await installation.messages(message.dispatchId);
  return all.find((one) => one.id === message.id)?.delivery ?? 'gone';
}

async function eventsOf(message: Message) {
  const events = await asWorker(installation.database, (tx) =>
    readEvents(tx, { kind: 'message', id: message.id, limit: 100 }),
  );
  return events.filter((event) => event.data['by'] === 'report');
}

async function sendTo(address: string, delivery: Message['delivery'] = 'handed_off'): Promise<Message> {
  const [message] = await sentMessages(installation, [address], delivery);
  assert.ok(message);
  return message;
}

const isSuppressed = async (address: string): Promise<boolean> =>
  (await asWorker(installation.database, (tx) => suppressionsOf(tx, installation.companyId, [address])))
    .size > 0;

describe('a message is found', () => {
  test('by its return path, even if the report names another address (an alias)', async () => {
    const message = await sendTo('office@alias.example');
    const bytes = deliveryReport([{ address: 'els@elsewhere.example' }]);
    await comeBack(installation, bytes, { messageId: message.id });
    assert.equal(await stateOf(message), 'bounced');
  });

  test('by our header in the returned mail, and not by a forged one', async () => {
    const message = await sendTo('a@header.example');
    const mark = makeMessageMark(installation.returnKey, message.id);
    const forged = `${mark.slice(0, -1)}${mark.endsWith('0') ? '1' : '0'}`;
    const report = (value: string, id: string) =>
      deliveryReport([{ address: 'nobody@known.example' }], { 'Envoi-Id': value }, id);
    await comeBack(installation, report(forged, 'f1@mx.example'), nobodysMailbox);
    assert.equal(await stateOf(message), 'handed_off');
    await comeBack(installation, report(mark, 'f2@mx.example'), nobodysMailbox);
    assert.equal(await stateOf(message), 'bounced');
  });

  test('by its Message-ID, and by one further back in the references of an answer', async () => {
    const bounced = await sendTo('a@id.example');
    const report = deliveryReport([{ address: 'a@id.example' }], { 'Message-ID': `<${bounced.internetId}>` });
    await comeBack(installation, report, nobodysMailbox);
    assert.equal(await stateOf(bounced), 'bounced');
    const answered = await sendTo('b@id.example');
    const headers = {
      From: 'Els <els@other.example>',
      Subject: 'a new subject',
      'Message-ID': '<r1@other.example>',
      'In-Reply-To': '<between@other.example>',
      References: `<${answered.internetId}> <between@other.example>`,
    };
    await comeBack(installation, plainMail(headers, 'Thanks.'), nobodysMailbox);
    assert.deepEqual(
      (await eventsOf(answered)).map((event) => event.type),
      ['message.replied'],
    );
  });

  test('by recipient and time for reports; an answer must have the subject too', async () => {
    const message = await sendTo('c@time.example');
    const other = plainMail(
      { From: 'c@time.example', Subject: 'Re: lunch', 'Message-ID': '<l1@x.example>' },
      'Yes!',
    );
    await comeBack(installation, other, nobodysMailbox);
    assert.equal((await eventsOf(message)).length, 0);
    await comeBack(
      installation,
      deliveryReport([{ address: 'C@time.example' }], {}, 't1@mx.example'),
      nobodysMailbox,
    );
    const [event] = await eventsOf(message);
    assert.equal(event?.type, 'message.bounced');
    assert.equal(event?.certainty, 'probable');
  });
});

describe('a report', () => {
  test('that says the mailbox does not exist puts the address on the list, a full mailbox does not', async () => {
    const unknown = await sendTo('gone@list.example');
    await comeBack(installation, deliveryReport([{ address: unknown.address }]), { messageId: unknown.id });
    assert.ok(await isSuppressed('GONE@list.example'));
    const full = await sendTo('full@list.example');
    const words = { status: '5.2.2', words: '552 5.2.2 Mailbox full' };
    await comeBack(installation, deliveryReport([{ address: full.address, ...words }]), {
      messageId: full.id,
    });
    assert.equal(await stateOf(full), 'bounced');
    assert.equal(await isSuppressed(full.address), false);
  });

  test('that refuses the sender never puts an address on the list', async () => {
    const message = await sendTo('a@reputation.example');
    const words = { status: '5.7.1', words: '550 5.7.1 Blocked because of poor reputation; user unknown' };
    await comeBack(installation, deliveryReport([{ address: message.address, ...words }]), {
      messageId: message.id,
    });
    assert.equal(await stateOf(message), 'bounced');
    assert.equal(await isSuppressed(message.address), false);
  });

  test('is one event, however often and by whatever way it comes', async () => {
    const message = await sendTo('a@twice.example');
    const returned = { 'Message-ID': `<${message.internetId}>` };
    const bytes = deliveryReport([{ address: message.address }], returned, 'same@mx.example');
    await comeBack(installation, bytes, { messageId: message.id });
    await comeBack(installation, bytes, { messageId: message.id });
    await comeBack(installation, Buffer.concat([Buffer.from('Received: x\r\n'), bytes]), {
      messageId: message.id,
    });
    await comeBack(installation, bytes, nobodysMailbox);
    assert.equal((await eventsOf(message)).length, 1);
  });

  test('about several recipients settles each of their messages', async () => {
    const [one, two, three] = await sentMessages(installation, ['1@m.example', '2@m.example', '3@m.example']);
    assert.ok(one && two && three);
    const bytes = deliveryReport(
      [
        { address: one.address },
        { address: two.address, action: 'delivered', status: '2.0.0', words: '250 2.0.0 Ok' },
        { address: three.address, status: '5.2.2', words: '552 5.2.2 Mailbox full' },
      ],
      { 'Message-ID': `<${two.internetId}>` },
    );
    await comeBack(installation, bytes, nobodysMailbox);
    assert.deepEqual(await Promise.all([one, two, three].map(stateOf)), ['bounced', 'accepted', 'bounced']);
  });

  test('to the return path of one message says nothing about another', async () => {
    const [one, two] = await sentMessages(installation, ['1@only.example', '2@only.example']);
    assert.ok(one && two);
    const bytes = deliveryReport([{ address: one.address }, { address: two.address }]);
    await comeBack(installation, bytes, { messageId: one.id });
    assert.deepEqual(await Promise.all([one, two].map(stateOf)), ['bounced', 'handed_off']);
  });

  test('of a delay is an event and proves that an unconfirmed message has left; one of delivery settles it', async () => {
    const message = await sendTo('a@late.example', 'unconfirmed');
    const delay = { action: 'delayed', status: '4.4.1', words: '451 4.4.1 timeout' } as const;
    await comeBack(
      installation,
      deliveryReport([{ address: message.address, ...delay }], {}, 'd1@mx.example'),
      {
        messageId: message.id,
      },
    );
    assert.equal(await stateOf(message), 'handed_off');
    const done = { action: 'delivered', status: '2.0.0', words: '250 Ok' } as const;
    await comeBack(
      installation,
      deliveryReport([{ address: message.address, ...done }], {}, 'd2@mx.example'),
      {
        messageId: message.id,
      },
    );
    assert.equal(await stateOf(message), 'accepted');
    assert.deepEqual(
      (await eventsOf(message)).map((event) => event.type),
      ['message.delayed', 'message.accepted'],
    );
  });

  test('that comes before the answer in the conversation waits for it', async () => {
    const message = await sendTo('a@fast.example', 'sending');
    await comeBack(installation, deliveryReport([{ address: message.address }]), { messageId: message.id });
    assert.equal(await stateOf(message), 'sending');
    assert.equal((await eventsOf(message)).length, 0);
    await asWorker(installation.database, async (tx) => {
      await tx.updateTable('messages').set({ delivery: 'handed_off' }).where('id', '=', message.id).execute();
      await tx
        .updateTable('returned_mails')
        .set({ due_at: new Date(0) })
        .where('done_at', 'is', null)
        .execute();
    });
    await readReturns(installation);
    assert.equal(await stateOf(message), 'bounced');
  });

  test('of a message that was taken back changes nothing but the history', async () => {
    const message = await sendTo('a@back.example', 'canceled');
    await comeBack(installation, deliveryReport([{ address: message.address }]), { messageId: message.id });
    assert.equal(await stateOf(message), 'canceled');
    assert.equal((await eventsOf(message)).length, 1);
  });
});

describe('an answer', () => {
  const from = 'Els Peeters <els@answer.example>';

  test('of a person is kept without what it quotes, and beats every other engagement', async () => {
    const message = await sendTo('els@answer.example');
    const headers = {
      From: from,
      Subject: 'Re: Invoice',
      'Message-ID': '<a1@answer.example>',
      'In-Reply-To': `<${message.internetId}>`,
    };
    const text =
      'We pay on Friday.\n\nOn Thu, 12 Nov 2026 at 09:14, Vautrin Joinery <a@b.example> wrote:\n> Dear Els';
    await comeBack(installation, plainMail(headers, text), nobodysMailbox);
    const [event] = await eventsOf(message);
    assert.equal(event?.type, 'message.replied');
    assert.equal(event?.actor, 'person');
    assert.equal(event?.data['text'], 'We pay on Friday.');
    assert.equal(event?.data['from'], 'els@answer.example');
    assert.equal(event?.data['dkim'], 'none');
    assert.ok(!event?.raw.toString().includes('Friday'), 'what a person writes can be erased');
    const [engagement] = await asWorker(installation.database, (tx) => engagementsOf(tx, [message.id]));
    assert.equal(engagement?.level, 'replied');
  });

  test('of a machine is no answer of a person, and says until when somebody is away', async () => {
    const message = await sendTo('jan@answer.example');
    const headers = {
      From: 'jan@answer.example',
      Subject: 'Automatic reply: Invoice',
      'Auto-Submitted': 'auto-replied',
      'Message-ID': '<o1@answer.example>',
      'In-Reply-To': `<${message.internetId}>`,
      Date: 'Thu, 12 Nov 2026 09:14:00 +0000',
    };
    const text = 'I am out of the office until 23 November 2026.';
    await comeBack(installation, plainMail(headers, text), nobodysMailbox);
    const [event] = await eventsOf(message);
    assert.equal(event?.type, 'message.auto_replied');
    assert.equal(event?.data['absentUntil'], '2026-11-23');
    const [engagement] = await asWorker(installation.database, (tx) => engagementsOf(tx, [message.id]));
    assert.equal(engagement?.level, 'none');
  });

  test('with characters that no database takes is kept all the same', async () => {
    const message = await sendTo('odd@answer.example');
    const headers = { From: from, Subject: 'Re: x', 'In-Reply-To': `<${message.internetId}>` };
    await comeBack(
      installation,
      plainMail(headers, `a\0b ${'x'.repeat(19_990)}${'😀'.repeat(20)}`),
      nobodysMailbox,
    );
    assert.equal((await eventsOf(message)).length, 1);
  });
});

test('a complaint puts the address on the list and settles the message, even one that had bounced', async () => {
  const message = await sendTo('angry@complaint.example', 'accepted');
  const bytes = Buffer.from(
    `From: <feedback@isp.example>\r\nSubject: complaint\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nabuse\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nVersion: 1\r\nUser-Agent: X/1\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <${message.internetId}>\r\nSubject: Invoice\r\n\r\nHello\r\n--b--\r\n`,
  );
  await comeBack(installation, bytes, nobodysMailbox);
  assert.equal(await stateOf(message), 'complained');
  assert.ok(await isSuppressed(message.address));
});

test('a mail about nothing of ours is put away without an event', async () => {
  await comeBack(installation, plainMail({ From: 'a@b.example', Subject: 'Hello' }, 'Hi'), nobodysMailbox);
  const row = await asWorker(installation.database, (tx) =>
    tx.selectFrom('returned_mails').selectAll().orderBy('received_at', 'desc').executeTakeFirstOrThrow(),
  );
  assert.deepEqual([row.kind, row.matched_by], ['none', null]);
});

test('the same bytes are kept once: a server that missed our answer may send them again', async () => {
  const message = await sendTo('a@once.example');
  const arrival = {
    ...{
      companyId: installation.companyId,
      messageId: message.id,
      senderId: null,
      via: 'return_path' as const,
    },
    ...{
      envelopeFrom: '',
      clientIp: null,
      clientName: null,
      bytes: deliveryReport([{ address: message.address }]),
    },
  };
  assert.deepEqual(
    [await keepMail(installation, arrival), await keepMail(installation, arrival)],
    [true, false],
  );
});
