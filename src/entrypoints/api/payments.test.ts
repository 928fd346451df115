import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { formOf, testApi } from '../../../test/api.ts';
import { facturxPdf } from '../../../test/fixtures/documents.ts';
import { bankEntryShape, bankImportShape } from './shapes/payment.ts';

let api: Awaited<ReturnType<typeof testApi>>;
before(async () => {
  api = await testApi();
});
after(() => api.close());

const table = (lines: string): FormData =>
  formOf(Buffer.from(`Date;Description;Amount\n${lines}`), {}, 'bank.csv');

test('a program brings in a file of the bank and confirms what it pays, once', async () => {
  const program = await api.program();
  const made = await program.ask('POST /documents', formOf(await facturxPdf({ number: '2026-0500' })));
  const imported = await program.ask('POST /bank-imports', table('20/11/2026;inv 2026-0500;1500.40'));
  assert.equal(imported.status, 201, imported.text);
  bankImportShape.parse(imported.json);
  const list = await program.ask('GET /bank-entries');
  const [entry] = list.json.items;
  bankEntryShape.parse(entry);
  assert.deepEqual(entry.proposals[0].documentIds, [made.json.id]);
  const body = { documentIds: [made.json.id] };
  const confirmed = await program.ask(`POST /bank-entries/${entry.id}/confirm`, body);
  assert.equal(confirmed.json.state, 'confirmed');
  const document = await program.ask(`GET /documents/${made.json.id}`);
  assert.deepEqual(document.json.paid, { on: '2026-11-20', amount: '1500.40' });
  const again = await program.ask(`POST /bank-entries/${entry.id}/confirm`, body);
  assert.deepEqual([again.status, again.json.code], [409, 'already_decided']);
  assert.equal((await program.ask('GET /bank-imports')).json.items.length, 1);
});

test('another company sees none of it', async () => {
  const [one, other] = [await api.program(), await api.program()];
  await one.ask('POST /bank-imports', table('20/11/2026;x;9.00'));
  const [entry] = (await one.ask('GET /bank-entries')).json.items;
  assert.deepEqual((await other.ask('GET /bank-entries')).json.items, []);
  assert.equal((await other.ask(`POST /bank-entries/${entry.id}/ignore`)).status, 404);
  assert.equal((await one.ask(`POST /bank-entries/${entry.id}/ignore`)).json.state, 'ignored');
});

test('a document of another currency, or one that does not exist, is refused at its field', async () => {
  const program = await api.program();
  await program.ask('POST /bank-imports', table('20/11/2026;x;9.00'));
  const [entry] = (await program.ask('GET /bank-entries')).json.items;
  const refused = await program.ask(`POST /bank-entries/${entry.id}/confirm`, {
    documentIds: ['doc_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B'],
  });
  assert.equal(refused.status, 422);
  assert.equal(refused.json.errors[0].path, 'documentIds');
});
