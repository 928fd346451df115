import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type ExportDeps, workExports } from '#domain/exports';
import { formOf, type Program, testApi } from '../../../test/api.ts';
import { listenOnLoopback, runInWorld } from '../../../test/command-line.ts';
import { facturxPdf } from '../../../test/fixtures/documents.ts';
import { type OauthServer, startOauth } from '../../../test/servers/index.ts';
import { unzip } from '../../../test/unzip.ts';
import type { World } from './index.ts';

let folder: string;
let api: Awaited<ReturnType<typeof testApi>>;
let program: Program;
let served: Awaited<ReturnType<typeof listenOnLoopback>>;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envoi-cli-company-'));
  api = await testApi();
  program = await api.program();
  served = await listenOnLoopback(api.app);
});
after(async () => {
  await served.close();
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (argv: readonly string[], key = program.key, input = '') =>
  runInWorld(argv, {
    running: async () => ({ url: served.url, key }),
    readInput: async () => input,
  });
const named = (name: string) => join(folder, name);

describe('export', () => {
  /** Runs the command while a worker makes what it asks for. */
  async function exported(argv: readonly string[]) {
    const { database, files } = api.needs;
    const deps: ExportDeps = {
      database: database as unknown as ExportDeps['database'],
      files,
      version: '1.0.0',
      wordExport: () => ({ subject: 'Ready', text: 'Ready', html: 'Ready' }),
    };
    let isDone = false;
    const done = run(argv).finally(() => {
      isDone = true;
    });
    while (!isDone) {
      await workExports(deps, api.needs.clock);
      await new Promise((next) => setTimeout(next, 20));
    }
    return done;
  }

  test('saves everything that the company has as one ZIP, readable by its owner only', async () => {
    await program.ask('POST /documents', formOf(await facturxPdf({ number: 'E-1' })));
    const path = named('all.zip');
    const done = await exported(['export', '--out', path, '--json']);
    assert.equal(done.code, 0, done.said);
    const told = JSON.parse(done.out);
    assert.deepEqual([told.file, told.state, told.missing], [path, 'ready', 0]);
    const zip = unzip(await readFile(path));
    const manifest = JSON.parse(zip.get('manifest.json')?.toString() ?? '{}');
    assert.ok(manifest.tables.some((one: { name: string }) => one.name === 'documents'));
    assert.equal((await stat(path)).mode & 0o077, 0);
    assert.ok(!existsSync(`${path}.unfinished`));
  });

  test('says in a sentence where it could not be written, and leaves nothing half there', async () => {
    const path = named('none/all.zip');
    const done = await exported(['export', '--out', path]);
    assert.equal(done.code, 1);
    assert.match(done.said, /could not be written \(ENOENT\)\. Name another place with --out\./);
  });

  test('needs a key with all rights, and somebody who answers', async () => {
    const lesser = await api.program('send', program.companyId);
    const refused = await run(['export', '--out', named('x.zip')], lesser.key);
    assert.equal(refused.code, 1);
    assert.match(refused.said, /key/);
    const nobody = await runInWorld(['export', '--api', 'http://127.0.0.1:9', '--key', 'k']);
    assert.equal(nobody.code, 1);
    assert.match(nobody.said, /does not answer/);
  });
});

describe('import-documents', () => {
  const table =
    'Number;Date;Amount;Open;Currency;Customer\nO-1;05.10.2026;1500,40;1000,00;EUR;Lumen AG\nO-2;45.10.2026;9;;EUR;Nox AG\n';

  test('says what would happen, brings in what is right, and names what is wrong', async () => {
    const path = named('open.csv');
    await writeFile(path, table);
    const dry = await run(['import-documents', path, '--dry-run']);
    assert.equal(dry.code, 1, 'one line is wrong');
    assert.match(dry.out, /2: O-1, Lumen AG: new/);
    assert.match(dry.out, /3: O-2, Nox AG: wrong\n {2}issueDate: /);
    assert.ok(!(await program.ask('GET /documents?q=O-1')).text.includes('"O-1"'), 'nothing was kept');
    const done = await run(['import-documents', path, '--json']);
    const { items } = JSON.parse(done.out);
    assert.deepEqual(
      items.map((one: { outcome: string }) => one.outcome),
      ['new', 'wrong'],
    );
    const [kept] = (await program.ask('GET /documents?q=O-1')).json.items;
    assert.deepEqual([kept.number, kept.total, kept.paid.amount], ['O-1', '1500.40', '500.40']);
    await writeFile(path, table.split('\n').slice(0, 2).join('\n'));
    const again = await run(['import-documents', path]);
    assert.deepEqual([again.code, /O-1, Lumen AG: known/.test(again.out)], [0, true]);
  });

  test('refuses what is no table, and a file that is not there, in sentences', async () => {
    const path = named('broken.xlsx');
    await writeFile(path, 'PK\x03\x04 not a workbook');
    const broken = await run(['import-documents', path]);
    assert.equal(broken.code, 1);
    assert.ok(broken.said.length > 20, broken.said);
    const none = await run(['import-documents', named('none.csv')]);
    assert.deepEqual([none.code, /none\.csv does not exist\./.test(none.said)], [1, true]);
  });
});

test('api-keys shows the keys, and api-key revoke ends one', async () => {
  const { id, key } = (await program.ask('POST /api-keys', { name: 'Shop', rights: 'read' })).json;
  const listed = await run(['api-keys']);
  assert.match(listed.out, new RegExp(`${id} · Shop · …${key.slice(-4)} · read · never used`));
  assert.equal((await run(['api-key', 'revoke', id])).code, 0);
  assert.equal((await run(['api-key', 'revoke', id])).code, 1);
  assert.doesNotMatch((await run(['api-keys'])).out, new RegExp(id));
});

describe('single-sign-on', () => {
  let issuer: OauthServer;
  before(async () => {
    issuer = await startOauth();
  });
  after(() => issuer.close());

  test('is set up with a secret from a file or standard input, shown, and removed', async () => {
    assert.equal((await run(['single-sign-on'])).code, 1, 'there is none');
    const path = named('secret');
    await writeFile(path, `${issuer.clientSecret}\n`);
    const set = ['single-sign-on', 'set', issuer.url, issuer.clientId];
    const made = await run([...set, '--secret', path, '--newcomers', 'accountant']);
    assert.equal(made.code, 0, made.said);
    assert.match(made.out, /joins as accountant/);
    assert.doesNotMatch(made.out, new RegExp(issuer.clientSecret));
    const typed = await run([...set, '--secret', '-', '--json'], program.key, issuer.clientSecret);
    assert.equal(JSON.parse(typed.out).newcomerRole, null);
    const early = await run([...set, '--required']);
    assert.match(early.said, /Somebody has to come in by it once first/);
    assert.match((await run(['single-sign-on'])).out, /Redirect URI to register there: http.*\/back/);
    assert.equal((await run([...set, '--newcomers', 'owner'])).code, 2);
    assert.equal((await run(['single-sign-on', 'remove'])).code, 0);
    assert.equal((await run(['single-sign-on', 'remove'])).code, 1);
  });
});

describe('templates', () => {
  test('says to programs and in the terminal which text waits because its sender does not work, and why', async () => {
    const { items } = (await program.ask('GET /senders')).json;
    const senderId = items[0].id;
    const text = { kind: 'quote', purpose: 'first', language: 'en', subject: 'Our quote', senderId };
    const put = await program.ask('PUT /templates', text);
    assert.equal(put.status, 200, put.text);
    assert.equal(put.json.senderProblem, null);
    assert.doesNotMatch((await run(['templates'])).out, /waits/);
    const { owner } = api.database;
    const breaks = 'update senders set state = $2, problem = $3 where id = $1';
    await owner.query(breaks, [senderId, 'broken', 'login_refused']);
    const [listed] = (await program.ask('GET /templates')).json.items;
    assert.equal(listed.senderProblem, 'login_refused');
    const told = await run(['templates']);
    assert.match(
      told.out,
      /^tpl_\S+ · quote · first · en · .*Our quote · ✗ waits, its sender does not work: login_refused$/m,
    );
    await owner.query(breaks, [senderId, 'valid', null]);
    assert.equal((await program.ask('GET /templates')).json.items[0].senderProblem, null);
  });
});

describe('check-host', () => {
  const name = {
    question: 'name',
    about: 'ENVOI_MAIL_HOST',
    expected: '',
    found: ['mail.example'],
    good: true,
  } as const;
  const ptr = {
    question: 'reverse',
    about: '192.0.2.1',
    expected: 'mail.example',
    found: [],
    good: false,
  } as const;
  const look = (findings: Awaited<ReturnType<World['lookAtMachine']>>, ...argv: readonly string[]) =>
    runInWorld(['check-host', ...argv], { lookAtMachine: async () => findings });
  const said = { ...name, sentence: 'The name is mail.example.' };
  const missing = { ...ptr, sentence: '192.0.2.1 has no name.' };

  test('says of each thing whether it is as others want it, and ends with 1 where one is not', async () => {
    const good = await look([said]);
    assert.deepEqual([good.code, good.out], [0, 'ok  The name is mail.example.']);
    const bad = await look([said, missing]);
    assert.deepEqual([bad.code, bad.out], [1, 'ok  The name is mail.example.\nBAD 192.0.2.1 has no name.']);
  });

  test('tells programs the name and each finding', async () => {
    const told = JSON.parse((await look([said, missing], '--json')).out);
    assert.equal(told.host, 'mail.example');
    assert.deepEqual(told.findings, JSON.parse(JSON.stringify([said, missing])));
  });
});

describe('test-text-message', () => {
  test('hands a test to the gateway for a number as people write it, and refuses what is none', async () => {
    const numbers: string[] = [];
    const sendTestText = async (mobile: string) => {
      numbers.push(mobile);
      return 'sms.example';
    };
    const sent = await runInWorld(['test-text-message', '0032 475 12 34 56'], { sendTestText });
    assert.deepEqual([sent.code, numbers], [0, ['+32475123456']]);
    assert.match(sent.out, /sms\.example has taken the message/);
    const refused = await runInWorld(['test-text-message', '02 123'], { sendTestText });
    assert.notEqual(refused.code, 0);
    assert.match(refused.said, /country’s code/);
    assert.equal(numbers.length, 1);
  });
});
