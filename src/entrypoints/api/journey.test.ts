import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { formOf, type Program, testApi } from '../../../test/api.ts';
import { startApiWorker } from '../../../test/api-worker.ts';
import { facturxPdf } from '../../../test/fixtures/documents.ts';
import { dispatchShape } from './shapes/dispatch.ts';
import { documentShape } from './shapes/document.ts';
import { eventShape } from './shapes/event.ts';
import { messageShape } from './shapes/message.ts';

let api: Awaited<ReturnType<typeof testApi>>;
let program: Program;
let worker: Awaited<ReturnType<typeof startApiWorker>>;

before(async () => {
  api = await testApi();
  program = await api.program();
  worker = await startApiWorker(api);
});
after(async () => {
  await worker.close();
  await api.close();
});

const left = (json: { delivery?: string }): boolean =>
  json.delivery === 'handed_off' || json.delivery === 'accepted';

describe('a document and its mail', () => {
  let dispatch: { id: string; documentIds: string[]; messages: { id: string; portalUrl: string }[] };

  test('are taken in and sent in one call, with what the program wants to find again', async () => {
    const metadata = { order: 4711, nested: { ключ: [1.5, null, 'ö'] } };
    const answer = await program.ask(
      'POST /dispatches',
      formOf(await facturxPdf(), {
        facts: { dueDate: '2027-01-31', externalId: 'ERP-1', metadata: { a: 1 } },
        dispatch: {
          to: ['Els Peeters <els@peeters.example>'],
          cc: ['cc@peeters.example'],
          metadata,
          externalId: 'S-1',
        },
      }),
    );
    assert.equal(answer.status, 202, answer.text);
    dispatch = dispatchShape.parse(answer.json) as typeof dispatch;
    assert.deepEqual(answer.json.metadata, metadata);
    assert.equal(answer.json.externalId, 'S-1');
    assert.equal(answer.json.origin, 'api');
    const roles = answer.json.messages.map((one: { role: string }) => one.role);
    assert.deepEqual(roles, ['to', 'cc', 'copy']);
    const { json: document } = await program.ask(`GET /documents/${dispatch.documentIds[0]}`);
    documentShape.parse(document);
    assert.deepEqual(
      [document.externalId, document.metadata, document.dueDate],
      ['ERP-1', { a: 1 }, '2027-01-31'],
    );
  });

  test('can be watched until the mail has left', async () => {
    const json = await worker.until(program, `GET /messages/${dispatch.messages[0]?.id}`, left);
    messageShape.parse(json);
    assert.equal(json.attempts, 1);
    const { json: shown } = await program.ask(`GET /dispatches/${dispatch.id}`);
    assert.ok(['sent', 'accepted'].includes(shown.state), shown.state);
    const { json: document } = await program.ask(`GET /documents/${dispatch.documentIds[0]}`);
    assert.equal(document.envelope, shown.state);
    const { json: list } = await program.ask('GET /documents?envelope=sent,accepted');
    assert.deepEqual(list.items, [document]);
  });

  test('can be had as they were: the file, the exact mail', async () => {
    const file = await program.ask(`GET /documents/${dispatch.documentIds[0]}/file`);
    assert.equal(file.headers.get('content-type'), 'application/pdf');
    assert.match(
      file.headers.get('content-disposition') ?? '',
      /^attachment; filename\*=UTF-8''invoice\.pdf$/,
    );
    assert.equal(Number(file.headers.get('content-length')), (await facturxPdf()).length);
    const raw = await program.ask(`GET /messages/${dispatch.messages[0]?.id}/raw`);
    assert.equal(raw.headers.get('content-type'), 'message/rfc822');
    assert.match(raw.text, /^Subject: /m);
    assert.match(raw.headers.get('content-security-policy') ?? '', /sandbox/);
  });

  test('have events whose hashes can be checked', async () => {
    const { json } = await program.ask(`GET /messages/${dispatch.messages[0]?.id}/events?limit=1`);
    assert.equal(json.items[0].type, 'message.queued');
    const { json: rest } = await program.ask(
      `GET /messages/${dispatch.messages[0]?.id}/events?cursor=${json.nextCursor}`,
    );
    const all = [...json.items, ...rest.items];
    assert.equal(new Set(all.map((event) => event.id)).size, all.length);
    for (const event of all) {
      eventShape.parse(event);
      assert.equal(createHash('sha256').update(event.raw, 'utf8').digest('hex'), event.hash);
      assert.equal(JSON.parse(event.raw).prev, event.prev);
      assert.ok(event.logIndex > 0);
    }
  });
});

