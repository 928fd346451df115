import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readApiKey, signIn } from '#domain/accounts';
import { sequence } from '#domain/evidence';
import { shippedRuleset } from '#domain/tracking';
import { formOf, type Program, testApi } from '../../../test/api.ts';
import { listenOnLoopback, runInWorld as run } from '../../../test/command-line.ts';
import { facturxPdf, fatturaPa, lockedPdf, plainPdf, ublInvoice } from '../../../test/fixtures/documents.ts';
import { testKeys } from '../../../test/keys.ts';
import { Unusable, type World } from './index.ts';

const root = resolve(import.meta.dirname, '../../..');
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envoi-cli-'));
});
after(() => rm(folder, { recursive: true, force: true }));

async function fileOf(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

describe('the command line', () => {
  test('tells its version and its commands', async () => {
    assert.match((await run(['--version'])).out, /^\d+\.\d+\.\d+$/);
    const help = await run(['help']);
    assert.equal(help.code, 0);
    for (const name of [
      'serve',
      'send',
      'read-document',
      'classify-hit',
      'api-key create',
      'user reset-password',
    ])
      assert.ok(help.out.includes(`envoi ${name}`), name);
    assert.match((await run(['send', '--help'])).out, /--to/);
    assert.ok(Array.isArray(JSON.parse((await run(['help', '--json'])).out)));
  });

  test('says what is wrong with what was typed, and ends with 2', async () => {
    const typed = [
      [],
      ['nonsense'],
      ['read-document'],
      ['read-document', 'a', 'b'],
      ['send'],
      ['serve', '--fast'],
      ['api-key', 'make'],
    ];
    for (const argv of typed) {
      const done = await run(argv);
      assert.equal(done.code, 2, argv.join(' '));
      assert.equal(done.out, '');
      assert.notEqual(done.said, '');
    }
  });

  test('passes on what the surroundings say, without a stack, and ends with 1', async () => {
    const open = async (): Promise<never> => {
      throw new Unusable('PORT is not a port.');
    };
    const done = await run(['rebuild-overview'], { open });
    assert.deepEqual([done.code, done.said], [1, 'PORT is not a port.']);
  });
});

describe('read-document', () => {
  test('prints the facts under the names of the contract', async () => {
    const cases: readonly (readonly [string, Uint8Array, string])[] = [
      ['a.pdf', await facturxPdf(), 'factur-x'],
      ['b.xml', ublInvoice(), 'ubl'],
      ['c.xml', fatturaPa(), 'fatturapa'],
      ['d.pdf', await plainPdf(), 'pdf'],
    ];
    for (const [name, bytes, format] of cases) {
      const done = await run(['read-document', await fileOf(name, bytes)]);
      assert.equal(done.code, 0, done.said);
      const read = JSON.parse(done.out);
      assert.equal(read.format, format);
      assert.deepEqual(Object.keys(read), [
        'format',
        'kind',
        'number',
        'issueDate',
        'dueDate',
        'currency',
        'total',
        'amountDue',
        'sellerName',
        'buyerName',
        'buyerEmails',
      ]);
    }
  });

  test('says in a sentence why nothing can be read', async () => {
    const locked = await run(['read-document', await fileOf('locked.pdf', await lockedPdf())]);
    assert.deepEqual([locked.code, locked.out], [1, '']);
    assert.match(locked.said, /protected by a password/);
    const text = await run(['read-document', await fileOf('a.txt', Buffer.from('hello'))]);
    assert.equal(text.code, 1);
    for (const path of [join(folder, 'none.pdf'), folder]) {
      const done = await run(['read-document', path]);
      assert.equal(done.code, 2);
      assert.match(done.said, /does not exist|not a file/);
    }
  });

  test('runs as a program of its own, without data and in little time', async () => {
    const path = await fileOf('e.pdf', await facturxPdf());
    const data = join(folder, 'no-data');
    const done = await spawnEnvoi(['read-document', path, '--json'], { ENVOI_DATA_DIR: data });
    assert.equal(done.code, 0, done.stderr);
    assert.equal(JSON.parse(done.stdout).number, 'INV-2026-0147');
    await assert.rejects(rm(data)); // it was never made
    const refused = await spawnEnvoi([
      'read-document',
      await fileOf('f.pdf', Buffer.from('%PDF-1.7 no more')),
    ]);
    assert.deepEqual([refused.code, refused.stdout], [1, '']);
    assert.doesNotMatch(refused.stderr, /\n\s+at /);
  });
});

function spawnEnvoi(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((done) => {
    execFile(
      process.execPath,
      [join(root, 'bin/envoi.mjs'), ...args],
      { cwd: tmpdir(), env: { PATH: '/usr/bin:/bin', ...env }, timeout: 60_000 },
      (error, stdout, stderr) =>
        done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr }),
    );
  });
}

