import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { claimIdempotencyKey } from '#domain/accounts';
import { inCompany } from '#stores/database';
import { formOf, type Program, testApi } from '../../../test/api.ts';
import { facturxPdf } from '../../../test/fixtures/documents.ts';

let api: Awaited<ReturnType<typeof testApi>>;
let program: Program;
let documentId: string;

before(async () => {
  api = await testApi();
  program = await api.program();
  documentId = (await program.ask('POST /documents', formOf(await facturxPdf()))).json.id;
});
after(() => api.close());

const count = async (table: string): Promise<number> =>
  (await api.database.owner.query(`select count(*)::int as n from ${table}`)).rows[0].n;
const withKey = (key: string) => ({ 'idempotency-key': key });

describe('a send with an idempotency key', () => {
  test('that comes twenty times at once sends once, and all get the same answer', async () => {
    const [before, messages] = [await count('dispatches'), await count('messages')];
    const order = { documentId, to: ['els@peeters.example'] };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => program.ask('POST /dispatches', order, withKey('race'))),
    );
    assert.deepEqual([...new Set(answers.map((one) => one.status))], [202]);
    assert.equal(new Set(answers.map((one) => one.text)).size, 1);
    const replayed = answers.filter((one) => one.headers.get('idempotent-replayed') === 'true');
    assert.equal(replayed.length, 19);
    assert.equal(await count('dispatches'), before + 1);
    assert.equal(await count('messages'), messages + 2); // Els, and the owner's duplicate
  });

  test('sends document and mail in one call once, however the form is bounded', async () => {
    const before = await count('dispatches');
    const bytes = await facturxPdf({ number: 'ONE-CALL' });
    const form = () => formOf(bytes, { dispatch: { to: ['els@peeters.example'] } });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => program.ask('POST /dispatches', form(), withKey('one-call'))),
    );
    assert.deepEqual([...new Set(answers.map((one) => one.status))], [202]);
    assert.equal(new Set(answers.map((one) => one.json.id)).size, 1);
    assert.equal(await count('dispatches'), before + 1);
  });

  test('is refused when the key comes with another body, path or set of rights', async () => {
    const order = { documentId, to: ['els@peeters.example'], subject: 'First' };
    assert.equal((await program.ask('POST /dispatches', order, withKey('other'))).status, 202);
    const reader = await api.program('send', program.companyId);
    const [body, path, rights] = [
      await program.ask('POST /dispatches', { ...order, subject: 'Second' }, withKey('other')),
      await program.ask('POST /customers', { name: 'Peeters' }, withKey('other')),
      await reader.ask('POST /dispatches', order, withKey('other')),
    ];
    for (const answer of [body, path, rights]) {
      assert.equal(answer.status, 409);
      assert.equal(answer.json.code, 'idempotency_key_reused');
    }
  });

  test('is refused for as long as the first request is being worked on', async () => {
    const requestHash = Buffer.alloc(32, 7);
    await inCompany(api.database, program.companyId, (tx) =>
      claimIdempotencyKey(
        tx,
        { companyId: program.companyId, key: 'under way', requestHash },
        api.needs.clock(),
      ),
    );
    // The hash of the waiting request is not known here, so the stored one is made to fit every request.
    const body = { documentId, to: ['els@peeters.example'] };
    const mine = await program.ask('POST /dispatches', body, withKey('probe'));
    assert.equal(mine.status, 202);
    await api.database.owner.query(
      `update idempotency_keys set request_hash = (select request_hash from idempotency_keys where key = 'probe') where key = 'under way'`,
    );
    const answer = await program.ask('POST /dispatches', body, withKey('under way'));
    assert.equal(answer.json.code, 'request_in_flight');
    assert.ok(Number(answer.headers.get('retry-after')) > 0);
  });

  test('that was refused leaves nothing behind and the key free', async () => {
    const [documents, dispatches] = [await count('documents'), await count('dispatches')];
    const bytes = await facturxPdf({ number: 'REFUSED', buyerEmail: null });
    const wrong = await program.ask(
      'POST /dispatches',
      formOf(bytes, { dispatch: { to: ['nobody'] } }),
      withKey('corrected'),
    );
    assert.equal(wrong.status, 422);
    assert.equal(wrong.json.errors[0].path, 'to');
    assert.deepEqual([await count('documents'), await count('dispatches')], [documents, dispatches]);
    const right = await program.ask(
      'POST /dispatches',
      formOf(bytes, { dispatch: { to: ['els@peeters.example'] } }),
      withKey('corrected'),
    );
    assert.equal(right.status, 202);
  });
});