describe('the feed', () => {
  test('gives every event of the company once and in order, page after page', async () => {
    const seen: {
      logIndex: number;
      n: number;
      dispatchId: string | null;
      prev: string | null;
      hash: string;
    }[] = [];
    for (let from = 0; ; ) {
      const { json } = await program.ask(`GET /events?after=${from}&limit=3`);
      seen.push(...json.items);
      if (json.items.length === 0) break;
      assert.equal(json.nextAfter, json.items.at(-1).logIndex);
      from = json.nextAfter;
    }
    const indexes = seen.map((event) => event.logIndex);
    assert.deepEqual(
      indexes,
      [...new Set(indexes)].sort((a, b) => a - b),
    );
    const chain = seen.filter((event) => event.dispatchId !== null);
    for (const [index, event] of chain.entries()) assert.equal(event.prev, chain[index - 1]?.hash ?? null);
  });

  test('waits for what is not there yet and answers as soon as it is', async () => {
    const { json: page } = await program.ask('GET /events?after=0&limit=200');
    const begun = performance.now();
    const waiting = program.ask(`GET /events?after=${page.nextAfter}&wait=20`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await program.ask('PATCH /company', { undoSeconds: 20 });
    const { json } = await waiting;
    assert.equal(json.items[0].type, 'company.changed');
    assert.ok(performance.now() - begun < 20_000, `${performance.now() - begun} ms`);
    const empty = await program.ask(`GET /events?after=${json.nextAfter}&wait=1`);
    assert.deepEqual(empty.json, { items: [], nextAfter: json.nextAfter });
  });

  test('lets a hundred wait at once, but no company more than fifty', async () => {
    const { json: page } = await program.ask('GET /events?after=0&limit=200');
    const other = await api.program();
    const otherPage = (await other.ask('GET /events?limit=200')).json;
    const mine = Array.from({ length: 60 }, () => program.ask(`GET /events?after=${page.nextAfter}&wait=2`));
    const theirs = Array.from({ length: 50 }, () =>
      other.ask(`GET /events?after=${otherPage.nextAfter}&wait=2`),
    );
    const statuses = (await Promise.all(mine)).map((one) => one.status);
    assert.deepEqual(
      [statuses.filter((one) => one === 200).length, statuses.filter((one) => one === 429).length],
      [50, 10],
    );
    for (const answer of await Promise.all(theirs)) assert.equal(answer.status, 200);
  });
});

describe('messages', () => {
  const sendOne = async (number: string, more: object = {}) => {
    const form = formOf(await facturxPdf({ number }), {
      dispatch: { to: ['wrong@peeters.example'], copyToSender: false, ...more },
    });
    return (await program.ask('POST /dispatches', form)).json;
  };
  const set = (id: string, delivery: string): Promise<unknown> =>
    api.database.owner.query('update messages set delivery = $2 where id = $1', [id, delivery]);

  test('are found by whom, when and how they stand', async () => {
    const sent = await sendOne('F-1', { purpose: 'reminder' });
    const id = sent.messages[0].id;
    await worker.until(program, `GET /messages/${id}`, left);
    const found = async (query: string): Promise<string[]> => {
      const { json } = await program.ask(`GET /messages?${query}`);
      return json.items.map((one: { id: string }) => messageShape.parse(one).id);
    };
    for (const query of [
      'recipient=WRONG@peeters.example',
      `dispatchId=${sent.id}`,
      'purpose=reminder&origin=api&kind=invoice',
      `dispatchId=${sent.id}&recipientPart=wrong@peet`,
      `dispatchId=${sent.id}&envelope=sent,accepted&category=reminder`,
      `dispatchId=${sent.id}&engagement=none&delivery=accepted,handed_off`,
      `dispatchId=${sent.id}&from=2026-11-22&to=2026-11-22&senderId=${sent.senderId}`,
    ])
      assert.deepEqual(await found(query), [id], query);
    for (const query of [
      `dispatchId=${sent.id}&to=2026-11-21`,
      `dispatchId=${sent.id}&from=2026-11-23T00:00:00Z`,
      'recipient=nobody@x.example',
      `dispatchId=${sent.id}&recipientPart=nobody`,
      `dispatchId=${sent.id}&envelope=failed,opened`,
    ])
      assert.deepEqual(await found(query), [], query);
  });

  test('that are held are released with a reason, unconfirmed ones settled, others not', async () => {
    const { id } = (await sendOne('F-2')).messages[0];
    await worker.until(program, `GET /messages/${id}`, left);
    assert.equal((await program.ask(`POST /messages/${id}/release`, { reason: 'ok' })).json.code, 'not_held');
    assert.equal(
      (await program.ask(`POST /messages/${id}/settle`, { as: 'again' })).json.code,
      'not_unconfirmed',
    );
    await set(id, 'held');
    const blank = await program.ask(`POST /messages/${id}/release`, { reason: '  ' });
    assert.equal(blank.json.errors[0].path, 'reason');
    assert.equal((await program.ask(`POST /messages/${id}/release`, { reason: 'he called' })).status, 200);
    await worker.until(program, `GET /messages/${id}`, left);
    await set(id, 'unconfirmed');
    const settled = await program.ask(`POST /messages/${id}/settle`, { as: 'delivered' });
    assert.deepEqual(
      [settled.json.delivery, settled.json.deliveryDetail],
      ['handed_off', 'settled_by_person'],
    );
  });

  test('that failed are repaired by a resend, which corrects the contact too, as often as it takes', async () => {
    const first = await sendOne('F-3');
    const [message] = first.messages;
    await worker.until(program, `GET /messages/${message.id}`, left);
    await set(message.id, 'rejected');
    assert.equal((await program.ask(`GET /dispatches/${first.id}`)).json.state, 'failed');
    const second = await program.ask(`POST /messages/${message.id}/resend`, { to: 'wrong2@peeters.example' });
    assert.equal(second.status, 202, second.text);
    assert.equal(second.json.purpose, 'resend');
    const again = second.json.messages[0];
    await worker.until(program, `GET /messages/${again.id}`, left);
    await set(again.id, 'rejected');
    const third = await program.ask(`POST /messages/${again.id}/resend`, { to: 'els@peeters.example' });
    await worker.until(program, `GET /messages/${third.json.messages[0].id}`, left);
    for (const id of [first.id, second.json.id])
      assert.ok(['sent', 'accepted'].includes((await program.ask(`GET /dispatches/${id}`)).json.state));
    assert.doesNotMatch((await program.ask('GET /customers')).text, /wrong2?@/);
  });

  test('that wait for their time can be taken back, those that left cannot', async () => {
    const later = await sendOne('F-4', { sendAt: '2026-12-24T08:00:00+01:00' });
    assert.deepEqual([later.state, later.sendAt], ['waiting', '2026-12-24T07:00:00.000Z']);
    const canceled = await program.ask(`POST /dispatches/${later.id}/cancel`);
    assert.equal(canceled.json.state, 'canceled');
    assert.equal(canceled.json.messages[0].portalUrl, null);
    assert.equal((await program.ask(`POST /dispatches/${later.id}/cancel`)).status, 200);
    const gone = await sendOne('F-5');
    await worker.until(program, `GET /messages/${gone.messages[0].id}`, left);
    assert.equal((await program.ask(`POST /dispatches/${gone.id}/cancel`)).json.code, 'too_late');
  });

  test('carry the files that were asked for, under the name that was asked for', async () => {
    const file = (await program.ask('POST /files', formOf(Buffer.from('terms'), {}, 'terms.txt'))).json;
    const attach = { documents: true, fileName: 'Your invoice', fileIds: [file.id] };
    const sent = await sendOne('F-6', { attach, text: 'Dear Els,\n\nhere it is.', subject: 'Your invoice' });
    await worker.until(program, `GET /messages/${sent.messages[0].id}`, left);
    const { text } = await program.ask(`GET /messages/${sent.messages[0].id}/raw`);
    assert.match(text, /^Subject: Your invoice\r$/m);
    assert.match(text, /Your invoice\.pdf/);
    assert.match(text, /terms\.txt/);
    assert.match(text, /here it is/);
  });
});
