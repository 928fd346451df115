import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { formOf, type Program, testApi } from '../../../test/api.ts';
import { facturxPdf, plainPdf, ublInvoice } from '../../../test/fixtures/documents.ts';

let api: Awaited<ReturnType<typeof testApi>>;
let program: Program;
before(async () => {
  api = await testApi();
  program = await api.program();
});
after(() => api.close());

test('documents are the same when their bytes are, and are replaced by versions', async () => {
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

test('documents take facts, payments and pauses, and name every field that is wrong', async () => {
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

test('documents are listed by filter and page, newest first, without losing one', async () => {
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
