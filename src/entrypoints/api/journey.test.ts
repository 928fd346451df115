import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Answer, deriveReturnKey, makeOutbox } from '#domain/outbox';
import type { ReturnsTables } from '#domain/returns';
import { type LimitTables, makeTransports, type SandboxTables } from '#domain/transports';
import { type Loop, startWorker } from '#entrypoints/worker';
import type { Database } from '#stores/database';
import { type Journal, openJournal } from '#stores/files';
import { formOf, type Program, testApi } from '../../../test/api.ts';
import { facturxPdf, plainPdf, ublInvoice } from '../../../test/fixtures/documents.ts';
import { testKeys } from '../../../test/keys.ts';
import { silentDns } from '../../../test/quiet-mail.ts';
import { startSink } from '../../../test/servers/index.ts';
import { companyShape } from './shapes/company.ts';
import { customerShape } from './shapes/customer.ts';
import { dispatchShape } from './shapes/dispatch.ts';
import { documentShape } from './shapes/document.ts';
import { eventShape } from './shapes/event.ts';
import { messageShape } from './shapes/message.ts';
import { noticeShape } from './shapes/notice.ts';
import { senderShape } from './shapes/sender.ts';

let api: Awaited<ReturnType<typeof testApi>>;
let program: Program;
let worker: Loop;
let journal: Journal<Answer>;
let folder: string;

before(async () => {
  api = await testApi();
  program = await api.program();
  folder = await mkdtemp(join(tmpdir(), 'envoi-journal-'));
  journal = await openJournal<Answer>({ folder, name: 'answers' });
  const { files, clock, log, linkKey, portalUrl, senders } = api.needs;
  const returnKey = deriveReturnKey(linkKey);
  const database = api.database as unknown as Database<SandboxTables & LimitTables & ReturnsTables> &
    typeof api.database;
  const outbox = makeOutbox({
    ...{ database, files, clock, log, linkKey, portalUrl, journal },
    transports: makeTransports({ ...senders, database, dns: silentDns, fetchPolicy: async () => null }),
    signers: senders.signers,
    published: () => Promise.resolve(null),
    returnPaths: { key: returnKey, platformDomain: 'localhost' },
    worker: 'test',
    leaseMs: 60_000,
  });
  const keys = await testKeys();
  const { transports, signers } = outbox;
  const registered = {
    database,
    files,
    transports,
    signers,
    key: senders.key,
    linkKey,
    keys,
    texts: null,
    stamps: [],
    portalUrl,
    returnPaths: { platformDomain: 'envoi.example' },
    log,
  };
  const own = {
    ...{ worker: { id: 'test', roles: ['worker'] }, keys, stamps: [], registered },
    ...{ database, outbox, returnKey, keyDns: api.needs.keyDns },
    wordDigest: () => Promise.reject(new Error('no digests in this test')),
    exports: { database, files, version: '0', wordExport: () => ({ subject: '', text: '', html: '' }) },
  };
  const config = { publicUrl: api.needs.publicUrl };
  worker = await startWorker({ ...api.needs, ...own, config });
});
after(async () => {
  await worker.stop();
  await journal.close();
  await rm(folder, { recursive: true, force: true });
  await api.close();
});

