import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { asWorker } from '#stores/database';
import {
  at,
  database,
  deps,
  eventsOf,
  makeSender,
  newCompany,
  password,
  within,
} from './bench.test-suite.ts';
import {
  chooseSender,
  createSandboxSender,
  deleteSender,
  getSender,
  listSenders,
  markBroken,
  markSendersBroken,
  markWorking,
  openSmtpAccess,
  senderStates,
  setDefaultSender,
} from './index.ts';
import { selectSender, updateSender } from './sender-table.ts';

describe('the default sender', () => {
  test('is the sandbox until a sender works, and then that one', async () => {
    const company = newCompany();
    const question = { kind: 'invoice', userId: null };
    const sandbox = await within(company, (tx) =>
      createSandboxSender(tx, { companyId: company, name: 'A', address: 'a@b.example' }, at),
    );
    const again = await within(company, (tx) =>
      createSandboxSender(tx, { companyId: company, name: 'A', address: 'a@b.example' }, at),
    );
    assert.equal(again.id, sandbox.id);
    const first = await makeSender(company);
    const second = await makeSender(company, { address: 'second@vautrin.example' });
    let chosen = await within(company, (tx) => chooseSender(tx, company, question));
    assert.deepEqual(chosen.ok && [chosen.sender.id, chosen.reason], [sandbox.id, 'sandbox_until_connected']);
    assert.deepEqual(
      await within(company, (tx) =>
        setDefaultSender(tx, { companyId: company, senderId: first.id }, 'user', at),
      ),
      { ok: false, reason: 'sender_not_valid' },
    );
    // Two at once: one of them takes over, neither fails.
    await Promise.all([first, second].map((one) => asWorker(database, (tx) => markWorking(tx, one.id, at))));
    chosen = await within(company, (tx) => chooseSender(tx, company, question));
    assert.ok(chosen.ok && chosen.reason === 'company_default');
    const other = chosen.sender.id === first.id ? second : first;
    const set = await within(company, (tx) =>
      setDefaultSender(tx, { companyId: company, senderId: other.id }, 'user', at),
    );
    assert.ok(set.ok && set.sender.isDefault);
    const all = await within(company, (tx) => listSenders(tx, company));
    assert.deepEqual(
      all.map((one) => one.isDefault),
      [true, false, false],
    );
  });

  test('gives way to a sender that is asked for, a broken one included', async () => {
    const company = newCompany();
    const sender = await makeSender(company);
    await asWorker(database, (tx) => markBroken(tx, sender.id, 'wrong_password', at));
    const ask = (requestedSenderId: string) =>
      within(company, (tx) =>
        chooseSender(tx, company, { requestedSenderId, kind: 'quote', userId: 'usr_1' }),
      );
    const chosen = await ask(sender.id);
    assert.deepEqual(chosen.ok && [chosen.sender.state, chosen.reason], ['broken', 'chosen']);
    assert.deepEqual(await ask('snd_nobody'), { ok: false, reason: 'sender_not_found' });
  });

  test('and the sandbox cannot be deleted; others can, and their password goes', async () => {
    const company = newCompany();
    const sandbox = await within(company, (tx) =>
      createSandboxSender(tx, { companyId: company, name: 'A', address: 'a@b.example' }, at),
    );
    const sender = await makeSender(company);
    const remove = (senderId: string) =>
      within(company, (tx) => deleteSender(tx, { companyId: company, senderId }, 'user', at));
    assert.deepEqual(await remove(sandbox.id), { ok: false, reason: 'sandbox_is_fixed' });
    await asWorker(database, (tx) => markWorking(tx, sender.id, at));
    assert.deepEqual(await remove(sender.id), { ok: false, reason: 'sender_is_default' });
    await within(company, (tx) =>
      setDefaultSender(tx, { companyId: company, senderId: sandbox.id }, 'user', at),
    );
    assert.deepEqual(await remove(sender.id), { ok: true });
    assert.deepEqual(await remove(sender.id), { ok: false, reason: 'not_found' });
    const left = await within(company, (tx) => getSender(tx, company, sender.id));
    assert.ok(left?.method === 'smtp' && left.deletedAt && !left.hasPassword);
    const states = await asWorker(database, (tx) => senderStates(tx, [sender.id, sandbox.id, 'snd_nobody']));
    assert.deepEqual([...states.values()].map((one) => one.state).sort(), ['deleted', 'valid']);
  });
});

