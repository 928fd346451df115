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

test('how a run sends is changed until it starts: what is absent stays, null takes a choice away', async () => {
  const text = {
    kind: 'invoice',
    language: 'en',
    subject: 'Once {{ document.number }}',
    html: '<p>Once.</p>',
  };
  const made = await program.ask('POST /runs', { filter: { q: 'A-' }, perMinute: 5, texts: [text] });
  assert.equal(made.status, 202, made.text);
  assert.deepEqual(made.json.options, { perMinute: 5, texts: [text] });
  const path = `/runs/${made.json.id}`;
  const changed = await program.ask(`PATCH ${path}`, { officeHours: true, perMinute: null });
  assert.equal(changed.status, 200, changed.text);
  assert.deepEqual(changed.json.options, { officeHours: true, texts: [text] });
  const grouped = await program.ask(`PATCH ${path}`, { grouping: 'customer', texts: null });
  assert.deepEqual([grouped.json.grouping, grouped.json.options], ['customer', { officeHours: true }]);
  const wrong = { ...text, html: '<p>{{ document.dew_date }}</p>' };
  const refused = await program.ask(`PATCH ${path}`, { texts: [wrong] });
  assert.equal(refused.status, 422);
  assert.equal(refused.json.errors[0].path, 'texts.0.html');
  await program.ask(`POST ${path}/cancel`);
  assert.equal((await program.ask(`PATCH ${path}`, { perMinute: 1 })).json.code, 'too_late');
});

test('a line is left out and let go again, and what lacked something is looked at again', async () => {
  const made = await program.ask('POST /runs', { filter: { q: 'A-' } });
  const [line] = (await program.ask(`GET /runs/${made.json.id}/lines`)).json.items;
  const out = await program.ask(`POST /run-lines/${line.id}/leave-out`);
  assert.equal(out.json.state, 'excluded', out.text);
  assert.equal(out.json.problems[0].reason, 'left_out');
  assert.equal((await program.ask(`POST /run-lines/${line.id}/send-again`)).json.state, 'unchecked');
  assert.equal((await program.ask(`POST /runs/${made.json.id}/check`)).status, 200);
  await program.ask(`POST /runs/${made.json.id}/cancel`);
  assert.equal((await program.ask(`POST /run-lines/${line.id}/leave-out`)).json.code, 'wrong_state');
});

test('a batch of reminders is selected as the list of them is: by days overdue, amount, customer and category', async () => {
  const ids = async (query: string): Promise<string[]> =>
    (await program.ask(`GET /reminders?${query}`)).json.items.map((one: { number: string }) => one.number);
  const all = await ids('');
  assert.ok(all.length >= 3);
  assert.deepEqual(await ids('amount=100000'), []);
  assert.deepEqual(await ids('overdueDays=3650'), []);
  assert.deepEqual(await ids('category=nowhere'), []);
  assert.deepEqual(await ids('customer=NO%20such'), []);
  const [state] = (await program.ask('GET /reminders')).json.items.map((one: { state: string }) => one.state);
  const made = await program.ask('POST /runs', { reminders: { state, amount: '0.01' } });
  assert.equal(made.status, 202, made.text);
  assert.equal(made.json.purpose, 'reminder');
  const none = await program.ask('POST /runs', { reminders: { state, amount: '100000' } });
  assert.deepEqual(none.json.errors, [{ path: 'reminders', message: 'No document fits.' }]);
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
