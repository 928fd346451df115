import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { type EvidenceTables, readEvents, sequence } from '#domain/evidence';
import { asWorker, type Database, inCompany, type Tx } from '#stores/database';
import { testDatabase } from '../../../test/database.ts';
import {
  changeSender,
  chooseSender,
  createSandboxSender,
  createSender,
  deleteSender,
  getSender,
  listSenders,
  markBroken,
  markSendersBroken,
  markWorking,
  type NewSender,
  openSmtpAccess,
  type SenderTables,
  type SmtpDeps,
  type SmtpSender,
  selfHosted,
  senderStates,
  setDefaultSender,
} from './index.ts';
import { selectSender, updateSender } from './sender-table.ts';

type Tables = SenderTables & EvidenceTables;
let database: Database<Tables>;
before(async () => {
  database = await testDatabase<Tables>();
});
after(() => database.close());

const password = 'S3cret-passw0rd';
const at = new Date('2026-11-12T09:14:00.123Z');
const deps: SmtpDeps = { key: randomBytes(32), hostPolicy: selfHosted, helloName: 'test.example' };
let companies = 0;
const newCompany = (): string => `com_TEST${++companies}`;
const within = <Result>(companyId: string, work: (tx: Tx<Tables>) => Promise<Result>): Promise<Result> =>
  inCompany(database, companyId, work);

const input = (companyId: string, more: Partial<NewSender> = {}): NewSender => ({
  companyId,
  method: 'smtp',
  name: 'Vautrin Joinery',
  address: 'invoices@Vautrin.example',
  settings: { host: 'Mail.Vautrin.example', security: 'starttls', user: 'claire' },
  password,
  ...more,
});

async function makeSender(companyId: string, more: Partial<NewSender> = {}): Promise<SmtpSender> {
  const made = await within(companyId, (tx) => createSender(tx, deps, input(companyId, more), 'user', at));
  assert.ok(made.ok && made.sender.method === 'smtp', JSON.stringify(made));
  return made.sender;
}

async function eventsOf(companyId: string) {
  await sequence(database);
  const events = await asWorker(database, (tx) =>
    readEvents(tx, { kind: 'after', logIndex: 0, companyId, limit: 100 }),
  );
  return events.map((event) => ({ type: event.type, data: event.data }));
}

describe('adding a sender', () => {
  test('fills in what was left out and keeps the password sealed', async () => {
    const company = newCompany();
    const sender = await makeSender(company);
    assert.deepEqual(sender.settings, {
      host: 'mail.vautrin.example',
      port: 587,
      security: 'starttls',
      user: 'claire',
      verifyCertificate: true,
      maxConnections: 3,
    });
    assert.equal(sender.address, 'invoices@vautrin.example');
    assert.equal(sender.state, 'unchecked');
    assert.equal(sender.hasPassword, true);
    const row = await within(company, (tx) => selectSender(tx, company, sender.id));
    assert.ok(row?.secret && !row.secret.includes(password));
    const access = await within(company, (tx) =>
      openSmtpAccess(tx, deps, { companyId: company, senderId: sender.id }),
    );
    assert.equal(access.ok && access.options.auth?.secret, password);
  });

  test('is refused with a reason for what is malformed or not offered', async () => {
    const company = newCompany();
    const settings = { host: 'mail.example', security: 'starttls', user: 'claire' } as const;
    const cases: [Partial<NewSender>, string][] = [
      [{ method: 'google' }, 'method_not_available'],
      [{ method: 'microsoft' }, 'method_not_available'],
      [{ method: 'platform' }, 'method_not_available'],
      [{ method: 'domain' }, 'method_not_available'],
      [{ method: 'open' }, 'method_not_available'],
      [{ method: 'sandbox' }, 'method_not_available'],
      [{ address: 'nobody' }, 'address_invalid'],
      [{ address: 'a@b.example\r\nBcc: x@y' }, 'address_invalid'],
      [{ name: 'A\nB' }, 'name_invalid'],
      [{ replyTo: 'nobody' }, 'reply_to_invalid'],
      [{ settings: undefined }, 'host_invalid'],
      [{ settings: { ...settings, host: 'https://mail.example' } }, 'host_invalid'],
      [{ settings: { ...settings, host: 'mail.example:25' } }, 'host_invalid'],
      [{ settings: { ...settings, host: 'mail example' } }, 'host_invalid'],
      [{ settings: { ...settings, host: '169.254.169.254' } }, 'host_not_allowed'],
      [{ settings: { ...settings, port: 0 } }, 'port_invalid'],
      [{ settings: { ...settings, port: 70_000 } }, 'port_invalid'],
      [{ settings: { ...settings, port: 1.5 } }, 'port_invalid'],
      [{ settings: { ...settings, maxConnections: 100 } }, 'max_connections_invalid'],
      [{ settings: { ...settings, user: 'a\r\nQUIT' } }, 'user_invalid'],
      [{ password: undefined }, 'password_missing'],
      [{ password: 'a\r\nQUIT' }, 'password_invalid'],
    ];
    for (const [more, reason] of cases) {
      const made = await within(company, (tx) => createSender(tx, deps, input(company, more), 'user', at));
      assert.deepEqual(made, { ok: false, reason }, JSON.stringify(more));
    }
    assert.deepEqual(await within(company, (tx) => listSenders(tx, company)), []);
  });

  test('without a user needs no password', async () => {
    const sender = await makeSender(newCompany(), {
      settings: { host: '127.0.0.1', security: 'none' },
      password: undefined,
    });
    assert.equal(sender.hasPassword, false);
    assert.equal(sender.settings.port, 25);
  });
});

