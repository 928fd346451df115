import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import { newId } from '#base/ids';
import { getRun } from '#domain/runs';
import { asWorker } from '#stores/database';
import { formOf, type Program, testApi } from '../../../test/api.ts';
import { facturxPdf, plainPdf } from '../../../test/fixtures/documents.ts';
import { runCommand, type World } from './index.ts';

let folder: string;
let api: Awaited<ReturnType<typeof testApi>>;
let program: Program;
let server: Server;
let url: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envoi-cli-'));
  api = await testApi();
  program = await api.program();
  server = createServer(getRequestListener(api.app.fetch));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a command that asks the running installation; its words are kept. */
async function run(...argv: readonly string[]) {
  const [out, said]: [string[], string[]] = [[], []];
  const world = {
    print: (text: string) => void out.push(text),
    say: (sentence: string) => void said.push(sentence),
    clock: api.needs.clock,
    running: async () => ({ url, key: program.key }),
  } as unknown as World;
  const code = await runCommand(argv, world);
  return { code, out: out.join('\n'), said: said.join('\n') };
}

test('calendar shows the days of a year with their weekday; calendar set keeps a region and changes single days', async () => {
  const kept = await run('calendar', 'set', 'on', '--country', 'CH', '--region', 'TI');
  assert.equal(kept.code, 0, kept.said);
  const year = await run('calendar', '--year', '2026');
  assert.match(year.out, /^2026 · CH-TI · reminders and office hours wait on these days$/m);
  assert.match(year.out, /^Thu 2026-03-19 · .+ · public · free$/m);
  await run('calendar', 'set', 'work', '2026-03-19');
  await run('calendar', 'set', 'free', '2026-12-24', '--name', 'Closed early');
  const changed = await run('calendar', '--year', '2026');
  assert.match(changed.out, /^Thu 2026-03-19 · .+ · worked$/m);
  assert.match(changed.out, /^Thu 2026-12-24 · Closed early · own · free$/m);
  await run('calendar', 'set', 'usual', '2026-12-24');
  assert.doesNotMatch((await run('calendar', '--year', '2026')).out, /Closed early/);
  await run('calendar', 'set', 'off');
  assert.match((await run('calendar')).out, /not kept/);
});

test('calendar says what is wrong with what was typed', async () => {
  for (const argv of [
    ['set', 'maybe'],
    ['set', 'free'],
    ['set', 'on', '2026-01-01'],
    ['--year', 'soon'],
  ])
    assert.equal((await run('calendar', ...argv)).code, 2, argv.join(' '));
  const refused = await run('calendar', 'set', 'free', '2026-02-31');
  assert.equal(refused.code, 1);
  assert.match(refused.said, /day/i);
});

test('a run takes a letter of one’s own along, and says what is wrong with it', async () => {
  const form = formOf(await facturxPdf({ number: 'L-1', buyerEmail: 'els@peeters.example' }));
  const document = (await program.ask('POST /documents', form)).json;
  const letter = join(folder, 'Mahnung.pdf');
  await writeFile(letter, await plainPdf());
  const made = await run('run', 'new', document.id, '--remind', '--letter', '--own-letter', letter, '--json');
  assert.equal(made.code, 0, made.said);
  const found = await asWorker(api.database, (tx) => getRun(tx, program.companyId, JSON.parse(made.out).id));
  assert.deepEqual([found?.options.letter, found?.options.fileIds?.length], [true, 1]);
  const none = await run('run', 'new', document.id, '--own-letter', join(folder, 'none.pdf'));
  assert.deepEqual([none.code, none.out], [1, '']);
  assert.match(none.said, /none\.pdf does not exist/);
  const program2 = join(folder, 'virus.exe');
  await writeFile(program2, 'MZ');
  const refused = await run('run', 'new', document.id, '--own-letter', program2);
  assert.equal(refused.code, 1);
  assert.match(refused.said, /program/);
});

test('a run takes all documents that fit, or those that are named; not both, and not none', async () => {
  const numbers = ['F-1', 'F-2'];
  const ids: string[] = [];
  for (const number of numbers)
    ids.push((await program.ask('POST /documents', formOf(await facturxPdf({ number })))).json.id);
  const fitting = ['--search', 'F-', '--kind', 'invoice', '--paid', 'unpaid', '--envelope', 'none,sent'];
  const days = ['--from', '2026-01-01', '--to', '2026-12-31'];
  const made = await run('run', 'new', ...fitting, ...days, '--json');
  assert.equal(made.code, 0, made.said);
  assert.equal(JSON.parse(made.out).documents, 2);
  const early = await run('run', 'new', ...fitting, '--to', '2001-01-01');
  assert.equal(early.code, 1);
  assert.match(early.said, /fit/);
  assert.equal((await run('run', 'new', '--paid', 'perhaps')).code, 1);
  assert.equal((await run('run', 'new', ids[0] ?? '', ...fitting)).code, 2);
  const none = await run('run', 'new');
  assert.equal(none.code, 2);
  assert.match(none.said, /--search WORDS/);
});

test('a start is taken back while nothing has left; of a program, which has no time to undo, that is too late', async () => {
  const form = formOf(await facturxPdf({ number: 'U-1', buyerEmail: 'els@peeters.example' }));
  const document = (await program.ask('POST /documents', form)).json;
  const { id } = JSON.parse((await run('run', 'new', document.id, '--json')).out);
  const early = await run('run', 'undo', id);
  assert.equal(early.code, 1);
  await asWorker(api.database, (tx) =>
    tx
      .updateTable('runs')
      .set({ state: 'running', undo_until: new Date(api.clock.now.getTime() + 5_000) })
      .where('id', '=', id)
      .execute(),
  );
  const undone = await run('run', 'undo', id);
  assert.match(undone.out, /checking/);
});

test('a sender of the network is blocked by a document of his, listed, and lifted again', async () => {
  assert.match((await run('network', 'blocks')).out, /Nobody is blocked/);
  const from = newId('company', api.clock.now);
  const hash = 'ab'.repeat(32);
  const file = { file_name: 'a.pdf', format: 'pdf', media_type: 'application/pdf', sha256: hash, bytes: 1 };
  const what = {
    kind: 'invoice',
    subject: 'x',
    text: 'y',
    state: 'new',
    series: 'doc_x',
    version: 1,
    times: 1,
  };
  const row = {
    ...{ id: newId('received', api.clock.now), company_id: program.companyId },
    ...{ from_id: from, from_name: 'Peeters BV', ...file, ...what },
    ...{ pdf_sha256: hash, pdf_bytes: 1, pages: 1, received_at: api.clock.now, last_at: api.clock.now },
  };
  await asWorker(api.database, (tx) =>
    tx
      .insertInto('received_documents')
      .values(row as never)
      .execute(),
  );
  assert.match((await run('network', 'block', row.id)).out, /Peeters BV · blocked since/);
  assert.match((await run('network', 'blocks')).out, new RegExp(`^${from} · Peeters BV`));
  const lifted = await run('network', 'unblock', from);
  assert.deepEqual([lifted.code, lifted.said], [0, '']);
  assert.equal((await run('network', 'unblock', from)).code, 1);
});
