import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { keepUntied } from '#domain/registered';
import { asWorker } from '#stores/database';
import { formOf, type Program, testApi } from '../../../test/api.ts';
import { facturxPdf } from '../../../test/fixtures/documents.ts';

let api: Awaited<ReturnType<typeof testApi>>;
let program: Program;

before(async () => {
  api = await testApi();
  program = await api.program();
});
after(() => api.close());

async function send(number: string, more: object = {}) {
  const dispatch = { to: ['els@peeters.example'], ...more };
  const form = formOf(await facturxPdf({ number }), { dispatch });
  return (await program.ask('POST /dispatches', form)).json;
}

test('deliveries are listed with their days and taken back once; what is none of that kind is not found', async () => {
  const { id, messages } = await send('D-1', { service: 'registered' });
  const [message] = messages;
  const list = await program.ask(`GET /deliveries?dispatchId=${id}`);
  const [shown] = list.json.items;
  assert.deepEqual(
    [shown.messageId, shown.state, shown.days, shown.senderHidden, shown.delegates],
    [message.id, 'waiting', 7, false, []],
  );
  assert.equal((await program.ask('GET /deliveries?running=true')).json.items.length, 1);
  assert.equal((await program.ask(`POST /deliveries/${message.id}/withdraw`)).json.state, 'withdrawn');
  const again = await program.ask(`POST /deliveries/${message.id}/withdraw`);
  assert.deepEqual([again.status, again.json.code], [409, 'already_decided']);
  const plain = (await send('D-2')).messages[0];
  assert.equal((await program.ask(`POST /deliveries/${plain.id}/withdraw`)).status, 404);
  assert.equal((await program.ask('GET /deliveries?running=true')).json.items.length, 0);
});

test('what went through an outside provider is listed beside our own, with who says how it stands', async () => {
  const other = await api.program();
  const account = {
    ...{
      isActive: true,
      address: 'post@vautrin.example',
      user: 'post',
      password: 'horn',
      host: 'mail.example',
    },
    ...{
      port: 587,
      security: 'starttls',
      marking: 'subject',
      receiptsFrom: ['incamail.ch'],
      mostBytes: 2 ** 20,
    },
  };
  assert.equal((await other.ask('POST /providers/incamail', account)).status, 200);
  const sendBy = async (number: string, service: string) => {
    const form = formOf(await facturxPdf({ number }), { dispatch: { to: ['els@peeters.example'], service } });
    return (await other.ask('POST /dispatches', form)).json;
  };
  const own = await sendBy('P-1', 'registered');
  const outside = await sendBy('P-2', 'incamail_registered');
  const running = (await other.ask('GET /deliveries?running=true')).json.items;
  assert.deepEqual(
    running
      .map((one: Record<string, unknown>) => [one['provider'], one['service'], one['state'], one['days']])
      .sort(),
    [
      ['incamail', 'incamail_registered', 'waiting', null],
      ['own', 'registered', 'waiting', 7],
    ],
  );
  assert.equal(running.find((one: { provider: string }) => one.provider === 'incamail').saidBy, 'nobody');
  for (const { id, messages } of [own, outside]) {
    const { items } = (await other.ask(`GET /deliveries?dispatchId=${id}`)).json;
    assert.deepEqual(
      items.map((one: { messageId: string }) => one.messageId),
      [messages[0].id],
    );
  }
  const refused = await other.ask(`POST /deliveries/${outside.messages[0].id}/withdraw`);
  assert.equal(refused.status, 404, 'only our own can be taken back');
});

test('the content of a dispatch is erased with a reason, once, and not while it may still leave', async () => {
  const { id, messages } = await send('E-1');
  const erase = (body: object) => program.ask(`POST /dispatches/${id}/erase-content`, body);
  assert.equal((await erase({ reason: '' })).status, 422);
  const waiting = await erase({ reason: 'asked for' });
  assert.deepEqual([waiting.status, waiting.json.code], [409, 'still_under_way']);
  await program.ask(`POST /dispatches/${id}/cancel`);
  const done = await erase({ reason: 'asked for' });
  assert.deepEqual([done.status, done.json.dispatchId], [200, id]);
  assert.equal((await program.ask(`GET /dispatches/${id}`)).json.contentErasedAt, done.json.erasedAt);
  assert.equal((await erase({ reason: 'asked for' })).json.code, 'already_erased');
  const raw = await program.ask(`GET /messages/${messages[0].id}/raw`);
  assert.deepEqual([raw.status, raw.json.code], [410, 'content_erased']);
});

test('a receipt that matches nothing is listed, refused to what was not handed to the provider, and set aside once', async () => {
  const mail = { from: { address: 'receipts@incamail.example' }, subject: 'Abholquittung' };
  const verdict = {
    result: 'no_pdf',
    signer: null,
    issuer: null,
    claimedAt: null,
    stampedAt: null,
    why: null,
  };
  const receipt = { mail, mailText: '', pdfText: '', kind: 'accepted', kindFrom: 'mail', pdf: null, verdict };
  const { companyId } = program;
  const raw = Buffer.from(
    'From: receipts@incamail.example\r\nSubject: Abholquittung\r\n\r\nAbholquittung\r\n',
  );
  const sha256 = await api.needs.files.put(companyId, raw);
  const kept = { sha256, receivedAt: api.needs.clock(), dkim: {} };
  await asWorker(api.database, (tx) => keepUntied(tx as never, companyId, receipt as never, kept));
  const [shown] = (await program.ask('GET /providers/incamail/receipts')).json.items;
  assert.deepEqual(
    [shown.kind, shown.subject, shown.signature.result],
    ['accepted', 'Abholquittung', 'no_pdf'],
  );
  const { messages } = await send('R-1');
  const path = `/providers/incamail/receipts/${shown.id}`;
  const refused = await program.ask(`POST ${path}/tie`, { messageId: messages[0].id });
  assert.deepEqual([refused.status, refused.json.errors[0].path], [422, 'messageId']);
  assert.equal((await program.ask(`POST ${path}/set-aside`)).status, 204);
  assert.equal((await program.ask(`POST ${path}/set-aside`)).json.code, 'already_decided');
  assert.deepEqual((await program.ask('GET /providers/incamail/receipts')).json.items, []);
});
