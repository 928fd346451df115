import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { getRun, listLines } from '#domain/runs';
import { asWorker } from '#stores/database';
import { formOf, type Program, testApi } from '../../../test/api.ts';
import { facturxPdf } from '../../../test/fixtures/documents.ts';

let api: Awaited<ReturnType<typeof testApi>>;
let program: Program;

before(async () => {
  api = await testApi();
  program = await api.program();
  for (const number of ['A-1', 'A-2', 'B-1'])
    await program.ask('POST /documents', formOf(await facturxPdf({ number })));
});
after(() => api.close());

async function numbersOf(runId: string): Promise<string[]> {
  const { companyId } = program;
  const lines = await asWorker(api.database, (tx) =>
    listLines(tx, { companyId, runId }, { after: -1, limit: 10 }),
  );
  const documents = lines.flatMap((line) => line.documentIds);
  const shown = await Promise.all(documents.map((id) => program.ask(`GET /documents/${id}`)));
  return shown.map(({ json }) => json.number).sort();
}

test('a run takes all documents that fit a filter, and says whose it is', async () => {
  const made = await program.ask('POST /runs', { filter: { q: 'A-', kind: 'invoice', envelope: 'none' } });
  assert.equal(made.status, 202, made.text);
  assert.equal(made.json.documents, 2);
  assert.deepEqual(await numbersOf(made.json.id), ['A-1', 'A-2']);
  const run = await asWorker(api.database, (tx) => getRun(tx, program.companyId, made.json.id));
  assert.equal(run?.author.actor, 'program');
  const all = await program.ask('POST /runs', { filter: {} });
  assert.deepEqual(await numbersOf(all.json.id), ['A-1', 'A-2', 'B-1']);
  const other = await api.program();
  assert.equal((await other.ask('POST /runs', { filter: {} })).status, 422, 'those of others never fit');
});

test('ids and a filter together, and neither, are refused', async () => {
  const both = await program.ask('POST /runs', { documentIds: ['doc_1'], filter: {} });
  const neither = await program.ask('POST /runs', { purpose: 'first' });
  assert.deepEqual([both.status, neither.status], [422, 422]);
});

test('what is wrong is said of the field that was used', async () => {
  const pathsOf = async (body: object): Promise<string[]> =>
    (await program.ask('POST /runs', body)).json.errors.map((one: { path: string }) => one.path);
  assert.deepEqual(await pathsOf({ documentIds: ['doc_nowhere'] }), ['documentIds']);
  assert.deepEqual(await pathsOf({ filter: { q: 'nowhere' } }), ['filter']);
  await fillOverview(50_000);
  const { json, status } = await program.ask('POST /runs', { filter: {} });
  assert.equal(status, 422);
  assert.deepEqual(json.errors, [
    {
      path: 'filter',
      message: 'More documents fit than the 50,000 that a run takes. Narrow it, by days for example.',
    },
  ]);
});

/** Rows of the overview alone: too many are refused before any document is looked at. */
async function fillOverview(count: number): Promise<void> {
  await asWorker(api.database, (tx) =>
    sql`insert into document_overview
        select more.*
        from (select * from document_overview where company_id = ${program.companyId} limit 1) one,
             generate_series(1, ${count}) n,
             jsonb_populate_record(
               null::document_overview,
               to_jsonb(one) || jsonb_build_object('document_id', 'doc_more' || n, 'search', '')
             ) more`.execute(tx),
  );
}