/** Asks until the answer is as it should be: what a program does that has no patience for the feed. */
async function until(call: string, isDone: (json: { delivery?: string; state?: string }) => boolean) {
  for (let tries = 0; tries < 100; tries += 1) {
    const { json } = await program.ask(call);
    if (isDone(json)) return json;
    worker.wake();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${call} did not come true`);
}

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
    const json = await until(`GET /messages/${dispatch.messages[0]?.id}`, left);
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

describe('documents', () => {
  test('are the same when their bytes are, and are replaced by versions', async () => {
    const bytes = ublInvoice({ number: 'UBL-1' });
    const first = await program.ask('POST /documents', formOf(bytes, {}, 'invoice.xml'));
    const again = await program.ask('POST /documents', formOf(bytes, {}, 'other-name.xml'));
    assert.deepEqual([first.status, again.status], [201, 200]);
    assert.equal(again.json.id, first.json.id);
    assert.equal(first.json.source.format, 'ubl');
    const { id } = first.json;
    const version = await program.ask(
      `POST /documents/${id}/versions`,
      formOf(ublInvoice({ number: 'UBL-1', total: '99.00' })),
    );
    assert.equal(version.status, 201);
    assert.equal(version.json.version, 2);
    assert.equal((await program.ask(`GET /documents/${id}`)).json.replacedBy, version.json.id);
    const late = await program.ask(`POST /documents/${id}/versions`, formOf(ublInvoice({ number: 'UBL-3' })));
    assert.equal(late.json.code, 'document_replaced');
    assert.equal(
      (await program.ask(`PATCH /documents/${id}`, { disputed: true })).json.code,
      'document_replaced',
    );
    const old = await program.ask(`POST /documents/${version.json.id}/versions`, formOf(bytes));
    assert.equal(old.json.code, 'same_file');
  });

  test('take facts, payments and pauses, and name every field that is wrong', async () => {
    const { json } = await program.ask(
      'POST /documents',
      formOf(await plainPdf({ number: 'P-1' }), {
        facts: { kind: 'quote', number: 'Q-9', total: '10.50', currency: 'EUR' },
      }),
    );
    const path = `PATCH /documents/${json.id}`;
    const paid = (
      await program.ask(path, {
        paid: { on: '2026-11-20' },
        disputed: true,
        remindersPausedUntil: '2026-12-24',
      })
    ).json;
    assert.deepEqual(paid.paid, { on: '2026-11-20', amount: '10.50' });
    assert.deepEqual([paid.disputed, paid.remindersPausedUntil], [true, '2026-12-24']);
    assert.equal((await program.ask(path, { remindersPausedUntil: '' })).json.remindersPausedUntil, null);
    assert.equal((await program.ask('GET /documents?paid=true')).json.items[0].id, json.id);
    assert.equal((await program.ask(path, { paid: null })).json.paid, null);
    const wrong = await program.ask(path, {
      total: '1,5',
      dueDate: '2026-02-30',
      customerId: 'cus_none',
      paid: { on: 'soon' },
    });
    assert.equal(wrong.status, 422);
    assert.deepEqual(
      (await program.ask(path, { total: '1,5', dueDate: '2026-02-30' })).json.errors.map(
        (one: { path: string }) => one.path,
      ),
      ['dueDate', 'total'],
    );
  });

  test('are listed by filter and page, newest first, without losing one', async () => {
    for (let n = 0; n < 5; n += 1) {
      api.clock.now = new Date(api.clock.now.getTime() + 1000);
      await program.ask(
        'POST /documents',
        formOf(await facturxPdf({ number: `LIST-${n}`, issueDate: `2026-10-0${n + 1}` })),
      );
    }
    const numbers: string[] = [];
    for (let cursor = ''; ; ) {
      const { json } = await program.ask(`GET /documents?q=list-&limit=2&from=2026-10-02${cursor}`);
      numbers.push(...json.items.map((one: { number: string }) => one.number));
      if (json.nextCursor === null) break;
      cursor = `&cursor=${json.nextCursor}`;
    }
    assert.deepEqual(numbers, ['LIST-4', 'LIST-3', 'LIST-2', 'LIST-1']);
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
    await until(`GET /messages/${id}`, left);
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
    await until(`GET /messages/${id}`, left);
    assert.equal((await program.ask(`POST /messages/${id}/release`, { reason: 'ok' })).json.code, 'not_held');
    assert.equal(
      (await program.ask(`POST /messages/${id}/settle`, { as: 'again' })).json.code,
      'not_unconfirmed',
    );
    await set(id, 'held');
    const blank = await program.ask(`POST /messages/${id}/release`, { reason: '  ' });
    assert.equal(blank.json.errors[0].path, 'reason');
    assert.equal((await program.ask(`POST /messages/${id}/release`, { reason: 'he called' })).status, 200);
    await until(`GET /messages/${id}`, left);
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
    await until(`GET /messages/${message.id}`, left);
    await set(message.id, 'rejected');
    assert.equal((await program.ask(`GET /dispatches/${first.id}`)).json.state, 'failed');
    const second = await program.ask(`POST /messages/${message.id}/resend`, { to: 'wrong2@peeters.example' });
    assert.equal(second.status, 202, second.text);
    assert.equal(second.json.purpose, 'resend');
    const again = second.json.messages[0];
    await until(`GET /messages/${again.id}`, left);
    await set(again.id, 'rejected');
    const third = await program.ask(`POST /messages/${again.id}/resend`, { to: 'els@peeters.example' });
    await until(`GET /messages/${third.json.messages[0].id}`, left);
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
    await until(`GET /messages/${gone.messages[0].id}`, left);
    assert.equal((await program.ask(`POST /dispatches/${gone.id}/cancel`)).json.code, 'too_late');
  });

  test('carry the files that were asked for, under the name that was asked for', async () => {
    const file = (await program.ask('POST /files', formOf(Buffer.from('terms'), {}, 'terms.txt'))).json;
    const attach = { documents: true, fileName: 'Your invoice', fileIds: [file.id] };
    const sent = await sendOne('F-6', { attach, text: 'Dear Els,\n\nhere it is.', subject: 'Your invoice' });
    await until(`GET /messages/${sent.messages[0].id}`, left);
    const { text } = await program.ask(`GET /messages/${sent.messages[0].id}/raw`);
    assert.match(text, /^Subject: Your invoice\r$/m);
    assert.match(text, /Your invoice\.pdf/);
    assert.match(text, /terms\.txt/);
    assert.match(text, /here it is/);
  });
});

describe('the rest', () => {
  test('customers are made, found and changed', async () => {
    const roles = ['invoices', 'reminder'];
    const contacts = [{ email: 'jan@jansen.example', name: 'Jan', roles, tracking: 'denied' }];
    const { json } = await program.ask('POST /customers', {
      name: 'Jansen BV',
      vatId: 'NL 1234.56.789 B01',
      contacts,
    });
    customerShape.parse(json);
    assert.equal(json.vatId, 'NL123456789B01');
    assert.deepEqual(json.contacts[0].roles, ['invoice', 'reminder']);
    assert.equal((await program.ask('GET /customers?q=jansen')).json.items[0].id, json.id);
    const changed = await program.ask(`PATCH /customers/${json.id}`, { language: 'nl', contacts: [] });
    assert.deepEqual([changed.json.language, changed.json.contacts], ['nl', []]);
    const wrong = await program.ask('POST /customers', { name: '', contacts: [{ email: 'x' }] });
    assert.deepEqual(
      wrong.json.errors.map((one: { path: string }) => one.path),
      ['contacts.0.email'],
    );
    const blank = await program.ask('POST /customers', { name: ' ' });
    assert.deepEqual(
      blank.json.errors.map((one: { path: string }) => one.path),
      ['name'],
    );
  });

  test('the company is changed field by field and refuses what cannot be', async () => {
    const changed = await program.ask('PATCH /company', {
      vatId: 'BE 0123.456.789',
      trackingMode: 'links',
      fileNamePatterns: { invoice: { en: 'Bill {number}' } },
    });
    companyShape.parse(changed.json);
    assert.deepEqual([changed.json.vatId, changed.json.trackingMode], ['BE0123456789', 'links']);
    const wrong = await program.ask('PATCH /company', {
      country: 'Belgium',
      undoSeconds: 1000,
      timeZone: 'Moon',
    });
    assert.deepEqual(
      wrong.json.errors.map((one: { path: string }) => one.path),
      ['country', 'timeZone', 'undoSeconds'],
    );
  });

  test('a sender is connected, validated, tested, made the default, and never shows its password', async () => {
    const sink = await startSink();
    const made = await program.ask('POST /senders', {
      method: 'smtp',
      address: 'invoices@atelier.example',
      settings: { host: '127.0.0.1', port: sink.port, security: 'none' },
    });
    assert.equal(made.status, 201, made.text);
    senderShape.parse(made.json);
    const { id } = made.json;
    assert.equal(
      (await program.ask(`PATCH /senders/${id}`, { isDefault: true })).json.code,
      'sender_not_valid',
    );
    const checked = await program.ask(`POST /senders/${id}/validate`);
    assert.deepEqual([checked.json.works, checked.json.sender.state], [true, 'valid'], checked.text);
    const tested = await program.ask(`POST /senders/${id}/test`, { to: 'claire@atelier.example' });
    assert.equal(tested.json.testMail.accepted, true);
    assert.equal(sink.count, 1);
    assert.equal(
      (await program.ask(`PATCH /senders/${id}`, { isDefault: true, name: 'Atelier' })).json.isDefault,
      true,
    );
    assert.equal((await program.ask(`DELETE /senders/${id}`)).json.code, 'sender_is_default');
    const secret = await program.ask('POST /senders', {
      method: 'smtp',
      address: 'two@atelier.example',
      settings: { host: 'mail.example', security: 'starttls', user: 'two' },
      password: 'pa55word-not-to-be-seen',
    });
    assert.equal((await program.ask('GET /senders')).json.items.length, 3);
    for (const call of ['GET /senders', `GET /senders/${secret.json.id}`, 'GET /events?limit=200'])
      assert.doesNotMatch((await program.ask(call)).text, /pa55word/);
    assert.equal((await program.ask(`DELETE /senders/${secret.json.id}`)).status, 204);
    assert.equal((await program.ask(`GET /senders/${secret.json.id}`)).status, 404);
    const other = await program.ask('POST /senders', { method: 'google', address: 'a@b.example' });
    assert.equal(other.json.errors[0].path, 'method');
    await sink.close();
  });

  test('notices are listed and put away', async () => {
    const sent = await program.ask(
      'POST /dispatches',
      formOf(await facturxPdf({ number: 'N-1' }), { dispatch: { to: ['a@b.example'] } }),
    );
    await api.database.owner.query(
      `insert into notices (id, company_id, kind, subject_id, data, opened_at) values ('ntc_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B', $1, 'message_failed', $2, '{"problem":"mailbox_unknown"}', $3)`,
      [program.companyId, sent.json.messages[0].id, api.clock.now],
    );
    const { json } = await program.ask('GET /notices');
    noticeShape.parse(json.items[0]);
    assert.equal(json.items[0].problem, 'mailbox_unknown');
    assert.equal((await program.ask(`POST /notices/${json.items[0].id}/dismiss`)).status, 204);
    assert.deepEqual((await program.ask('GET /notices')).json.items, []);
    assert.equal((await program.ask(`POST /notices/${json.items[0].id}/dismiss`)).status, 404);
  });
});