describe('an idempotency key', () => {
  test('of another company is another key', async () => {
    const other = await api.program();
    const body = { name: 'Peeters' };
    const [first, second] = [
      await program.ask('POST /customers', body, withKey('shared')),
      await other.ask('POST /customers', body, withKey('shared')),
    ];
    assert.equal(second.status, 201);
    assert.equal(second.headers.get('idempotent-replayed'), null);
    assert.notEqual(first.json.id, second.json.id);
  });

  test('works on a call that writes files: the same file is kept once', async () => {
    const form = () => formOf(Buffer.from('terms'), {}, 'terms.txt');
    const first = await program.ask('POST /files', form(), withKey('file'));
    const second = await program.ask('POST /files', form(), withKey('file'));
    assert.equal(first.status, 201);
    assert.equal(second.text, first.text);
    assert.equal(second.headers.get('idempotent-replayed'), 'true');
    const empty = await program.ask('POST /files', formOf(Buffer.alloc(0), {}, 'a.txt'), withKey('again'));
    assert.equal(empty.status, 422);
    assert.equal((await program.ask('POST /files', form(), withKey('again'))).status, 201);
  });

  test('repeats an answer with its status and address', async () => {
    const body = { name: 'Lindqvist' };
    const first = await program.ask('POST /customers', body, withKey('address'));
    const second = await program.ask('POST /customers', body, withKey('address'));
    assert.equal(first.headers.get('location'), `/api/v1/customers/${first.json.id}`);
    assert.equal(second.status, 201);
    assert.equal(second.headers.get('location'), first.headers.get('location'));
  });

  test('has 1 to 255 printable characters', async () => {
    for (const key of ['x'.repeat(256), 'tab\there', 'é']) {
      const answer = await program.ask('POST /customers', { name: 'A' }, withKey(key));
      assert.equal(answer.status, 400, key);
      assert.equal(answer.json.code, 'invalid_idempotency_key');
    }
    assert.equal((await program.ask('POST /customers', { name: 'A' }, withKey('x'.repeat(255)))).status, 201);
  });

  test('of a cancel repeats the answer of the cancel', async () => {
    const sent = await program.ask('POST /dispatches', { documentId, to: ['els@peeters.example'] });
    const call = `POST /dispatches/${sent.json.id}/cancel`;
    const first = await program.ask(call, undefined, withKey('cancel'));
    const second = await program.ask(call, undefined, withKey('cancel'));
    assert.equal(first.json.state, 'canceled');
    assert.equal(second.text, first.text);
  });
});

test('an answer that shows a secret once is repeated, and rests nowhere in clear', async () => {
  const order = { name: 'Shop', rights: 'send' };
  const made = await program.ask('POST /api-keys', order, withKey('new key'));
  assert.equal(made.status, 201, made.text);
  assert.ok(made.json.key);
  const { rows } = await api.database.owner.query(
    `select answer from idempotency_keys where key = 'new key' or answer like '%' || $1 || '%'`,
    [made.json.key],
  );
  assert.equal(rows.length, 1);
  assert.ok(!rows[0].answer.includes(made.json.key) && !rows[0].answer.includes('Shop'));
  const again = await program.ask('POST /api-keys', order, withKey('new key'));
  assert.deepEqual([again.status, again.text], [201, made.text]);
  await api.database.owner.query(
    `update idempotency_keys set answer = (select answer from idempotency_keys where key = 'new key') where key = 'race'`,
  );
  const moved = await program.ask(
    'POST /dispatches',
    { documentId, to: ['els@peeters.example'] },
    withKey('race'),
  );
  assert.equal(moved.status, 500, 'a sealed answer opens for its own claim only');
});

test('an answer that was kept before answers were sealed is still repeated', async () => {
  await program.ask('POST /customers', { name: 'Old' }, withKey('of before'));
  await api.database.owner.query(
    `update idempotency_keys set answer = '{"id":"cus_old"}' where key = 'of before'`,
  );
  const again = await program.ask('POST /customers', { name: 'Old' }, withKey('of before'));
  assert.deepEqual([again.status, again.json], [201, { id: 'cus_old' }]);
});