describe('what happened to a sender', () => {
  test('is told once, by events without secrets', async () => {
    const company = newCompany();
    const sender = await makeSender(company);
    const mark = (problem: 'wrong_password' | 'sender_not_allowed') =>
      asWorker(database, (tx) => markBroken(tx, sender.id, problem, at));
    assert.equal(await asWorker(database, (tx) => markWorking(tx, sender.id, at)), true);
    assert.equal(await asWorker(database, (tx) => markWorking(tx, sender.id, at)), false);
    assert.equal(await mark('wrong_password'), true);
    assert.equal(await mark('wrong_password'), false);
    assert.equal(await mark('sender_not_allowed'), true);
    assert.equal(await asWorker(database, (tx) => markWorking(tx, sender.id, at)), true);
    const events = await eventsOf(company);
    assert.deepEqual(
      events.map((event) => event.type),
      ['sender.added', 'sender.connected', 'sender.broken', 'sender.broken', 'sender.repaired'],
    );
    assert.doesNotMatch(JSON.stringify(events), new RegExp(password));
    assert.deepEqual(events[2]?.data, {
      sender: sender.id,
      method: 'smtp',
      problem: 'wrong_password',
      address: 'invoices@vautrin.example',
    });
  });

  test('of many senders at once is told by facts for the caller to record', async () => {
    const senders = await Promise.all([makeSender(newCompany()), makeSender(newCompany())]);
    const order = [...senders, ...senders].map(({ id, companyId }) => ({
      senderId: id,
      companyId,
      problem: 'wrong_password',
    }));
    const facts = await asWorker(database, (tx) => markSendersBroken(tx, order, at));
    assert.deepEqual(
      facts.map((fact) => fact.type),
      ['sender.broken', 'sender.broken'],
    );
    const company = newCompany();
    const sandbox = await within(company, (tx) =>
      createSandboxSender(tx, { companyId: company, name: 'A', address: 'a@b.example' }, at),
    );
    assert.equal(await asWorker(database, (tx) => markBroken(tx, sandbox.id, 'refused', at)), false);
  });
});

describe('a password', () => {
  test('is in nothing that this folder returns, and opens in its own row only', async () => {
    const company = newCompany();
    const sender = await makeSender(company);
    const other = await makeSender(company, { address: 'b@vautrin.example', password: 'another-one' });
    const shown = [
      sender,
      await within(company, (tx) => getSender(tx, company, sender.id)),
      await within(company, (tx) => listSenders(tx, company)),
      await within(company, (tx) =>
        chooseSender(tx, company, { requestedSenderId: sender.id, kind: 'quote', userId: null }),
      ),
      [...(await asWorker(database, (tx) => senderStates(tx, [sender.id])))],
    ];
    assert.doesNotMatch(JSON.stringify(shown), new RegExp(`${password}|secret`));
    await within(company, async (tx) => {
      const row = await selectSender(tx, company, sender.id);
      await updateSender(tx, { id: other.id, company_id: company }, { secret: row?.secret ?? null });
    });
    const access = await within(company, (tx) =>
      openSmtpAccess(tx, deps, { companyId: company, senderId: other.id }),
    );
    assert.deepEqual(access, { ok: false, reason: 'secret_unreadable' });
    const otherKey = { ...deps, key: randomBytes(32) };
    const lost = await within(company, (tx) =>
      openSmtpAccess(tx, otherKey, { companyId: company, senderId: sender.id }),
    );
    assert.deepEqual(lost, { ok: false, reason: 'secret_unreadable' });
  });
});
