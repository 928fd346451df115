import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { formOf, type Program, testApi } from '../../../test/api.ts';
import { listenOnLoopback, runInWorld } from '../../../test/command-line.ts';
import { facturxPdf } from '../../../test/fixtures/documents.ts';

let folder: string;
let api: Awaited<ReturnType<typeof testApi>>;
let program: Program;
let served: Awaited<ReturnType<typeof listenOnLoopback>>;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envoi-cli-money-'));
  api = await testApi();
  program = await api.program();
  served = await listenOnLoopback(api.app);
});
after(async () => {
  await served.close();
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a command; its words, and what it said where it refused. */
async function run(...argv: readonly string[]) {
  return runInWorld(argv, {
    running: async () => ({ url: served.url, key: program.key }),
    clock: api.needs.clock,
  });
}
/** Runs a command that has to be good, and reads what it says as JSON. */
async function done(...argv: readonly string[]) {
  const { code, out, said } = await run(...argv, '--json');
  assert.equal(code, 0, said);
  return JSON.parse(out);
}
async function named(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}
const upload = async (number: string) =>
  (await program.ask('POST /documents', formOf(await facturxPdf({ number })))).json;

test('money is brought in, confirmed as a payment or put aside; a payment is noted by hand and taken back', async () => {
  const invoice = await upload('PAY-1');
  const file = await named(
    'bank.csv',
    `Date;Name;Description;Amount\n16/11/2026;Peeters;PAY-1;${invoice.amountDue}\n17/11/2026;x;y;3.00`,
  );
  assert.equal((await done('payments', 'import', file)).newEntries, 2);
  const { items } = await done('payments');
  const known = items.find((one: { text: string }) => one.text.includes('PAY-1'));
  const other = items.find((one: { text: string }) => !one.text.includes('PAY-1'));
  assert.deepEqual(known.proposals[0].documentIds, [invoice.id]);
  assert.equal((await done('payments', 'confirm', known.id, invoice.id)).state, 'confirmed');
  assert.equal((await done('payments', 'ignore', other.id)).state, 'ignored');
  assert.equal((await run('payments', 'ignore', other.id)).code, 1);
  assert.equal((await done('payments', '--state', 'confirmed')).items.length, 1);
  assert.equal((await run('payments', '--state', 'spent')).code, 1);
  const second = await upload('PAY-2');
  assert.equal((await done('paid', second.id, '--on', '2026-10-30', '--amount', '1.00')).paid.amount, '1.00');
  assert.equal((await done('paid', second.id, '--not')).paid, null);
  assert.equal((await run('paid', second.id, '--not', '--amount', '1.00')).code, 2);
});

test('policies are saved from a file, put in order, switched and ended', async () => {
  const one = await done('policy', 'save', await named('one.json', '{"name": "One"}'));
  const two = await done(
    'policy',
    'save',
    await named('two.json', '{"name": "Two", "minimumAmount": "10.00"}'),
  );
  const ids = async () => (await done('policies')).items.map((policy: { id: string }) => policy.id);
  assert.deepEqual(await ids(), [one.id, two.id]);
  await done('policy', 'order', two.id, one.id);
  assert.deepEqual(await ids(), [two.id, one.id]);
  assert.equal((await run('policy', 'order', two.id)).code, 1);
  const changed = await done('policy', 'save', await named('name.json', '{"name": "Second"}'), two.id);
  assert.deepEqual([changed.name, changed.minimumAmount], ['Second', '10.00']);
  assert.equal((await done('policy', 'off', two.id)).isActive, false);
  assert.equal((await run('policy', 'away', two.id)).code, 2);
  await done('policy', 'delete', two.id);
  assert.deepEqual(await ids(), [one.id]);
  const broken = await run('policy', 'save', await named('broken.json', '{'));
  assert.equal(broken.code, 1);
  assert.match(broken.said, /is no JSON/);
});

test('reminders of a document or a customer rest until a day', async () => {
  const invoice = await upload('REST-1');
  const paused = await done('pause', invoice.id, '--until', '2026-12-24', '--reason', 'agreed');
  assert.equal(paused.remindersPausedUntil, '2026-12-24');
  assert.equal((await done('pause', invoice.id, '--end')).remindersPausedUntil, null);
  const customer = await done('pause', invoice.customerId, '--until', '2026-12-24');
  assert.equal(customer.remindersPausedUntil, '2026-12-24');
  assert.equal((await run('pause', invoice.id)).code, 2);
});

test('texts and send rules are kept from files and deleted', async () => {
  const words = await named('text.html', '<p>Dear customer, {{ document.reference }}.</p>');
  const kept = await done(
    'template',
    'save',
    'invoice',
    'first',
    'en',
    words,
    '--subject',
    'Bill',
    '--name',
    'Own',
  );
  assert.equal(kept.subject, 'Bill');
  assert.equal((await run('template', 'save', 'bill', 'first', 'en', words, '--subject', 'x')).code, 1);
  assert.equal((await run('template', 'save', 'invoice', 'first', 'en')).code, 2);
  await done('template', 'delete', kept.id);
  const rule = await done('send-rule', 'save', await named('rule.json', '{"name": "All invoices"}'));
  assert.equal((await done('send-rule', 'off', rule.id)).isActive, false);
  await done('send-rule', 'delete', rule.id);
  assert.match((await run('send-rules')).out, /No rule/);
});

test('how a run sends is changed by a file; its lines are left out and let go again', async () => {
  const invoice = await upload('RUN-1');
  const text = { kind: 'invoice', language: 'en', subject: 'Once {{ document.number }}', html: '<p>x</p>' };
  const options = await named('options.json', JSON.stringify({ texts: [text] }));
  const made = await done('run', 'new', invoice.id, '--options', options);
  assert.deepEqual(made.options.texts, [text]);
  const change = await named('change.json', '{"texts": null, "perMinute": 6}');
  const changed = await done('run', 'change', made.id, change);
  assert.deepEqual([changed.options.texts, changed.options.perMinute], [undefined, 6]);
  const [line] = (await done('run', 'show', made.id)).items;
  assert.equal((await done('run', 'line', 'leave-out', line.id)).state, 'excluded');
  assert.equal((await done('run', 'line', 'send-again', line.id)).state, 'unchecked');
  assert.equal((await done('run', 'check', made.id)).id, made.id);
  const none = await run('run', 'new', '--due', '--overdue-days', '3000');
  assert.equal(none.code, 1);
  assert.match(none.said, /No document fits/);
  assert.deepEqual((await done('reminders', '--state', 'stopped', '--amount', '9999999')).items, []);
});

test('notices are shown and put away, links closed, received documents listed', async () => {
  const invoice = await upload('LINK-1');
  assert.deepEqual((await done('notices')).items, []);
  assert.equal((await run('notice', 'dismiss', 'ntc_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B')).code, 1);
  assert.deepEqual(await done('close-links', invoice.id), { closed: 0 });
  assert.deepEqual(await done('close-links', '--all'), { closed: 0 });
  assert.equal((await run('close-links')).code, 2);
  assert.match((await run('received')).out, /None/);
  assert.equal((await run('received', 'accept', 'rcv_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B')).code, 1);
});