describe('classify-hit', () => {
  test('prints actor, certainty, reasons and ruleset', async () => {
    const hit = {
      path: '/o/x.gif',
      method: 'GET',
      userAgent: 'Mozilla/5.0',
      ip: '66.249.93.1',
      secondsSinceDelivery: 3,
    };
    const done = await run(['classify-hit', '--hit', JSON.stringify(hit)]);
    assert.equal(done.code, 0, done.said);
    assert.deepEqual(Object.keys(JSON.parse(done.out)).sort(), ['actor', 'certainty', 'reasons', 'ruleset']);
  });

  test('takes another file of rules, and says what is wrong with it', async () => {
    const shipped = await readFile(join(root, 'src/domain/tracking/rules.json'), 'utf8');
    const own = await fileOf(
      'rules.json',
      Buffer.from(shipped.replace(/"version": "[^"]+"/, '"version": "ours"')),
    );
    const hit = JSON.stringify({ path: '/d/t' });
    assert.equal(JSON.parse((await run(['classify-hit', '--hit', hit, '--rules', own])).out).ruleset, 'ours');
    assert.equal(
      JSON.parse((await run(['classify-hit', '--hit', hit], { hitRules: () => own })).out).ruleset,
      'ours',
    );
    const bad = await run([
      'classify-hit',
      '--hit',
      hit,
      '--rules',
      await fileOf('bad.json', Buffer.from('{}')),
    ]);
    assert.deepEqual([bad.code, bad.out], [1, '']);
    assert.match(bad.said, /cannot be used/);
  });

  test('refuses what is no hit', async () => {
    for (const argv of [[], ['--hit', '{'], ['--hit', '{}']]) {
      const done = await run(['classify-hit', ...argv]);
      assert.equal(done.code, 2);
      assert.equal(done.out, '');
    }
  });
});

describe('with an installation', () => {
  let api: Awaited<ReturnType<typeof testApi>>;
  let program: Program;
  let served: Awaited<ReturnType<typeof listenOnLoopback>>;
  let url: string;
  let own: Partial<World>;

  before(async () => {
    api = await testApi();
    program = await api.program();
    served = await listenOnLoopback(api.app);
    ({ url } = served);
    const { database } = api;
    const { clock, files } = api.needs;
    const keys = await testKeys();
    own = {
      open: async () => ({
        database,
        senders: api.needs.senders,
        clock,
        files,
        keys,
        keyFolder: join(folder, 'ring'),
        ruleset: shippedRuleset,
        close: async () => undefined,
      }),
      running: async () => ({ url, key: program.key }),
    };
  });
  after(async () => {
    await served.close();
    await api.close();
  });

  test('send sends each file once, also when it is said twice', async () => {
    const files = [
      await fileOf('one.pdf', await facturxPdf({ number: 'C-1' })),
      await fileOf('two.xml', ublInvoice({ number: 'C-2' })),
    ];
    const argv = [
      'send',
      ...files,
      '--to',
      'els@peeters.example',
      '--cc',
      'a@b.example',
      '--subject',
      'Hello',
      '--once',
      'run-7',
      '--json',
    ];
    const [first, second] = [await run(argv, own), await run(argv, own)];
    assert.equal(first.code, 0, first.said);
    const { items } = JSON.parse(first.out);
    assert.deepEqual(
      items.map((one: { ok: boolean }) => one.ok),
      [true, true],
    );
    assert.equal(items[0].dispatch.subject, 'Hello');
    assert.equal(second.out, first.out);
    assert.equal((await program.ask('GET /dispatches')).json.items.length, 2);
  });

  test('send says for each file why it was not sent, and goes on with the others', async () => {
    const good = await fileOf('three.pdf', await facturxPdf({ number: 'C-3' }));
    const bad = await fileOf('bad.pdf', Buffer.from('%PDF-1.7'));
    const done = await run(['send', join(folder, 'none.pdf'), bad, good, '--to', 'els@peeters.example'], own);
    assert.equal(done.code, 1);
    assert.match(done.out, /three\.pdf: waiting, to els@peeters\.example \(dsp_/);
    assert.match(done.said, /none\.pdf was not sent: .* does not exist\./);
    assert.match(done.said, /bad\.pdf was not sent: The PDF is damaged/);
    const wrong = await run(['send', good, '--to', 'nobody'], own);
    assert.match(wrong.said, /to: This is no e-mail address\. \(nobody\)/);
  });

  test('a run is made, looked at, and told what to do; texts, reminders and rules are shown', async () => {
    const form = formOf(await facturxPdf({ number: 'C-RUN' }));
    const document = (await program.ask('POST /documents', form)).json;
    const made = await run(['run', 'new', document.id, '--json'], own);
    assert.equal(made.code, 0, made.said);
    const { id } = JSON.parse(made.out);
    assert.match((await run(['runs'], own)).out, new RegExp(`${id} · first · checking · 1 document`));
    assert.match((await run(['run', 'show', id], own)).out, /Hôtel Bellevue SA · unchecked/);
    const early = await run(['run', 'start', id], own);
    assert.equal(early.code, 1);
    assert.match((await run(['run', 'cancel', id], own)).out, /canceled/);
    assert.equal((await run(['run', 'burn', id], own)).code, 2);
    assert.match((await run(['templates', '--built-in'], own)).out, /invoice · first · en/);
    assert.equal((await run(['templates'], own)).out.trim(), 'No text of its own.');
    assert.equal((await run(['reminders', '--state', 'never'], own)).code, 2);
    assert.match((await run(['reminders', '--state', 'stopped'], own)).out, new RegExp(document.id));
    const rule = (await program.ask('POST /send-rules', { name: 'Quotes', kinds: ['quote'] })).json;
    assert.match((await run(['send-rules'], own)).out, /Quotes · on · quote/);
    const tried = await run(['send-rule', 'test', rule.id, document.id], own);
    assert.deepEqual([tried.code, tried.out.trim()], [1, 'would not go · other_kind']);
  });

  test('send needs a key and somebody who answers', async () => {
    const good = await fileOf('four.pdf', await facturxPdf({ number: 'C-4' }));
    assert.equal((await run(['send', good])).code, 2);
    const wrongKey = await run(['send', good, '--key', 'wrong', '--api', url]);
    assert.equal(wrongKey.code, 1);
    assert.match(wrongKey.said, /key/);
    assert.equal((await run(['send', good, '--key', 'k', '--api', 'ftp://x'])).code, 2);
  });

  test('import-customers says what would happen, brings in what is right, and names what is wrong', async () => {
    const path = await fileOf(
      'customers.csv',
      Buffer.from('Name;E-mail\nLumen AG;a@lumen.example\nNox AG;none\n'),
    );
    const dry = await run(['import-customers', path, '--dry-run'], own);
    assert.match(dry.out, /2: Lumen AG: new/);
    assert.deepEqual((await program.ask('GET /customers?q=Lumen')).json.items, []);
    const done = await run(['import-customers', path, '--json'], own);
    assert.equal(done.code, 1);
    const { items } = JSON.parse(done.out);
    assert.deepEqual(
      items.map((one: { outcome: string; problems: { path: string }[] }) => [
        one.outcome,
        ...one.problems.map((problem) => problem.path),
      ]),
      [['new'], ['wrong', 'contacts.0.email']],
    );
    assert.equal((await program.ask('GET /customers?q=Lumen')).json.items.length, 1);
    const table = await fileOf('none.csv', Buffer.from('a;b\n1;2\n'));
    const refused = await run(['import-customers', table], own);
    assert.equal(refused.code, 1);
    assert.match(refused.said, /no name column/);
  });

  test('operator shows, adds and removes who runs the installation', async () => {
    const email = (await run(['operator', '--json'], own)).out;
    assert.equal(JSON.parse(email).operators.length, 1);
    const [first] = JSON.parse(email).operators;
    assert.deepEqual(
      JSON.parse((await run(['operator', first, '--remove', '--json'], own)).out).operators,
      [],
    );
    assert.deepEqual(JSON.parse((await run(['operator', first, '--json'], own)).out).operators, [first]);
    const nobody = await run(['operator', 'nobody@nowhere.example'], own);
    assert.equal(nobody.code, 1);
    assert.match(nobody.said, /Nobody signs in as nobody@nowhere\.example/);
  });

  test('api-key create makes a key that works, for the company that is meant', async () => {
    const several = [program.companyId, (await api.program()).companyId];
    const unclear = await run(['api-key', 'create', '--name', 'ERP'], own);
    assert.equal(unclear.code, 1);
    for (const id of several) assert.ok(unclear.said.includes(id));
    const done = await run(
      ['api-key', 'create', '--name', 'ERP', '--rights', 'send', '--company', several[0] ?? '', '--json'],
      own,
    );
    const { key } = JSON.parse(done.out);
    const known = await readApiKey(api.database, key, api.needs.clock());
    assert.deepEqual([known?.name, known?.rights, known?.companyId], ['ERP', 'send', several[0]]);
    assert.equal((await run(['api-key', 'create'], own)).code, 2);
    assert.equal((await run(['api-key', 'create', '--name', 'A', '--rights', 'some'], own)).code, 2);
  });

  test('user reset-password sets the one that is typed, or makes one', async () => {
    const { rows } = await api.database.owner.query('select email from users limit 1');
    const { email } = rows[0];
    const canSignIn = async (password: string): Promise<boolean> =>
      (await signIn(api.database, { email, password, network: '127.0.0.1' }, api.needs.clock())).ok;
    const typed = await run(['user', 'reset-password', email, '--stdin'], {
      ...own,
      readInput: async () => 'a new long password\n',
    });
    assert.deepEqual([typed.code, typed.out], [0, '']);
    assert.ok(await canSignIn('a new long password'));
    const made = await run(['user', 'reset-password', email, '--json'], own);
    assert.ok(await canSignIn(JSON.parse(made.out).password));
    const short = await run(['user', 'reset-password', email, '--stdin'], {
      ...own,
      readInput: async () => 'short\n',
    });
    assert.deepEqual([short.code, /characters/.test(short.said)], [1, true]);
    assert.equal((await run(['user', 'reset-password', 'nobody@x.example'], own)).code, 1);
  });

  test('verify-log says that all holds, and names what was changed', async () => {
    await sequence(api.database);
    const good = await run(['verify-log', '--json'], own);
    assert.equal(good.code, 0, good.said);
    assert.deepEqual([JSON.parse(good.out).ok, JSON.parse(good.out).broken], [true, null]);
    assert.ok(JSON.parse(good.out).files > 0);
    const path = await fileOf('checkpoint', Buffer.from('no checkpoint'));
    const wrong = await run(['verify-log', '--checkpoint', path], own);
    assert.equal(wrong.code, 1);
    assert.match(wrong.out, /was not signed by the key of this log/);
    await api.database.owner.query(
      "update events set at = at + interval '1 hour' where log_index = (select max(log_index) from events)",
    );
    const broken = await run(['verify-log'], own);
    assert.equal(broken.code, 1);
    assert.match(broken.out, /An event was changed.*place \d+ of the log, evt_/);
  });

  test('keys rotate gives the log a new key and records the change for every company', async () => {
    const done = await run(['keys', 'rotate', '--json'], own);
    assert.equal(done.code, 0, done.said);
    const { from, to, companies } = JSON.parse(done.out);
    assert.notEqual(from, to);
    const { rows } = await api.database.owner.query("select data from events where type = 'key.rotated'");
    assert.equal(rows.length, companies);
    assert.equal(rows[0].data.to, to);
  });

  test('rebuild-overview gives the same lists again', async () => {
    const before = await program.ask('GET /documents');
    await api.database.owner.query('delete from document_overview');
    const done = await run(['rebuild-overview', '--json'], own);
    assert.equal(done.code, 0, done.said);
    assert.equal(JSON.parse(done.out).documents, before.json.items.length);
    assert.equal((await program.ask('GET /documents')).text, before.text);
  });
});
