import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import fc from 'fast-check';
import { createRule, deleteRule } from '#domain/automatic';
import { getDispatches } from '#domain/dispatch';
import { changeWatchSettings, type WatchSending } from '#domain/intake';
import { getMessages } from '#domain/outbox';
import { inCompany } from '#stores/database';
import { ciiInvoice, facturxPdf, plainPdf } from '../../../test/fixtures/documents.ts';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { makeWatchRound } from './index.ts';
import { sentenceOf } from './sentences.ts';
import { readSidecar } from './sidecar.ts';

let installation: TestInstallation;
let root: string;
let round: () => Promise<number>;
const clock = { now: new Date('2026-11-22T12:00:00Z') };

before(async () => {
  installation = await testInstallation();
});
after(() => installation.close());
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'envoi-watch-'));
  round = makeWatchRound({ ...installation, clock: () => clock.now }, root, 3000);
});

async function choose(send: WatchSending): Promise<void> {
  const { database, companyId } = installation;
  await inCompany(database, companyId, (tx) =>
    changeWatchSettings(tx, { companyId, send, actor: 'user' }, clock.now),
  );
}

/** Looks, waits as long as files have to be quiet, and looks again. */
async function settle(): Promise<void> {
  await round();
  clock.now = new Date(clock.now.getTime() + 4000);
  await round();
}

const drop = (name: string, bytes: Uint8Array | string) => writeFile(join(root, name), bytes);
const listed = async (folder: string) => (await readdir(join(root, folder)).catch(() => [])).sort();
const sentence = async (folder: string) => {
  const name = (await listed(folder)).find((one) => one.endsWith('.txt'));
  return name ? readFile(join(root, folder, name), 'utf8') : '';
};
const dispatches = () =>
  inCompany(installation.database, installation.companyId, (tx) =>
    getDispatches(tx, installation.companyId, { before: null, limit: 200 }),
  );
let number = 0;
const invoice = () => {
  number += 1;
  return facturxPdf({ number: `WF-${number}` });
};

test('a dropped invoice becomes a document and moves to done with a sentence; it is not sent unless the company has chosen that', async () => {
  await drop('a.pdf', await invoice());
  const before = (await dispatches()).length;
  await settle();
  assert.match(await sentence('done'), /^Taken in as doc_\S+\. It was not sent/);
  assert.equal((await dispatches()).length, before);
  assert.deepEqual((await readdir(root)).sort(), ['done']);
});

test('a file that is still being written waits, and so does everything of its name', async () => {
  const bytes = await invoice();
  await drop('b.pdf', bytes.subarray(0, 1000));
  await round();
  clock.now = new Date(clock.now.getTime() + 4000);
  await appendFile(join(root, 'b.pdf'), bytes.subarray(1000, 2000));
  await round();
  clock.now = new Date(clock.now.getTime() + 2000);
  await appendFile(join(root, 'b.pdf'), bytes.subarray(2000));
  await round();
  assert.deepEqual(await listed('done'), []);
  await drop('c.pdf.part', 'x');
  await settle();
  assert.equal((await listed('done')).length, 2);
  assert.ok((await readdir(root)).includes('c.pdf.part'));
});

test('a sidecar names recipients, words and facts, as JSON or as CSV', async () => {
  await choose('named');
  await drop('d.pdf', await plainPdf({ number: 'unlike' }));
  await drop(
    'd.json',
    JSON.stringify({
      to: 'Els <els@peeters.example>',
      cc: ['office@peeters.example'],
      subject: 'Your invoice',
      text: 'Here it is.',
      facts: { number: 'D-1', total: '10.00', currency: 'EUR', customer: { name: 'Peeters' } },
    }),
  );
  await settle();
  const { companyId, database } = installation;
  const [one] = await dispatches();
  assert.equal(one?.subject, 'Your invoice');
  const messages = await inCompany(database, companyId, (tx) =>
    getMessages(tx, companyId, { dispatchIds: [one!.id] }),
  );
  assert.deepEqual(
    messages.filter((each) => each.role !== 'copy').map((each) => [each.role, each.address]),
    [
      ['to', 'els@peeters.example'],
      ['cc', 'office@peeters.example'],
    ],
  );
  await drop('e.pdf', await invoice());
  await drop('e.csv', 'to;subject\njan@peeters.example;"Hello; Jan"\n');
  await settle();
  assert.equal((await dispatches())[0]?.subject, 'Hello; Jan');
});

test('a pair of PDF and XML is one document; with "always" it goes to the contacts of its customer', async () => {
  await choose('always');
  await drop('Pair.pdf', await plainPdf({ number: 'WP-1' }));
  await drop('pair.xml', ciiInvoice({ number: 'WP-1' }));
  const before = (await dispatches()).length;
  await settle();
  assert.match(await sentence('done'), /^Taken in as doc_\S+ and sent as dsp_/);
  assert.equal((await dispatches()).length, before + 1);
  await choose('never');
});

