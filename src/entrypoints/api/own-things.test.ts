import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { formOf, type Program, testApi } from '../../../test/api.ts';
import { facturxPdf } from '../../../test/fixtures/documents.ts';
import { startSink } from '../../../test/servers/index.ts';
import { companyShape } from './shapes/company.ts';
import { customerShape } from './shapes/customer.ts';
import { noticeShape } from './shapes/notice.ts';
import { senderShape } from './shapes/sender.ts';

let api: Awaited<ReturnType<typeof testApi>>;
let program: Program;
before(async () => {
  api = await testApi();
  program = await api.program();
});
after(() => api.close());

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