describe('changing a sender', () => {
  const change = async (sender: SmtpSender, more: Parameters<typeof changeSender>[3]) =>
    within(sender.companyId, (tx) =>
      changeSender(tx, deps, { companyId: sender.companyId, senderId: sender.id }, more, 'user', at),
    );
  const secretOf = async (sender: SmtpSender) => {
    const ref = { companyId: sender.companyId, senderId: sender.id };
    const access = await within(sender.companyId, (tx) => openSmtpAccess(tx, deps, ref));
    return access.ok ? access.options.auth?.secret : access.reason;
  };

  test('keeps the password when it is not typed again', async () => {
    const sender = await makeSender(newCompany());
    const changed = await change(sender, {
      name: 'New',
      settings: { port: 2525, security: 'opportunistic' },
    });
    assert.ok(changed.ok && changed.sender.method === 'smtp');
    assert.equal(changed.sender.settings.port, 2525);
    assert.equal(changed.sender.name, 'New');
    assert.notEqual(changed.sender.revision, sender.revision);
    assert.equal(await secretOf(sender), password);
  });

  test('asks for it again when it would go to another host or user', async () => {
    const sender = await makeSender(newCompany());
    for (const settings of [{ host: 'evil.example' }, { user: 'other' }])
      assert.deepEqual(await change(sender, { settings }), { ok: false, reason: 'password_needed_again' });
    assert.ok((await change(sender, { settings: { host: 'MAIL.vautrin.example.' } })).ok, 'the same host');
    assert.ok((await change(sender, { settings: { host: 'new.example' }, password: 'another' })).ok);
    assert.equal(await secretOf(sender), 'another');
  });

  test('forgets it when the server asks for no sign-in', async () => {
    const sender = await makeSender(newCompany());
    const changed = await change(sender, { settings: { user: null } });
    assert.ok(changed.ok && changed.sender.method === 'smtp' && !changed.sender.hasPassword);
    assert.deepEqual(await change(sender, { settings: { user: 'claire' } }), {
      ok: false,
      reason: 'password_missing',
    });
  });

  test('makes a valid one unchecked, but only where it matters', async () => {
    const sender = await makeSender(newCompany());
    await asWorker(database, (tx) => markWorking(tx, sender.id, at));
    const renamed = await change(sender, { name: 'Only the name', replyTo: 'claire@vautrin.example' });
    assert.ok(renamed.ok && renamed.sender.state === 'valid');
    const moved = await change(sender, { settings: { port: 2525 } });
    assert.ok(moved.ok && moved.sender.state === 'unchecked');
    await asWorker(database, (tx) => markBroken(tx, sender.id, 'wrong_password', at));
    const retyped = await change(sender, { password: 'right' });
    assert.ok(retyped.ok && retyped.sender.state === 'broken', 'until a check says otherwise');
  });

  test('of the sandbox goes as far as name and address; of a stranger’s nowhere', async () => {
    const company = newCompany();
    const sandbox = await within(company, (tx) =>
      createSandboxSender(tx, { companyId: company, name: 'A', address: 'a@b.example' }, at),
    );
    const ref = { companyId: company, senderId: sandbox.id };
    const renamed = await within(company, (tx) => changeSender(tx, deps, ref, { name: 'B' }, 'user', at));
    assert.ok(renamed.ok && renamed.sender.name === 'B' && renamed.sender.state === 'valid');
    assert.deepEqual(
      await within(company, (tx) => changeSender(tx, deps, ref, { password: 'x' }, 'user', at)),
      { ok: false, reason: 'sandbox_is_fixed' },
    );
    const stranger = newCompany();
    const other = { companyId: stranger, senderId: sandbox.id };
    assert.deepEqual(
      await within(stranger, (tx) => changeSender(tx, deps, other, { name: 'C' }, 'user', at)),
      { ok: false, reason: 'not_found' },
    );
    assert.equal(await within(stranger, (tx) => getSender(tx, company, sandbox.id)), null);
  });
});

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