test('the same files after a crash between taking in and moving are not taken in twice', async () => {
  await choose('always');
  const bytes = await invoice();
  await drop('f.pdf', bytes);
  const before = (await dispatches()).length;
  await settle();
  round = makeWatchRound({ ...installation, clock: () => clock.now }, root, 3000);
  await drop('f.pdf', bytes);
  await settle();
  assert.equal((await dispatches()).length, before + 1);
  const texts = await Promise.all(
    (await listed('done'))
      .filter((one) => one.endsWith('.txt'))
      .map((one) => readFile(join(root, 'done', one), 'utf8')),
  );
  assert.ok(
    texts.some((one) => /^Known already: taken in before and sent as dsp_/.test(one)),
    texts.join(),
  );
  await choose('never');
});

test('what cannot be used moves to failed with a sentence, and the rest goes on', async () => {
  await drop('g.pdf', '%PDF-1.7 nothing');
  await drop('h.json', '{"to":["a@b.example"]}');
  await drop('i.pdf', await invoice());
  await drop('i.json', '{"recipients":"x"}');
  await settle();
  const failed = await listed('failed');
  const say = async (base: string) =>
    readFile(
      join(root, 'failed', failed.find((one) => one.startsWith(base) && one.endsWith('.txt'))!),
      'utf8',
    );
  assert.match(await say('g'), /g\.pdf is damaged/);
  assert.match(await say('h'), /There is no PDF or XML of that name/);
  assert.match(await say('i'), /i\.json has something that is not understood: recipients/);
});

test('a file that cannot be put away stops no other one and is not taken in again and again', async () => {
  await symlink(join(root, 'nowhere', 'failed'), join(root, 'failed'));
  await drop('a-broken.pdf', '%PDF-1.7 nothing');
  await drop('b-good.pdf', await invoice());
  await settle();
  assert.equal((await listed('done')).length, 2);
  assert.equal(await round(), 0);
  await rm(join(root, 'failed'));
  clock.now = new Date(clock.now.getTime() + 61_000);
  assert.equal(await round(), 1);
  assert.match(await sentence('failed'), /a-broken\.pdf is damaged/);
});

test('a name that is as long as a name may be, or no UTF-8, is dealt with once', async () => {
  await drop(`${'n'.repeat(249)}é.pdf`, await invoice());
  await writeFile(Buffer.concat([Buffer.from(`${root}/z-`), Buffer.from([0xff]), Buffer.from('.pdf')]), 'x');
  await settle();
  const [moved, said] = (await listed('done')).sort((a, b) => a.length - b.length);
  assert.match(moved ?? '', /^n+\.\d+T\d+Z\.pdf$/);
  assert.match(said ?? '', /^n+\.\d+T\d+Z\.txt$/);
  assert.match(await sentence('failed'), /is not UTF-8\. Give the file another name/);
  assert.equal(await round(), 0);
});

test('whatever a sidecar holds, it is read or refused with a sentence', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.string().map((s) => Buffer.from(s)),
        fc.json().map((s) => Buffer.from(s)),
      ),
      fc.constantFrom('x.json', 'x.csv'),
      (bytes, name) => {
        const read = readSidecar(name, bytes);
        assert.ok(read.ok || read.sentence.startsWith(name));
      },
    ),
  );
});

after(() => rm(root, { recursive: true, force: true }));

test('a rule sends what is dropped where the company has chosen nothing for the folder, each file once', async () => {
  await choose('never');
  const { companyId, database, author } = installation;
  const change = { name: 'Invoices of the folder', kinds: ['invoice'], sources: ['folder'], waitMinutes: 0 };
  const rule = await inCompany(database, companyId, (tx) =>
    createRule(tx, { companyId, author, change }, clock.now),
  );
  assert.ok(rule.ok);
  const before = (await dispatches()).length;
  const bytes = await invoice();
  await drop('by-rule.pdf', bytes);
  await settle();
  assert.match(await sentence('done'), /sent as dsp_/);
  const sent = await dispatches();
  assert.equal(sent.length, before + 1);
  assert.deepEqual([sent[0]?.origin, sent[0]?.metadata], ['automatic', { ruleId: rule.rule.id }]);
  await drop('by-rule-again.pdf', bytes);
  await settle();
  assert.equal((await dispatches()).length, before + 1);
  await inCompany(database, companyId, (tx) =>
    deleteRule(tx, { companyId, ruleId: rule.rule.id, author }, clock.now),
  );
});

test('files for which the plan has no room are put away with what is used and until when', () => {
  const problems = [{ path: '', reason: 'plan_limit', value: '10/10 2026-12-01' }] as const;
  const said = sentenceOf({ ok: false, reason: 'not_sendable', problems });
  assert.match(
    said,
    /The plan allows 10 e-mails a month, 10 are used, .* anew on 2026-12-01\. Drop it again then/,
  );
});
