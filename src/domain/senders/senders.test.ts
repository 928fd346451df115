import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { asWorker } from '#stores/database';
import { at, database, deps, input, makeSender, newCompany, password, within } from './bench.test-suite.ts';
import {
  changeSender,
  createSandboxSender,
  createSender,
  getSender,
  listSenders,
  markBroken,
  markWorking,
  type NewSender,
  openSmtpAccess,
  type SmtpSender,
} from './index.ts';
import { selectSender } from './sender-table.ts';

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
      [{ method: 'google' }, 'provider_not_set_up'],
      [{ method: 'microsoft' }, 'provider_not_set_up'],
      [{ method: 'platform' }, 'platform_not_set_up'],
      [{ method: 'domain' }, 'platform_not_set_up'],
      [{ method: 'open' }, 'platform_not_set_up'],
      [{ method: 'sandbox' }, 'method_not_available'],
      [{ address: 'nobody' }, 'address_invalid'],
      [{ address: 'a@b.example\r\nBcc: x@y' }, 'address_invalid'],
      [{ name: 'A\nB' }, 'name_invalid'],
      [{ limits: { perDay: 0 } }, 'limit_invalid'],
      [{ limits: { perMinute: 1.5 } }, 'limit_invalid'],
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
