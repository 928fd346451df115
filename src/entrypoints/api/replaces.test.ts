import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createApiKey } from '#domain/accounts';
import { asWorker, inCompany } from '#stores/database';
import { formOf, type Program, testApi } from '../../../test/api.ts';
import { facturxPdf } from '../../../test/fixtures/documents.ts';

let api: Awaited<ReturnType<typeof testApi>>;
let program: Program;

before(async () => {
  api = await testApi();
  program = await api.program();
});
after(() => api.close());

/** A dispatch whose message waits for other words, as the last second would leave it. */
async function heldDispatch(number: string) {
  const form = formOf(await facturxPdf({ number }), { dispatch: { to: ['els@peeters.example'] } });
  const { json: dispatch } = await program.ask('POST /dispatches', form);
  await asWorker(api.database, (tx) =>
    tx
      .updateTable('messages')
      .set({ delivery: 'held', detail: 'own_words' })
      .where('dispatch_id', '=', dispatch.id)
      .execute(),
  );
  return dispatch;
}

test('a program sends other words in place of a held message, in one call and once', async () => {
  const { id, documentIds, messages } = await heldDispatch('R-1');
  const order = { documentIds, replaces: messages[0].id, subject: 'Mended', text: 'This one, please.' };
  const wrong = await program.ask('POST /dispatches', { ...order, to: ['nobody'] });
  assert.equal(wrong.status, 422, wrong.text);
  assert.equal((await program.ask(`GET /dispatches/${id}`)).json.messages[0].delivery, 'held');
  const mended = await program.ask('POST /dispatches', order);
  assert.equal(mended.status, 202, mended.text);
  const { json: former } = await program.ask(`GET /dispatches/${id}`);
  assert.equal(former.messages[0].delivery, 'canceled');
  assert.equal(former.messages[0].deliveryDetail, 'sent_anew');
  const late = await program.ask('POST /dispatches', order);
  assert.equal(late.status, 422);
  assert.deepEqual(
    late.json.errors.map((one: { path: string }) => one.path),
    ['replaces'],
  );
});

test('a message of another company, and one that does not wait for words, is replaced by nothing', async () => {
  const { documentIds, messages } = await heldDispatch('R-2');
  const other = await api.program();
  const mine = (await other.ask('POST /documents', formOf(await facturxPdf({ number: 'B-1' })))).json.id;
  const to = ['a@b.example'];
  const foreign = { documentId: mine, to, replaces: messages[0].id };
  assert.equal((await other.ask('POST /dispatches', foreign)).status, 422);
  const { json: usual } = await program.ask('POST /dispatches', { documentIds, to, purpose: 'resend' });
  const replaces = usual.messages[0].id;
  assert.equal((await program.ask('POST /dispatches', { documentIds, to, replaces })).status, 422);
});

test('a key for tests takes the place of no e-mail that a customer is to get', async () => {
  const { id, documentIds, messages } = await heldDispatch('R-3');
  const test = { companyId: program.companyId, name: 'x', rights: 'all', isTest: true } as const;
  const { key } = await inCompany(api.database, program.companyId, (tx) =>
    createApiKey(tx, test, api.clock.now),
  );
  const answer = await api.app.request('/api/v1/dispatches', {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ documentIds, replaces: messages[0].id, subject: 'a', text: 'b' }),
  });
  assert.equal(answer.status, 422);
  assert.equal((await program.ask(`GET /dispatches/${id}`)).json.messages[0].delivery, 'held');
});
