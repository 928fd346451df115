import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { followNotices } from '#domain/notices';
import { formOf, type Program, testApi } from '../../../test/api.ts';
import { facturxPdf, plainPdf } from '../../../test/fixtures/documents.ts';

let api: Awaited<ReturnType<typeof testApi>>;
let program: Program;
let count = 0;

before(async () => {
  api = await testApi();
  program = await api.program();
});
after(() => api.close());

/** Hands an invoice in, as other software does. */
async function handIn(facts: object = {}, bytes?: Uint8Array) {
  count += 1;
  const file = bytes ?? (await facturxPdf({ number: `RULE-${count}` }));
  return (await program.ask('POST /documents', formOf(file, { facts }))).json;
}
const dispatchesOf = async (documentId: string) =>
  (await program.ask('GET /dispatches?limit=200')).json.items.filter((one: { documentIds: string[] }) =>
    one.documentIds.includes(documentId),
  );
const rule = async (change: object) => {
  const made = await program.ask('POST /send-rules', { name: 'Rule', waitMinutes: 0, ...change });
  assert.equal(made.status, 201, JSON.stringify(made.json));
  return made.json;
};
const end = (id: string) => program.ask(`DELETE /send-rules/${id}`);

test('what a program hands in stays where it is until a rule fits, and then goes out once, as automatic', async () => {
  const quiet = await handIn();
  assert.deepEqual(await dispatchesOf(quiet.id), []);
  const made = await rule({ kinds: ['invoice'] });
  const bytes = await facturxPdf({ number: 'RULE-ONCE' });
  const document = await handIn({}, bytes);
  const [sent, ...more] = await dispatchesOf(document.id);
  assert.deepEqual([sent?.origin, sent?.purpose, more.length], ['automatic', 'first', 0]);
  await handIn({}, bytes);
  assert.equal((await dispatchesOf(document.id)).length, 1);
  const events = (await program.ask('GET /events?limit=200')).json.items;
  const told = events.find((one: { type: string }) => one.type === 'document.sent_by_rule');
  assert.equal(told?.data.rule, made.id);
  assert.ok(events.some((one: { type: string }) => one.type === 'company.send_rule_created'));
  await end(made.id);
});

test('a rule of a kind, of a customer or of a category leaves the others alone', async () => {
  const first = await handIn();
  for (const change of [{ kinds: ['quote'] }, { categories: ['Wholesale'] }, { customerIds: ['cus_none'] }]) {
    const made = await rule(change);
    assert.deepEqual(await dispatchesOf((await handIn()).id), [], JSON.stringify(change));
    await end(made.id);
  }
  await program.ask(`PATCH /customers/${first.customerId}`, { category: 'wholesale' });
  const made = await rule({ categories: ['Wholesale'] });
  const tried = await program.ask(`POST /send-rules/${made.id}/test`, { documentId: first.id });
  assert.deepEqual([tried.json.wouldSend, tried.json.whyNot], [true, null], JSON.stringify(tried.json));
  assert.equal((await dispatchesOf((await handIn()).id)).length, 1);
  await end(made.id);
});

test('a test says to whom, from where and with which text, or why not, and sends nothing', async () => {
  const document = await handIn();
  const made = await rule({ kinds: ['invoice'], isActive: false });
  const off = (await program.ask(`POST /send-rules/${made.id}/test`, { documentId: document.id })).json;
  assert.deepEqual([off.wouldSend, off.whyNot], [false, 'switched_off']);
  await program.ask(`PATCH /send-rules/${made.id}`, { isActive: true });
  const on = (await program.ask(`POST /send-rules/${made.id}/test`, { documentId: document.id })).json;
  assert.equal(on.wouldSend, true, JSON.stringify(on));
  assert.ok(on.to.length > 0 && on.senderAddress && on.subject !== '');
  assert.equal(on.templateId, null);
  assert.deepEqual(await dispatchesOf(document.id), []);
  const none = await program.ask(`POST /send-rules/${made.id}/test`, { documentId: 'doc_none' });
  assert.equal(none.status, 404);
  await end(made.id);
});

test('what lacks a recipient does not leave, and a notice says so until somebody has sent it', async () => {
  const made = await rule({ kinds: ['invoice'] });
  const facts = { kind: 'invoice', number: 'N-1', customer: { name: 'Nobody Knows' } };
  const document = await handIn(facts, await plainPdf());
  const notices = async () => {
    await followNotices(api.database, 'wait');
    return (await program.ask('GET /notices')).json.items.filter(
      (one: { kind: string; documentId: string }) =>
        one.kind === 'send_rule_refused' && one.documentId === document.id,
    );
  };
  assert.deepEqual(await dispatchesOf(document.id), []);
  assert.equal((await notices()).length, 1);
  await program.ask('POST /dispatches', { documentId: document.id, to: ['els@peeters.example'] });
  assert.deepEqual(await notices(), []);
  await end(made.id);
});

test('a rule that waits can still be canceled, and wrong ones are refused with their fields', async () => {
  const made = await rule({ kinds: ['invoice'], waitMinutes: 30 });
  const [sent] = await dispatchesOf((await handIn()).id);
  assert.equal(sent?.state, 'waiting');
  assert.equal((await program.ask(`POST /dispatches/${sent.id}/cancel`)).status, 200);
  const wrong = await program.ask('POST /send-rules', {
    name: ' ',
    sources: [],
    waitMinutes: -1,
    senderId: 'snd_x',
  });
  assert.equal(wrong.status, 422);
  assert.deepEqual(wrong.json.errors.map((one: { path: string }) => one.path).sort(), [
    'name',
    'senderId',
    'sources',
    'waitMinutes',
  ]);
  await end(made.id);
});
