import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { catalogueProblems, languages } from '#base/language';
import { type EvidenceTables, readEvents, sequence } from '#domain/evidence';
import { asWorker, type Database, inCompany } from '#stores/database';
import { testDatabase } from '../../../test/database.ts';
import { quietMail } from '../../../test/quiet-mail.ts';
import {
  makeAuthority,
  type PoliteServer,
  startPolite,
  startRudeServer,
} from '../../../test/servers/index.ts';
import {
  type CheckDeps,
  changeSender,
  checkCandidate,
  checkSender,
  createSandboxSender,
  createSender,
  type SenderTables,
  type SmtpSettingsInput,
} from './index.ts';
import { testMailTexts } from './test-mail.ts';

type Tables = SenderTables & EvidenceTables;
const password = 'S3cret-passw0rd';
const company = 'com_TEST';
let database: Database<Tables>;
let server: PoliteServer;
let deps: CheckDeps;

before(async () => {
  database = await testDatabase<Tables>();
  const authority = await makeAuthority();
  const certificate = await authority.issue({ names: ['127.0.0.1'] });
  server = await startPolite({ tls: { ...certificate, mode: 'starttls' }, users: { claire: password } });
  deps = {
    ...quietMail(),
    database,
    smtp: { ca: authority.ca, timeouts: { greeting: 500 } },
    now: () => new Date(),
  };
});
after(async () => {
  await server.close();
  await database.close();
});

const settings = (more: Partial<SmtpSettingsInput> = {}): SmtpSettingsInput => ({
  host: '127.0.0.1',
  port: server.port,
  security: 'starttls',
  user: 'claire',
  ...more,
});

const named = { name: 'Vautrin & Söhne', address: 'claire@vautrin.example' };

async function makeSender(typed: string, more: Partial<SmtpSettingsInput> = {}): Promise<string> {
  const made = await inCompany(database, company, (tx) =>
    createSender(
      tx,
      deps,
      { ...named, companyId: company, method: 'smtp', settings: settings(more), password: typed },
      'user',
      new Date(),
    ),
  );
  assert.ok(made.ok, JSON.stringify(made));
  return made.sender.id;
}

const check = (senderId: string, sendTestTo?: string) =>
  checkSender(deps, { companyId: company, senderId, sendTestTo, language: 'de', actor: 'user' });

async function typesOf(senderId: string): Promise<string[]> {
  await sequence(database);
  const events = await asWorker(database, (tx) =>
    readEvents(tx, { kind: 'after', logIndex: 0, companyId: company, limit: 200 }),
  );
  assert.doesNotMatch(
    JSON.stringify(events.map(({ data, raw }) => [data, raw.toString()])),
    new RegExp(password),
  );
  return events.filter((event) => event.data['sender'] === senderId).map((event) => event.type);
}

test('the test mail speaks six languages', () => {
  assert.deepEqual(catalogueProblems(testMailTexts, languages), []);
});

describe('checking a sender', () => {
  test('with the right password makes it valid, and sends a test mail when asked', async () => {
    const id = await makeSender(password);
    const checked = await check(id, 'boss@vautrin.example');
    assert.ok(checked.ok && checked.check.works, JSON.stringify(checked));
    assert.equal(checked.sender.state, 'valid');
    assert.equal(checked.check.testMail?.accepted, true);
    const mail = server.mails.at(-1);
    assert.deepEqual(
      [mail?.from, mail?.to, mail?.secure],
      ['claire@vautrin.example', ['boss@vautrin.example'], true],
    );
    const text = mail?.bytes.toString() ?? '';
    assert.match(
      text,
      /^From: =\?UTF-8\?.*<claire@vautrin\.example>\r\nTo: boss@vautrin\.example\r\nSubject: Es funktioniert/,
    );
    assert.ok(text.split('\r\n').every((line) => line.length <= 998));
    const body = Buffer.from(text.split('\r\n\r\n')[1] ?? '', 'base64').toString();
    assert.match(body, /wurde von claire@vautrin\.example gesendet, um die Einstellungen zu prüfen/);
    assert.deepEqual(await typesOf(id), ['sender.added', 'sender.connected']);
    assert.doesNotMatch(
      JSON.stringify(checked),
      new RegExp(`${password}|${Buffer.from(password).toString('base64')}`),
    );
  });

  test('with a wrong one breaks it, and the right one repairs it', async () => {
    const id = await makeSender('wrong');
    const checked = await check(id);
    assert.ok(checked.ok && !checked.check.works);
    assert.equal(checked.check.problem, 'wrong_password');
    assert.deepEqual([checked.sender.state, checked.sender.problem], ['broken', 'wrong_password']);
    assert.equal(checked.check.steps.at(-1)?.step, 'auth');
    const ref = { companyId: company, senderId: id };
    const changed = await inCompany(database, company, (tx) =>
      changeSender(tx, deps, ref, { password }, 'user', new Date()),
    );
    assert.ok(changed.ok);
    const again = await check(id);
    assert.ok(again.ok && again.sender.state === 'valid' && again.sender.problem === null);
    assert.deepEqual(await typesOf(id), [
      'sender.added',
      'sender.broken',
      'sender.changed',
      'sender.repaired',
    ]);
  });

  test('names what is wrong with the server', async () => {
    const closed = await startPolite();
    await closed.close();
    const cases: [Partial<SmtpSettingsInput>, string][] = [
      [{ port: closed.port }, 'connection_refused'],
      [{ security: 'implicit' }, 'tls_wrong_mode'],
      [{ host: 'localhost' }, 'certificate_name'],
    ];
    for (const [more, problem] of cases) {
      const checked = await check(await makeSender(password, more));
      assert.equal(checked.ok && checked.check.problem, problem, JSON.stringify(more));
    }
    const untrusted = await checkSender(
      { ...deps, smtp: {} },
      { companyId: company, senderId: await makeSender(password), actor: 'user' },
    );
    assert.equal(untrusted.ok && untrusted.check.problem, 'certificate_invalid');
  });

  test('does not break a valid one for what passes by itself', async () => {
    const busy = await startRudeServer([
      { at: 'greeting', reply: '421 4.3.2 too busy', from: 2, hangUp: 'close' },
    ]);
    const id = await makeSender(password, { port: busy.port, security: 'none', user: null });
    const first = await check(id);
    assert.ok(first.ok && first.sender.state === 'valid', JSON.stringify(first));
    const second = await check(id);
    assert.ok(second.ok && !second.check.works && second.sender.state === 'valid', JSON.stringify(second));
    await busy.close();
  });

  test('breaks it when the server does not let it use its address', async () => {
    const strict = await startRudeServer([
      { at: 'mail', reply: '553 5.7.1 Sender address rejected: not owned by user' },
    ]);
    const id = await makeSender(password, { port: strict.port, security: 'none', user: null });
    const checked = await check(id);
    assert.ok(
      checked.ok && checked.sender.state === 'broken' && checked.check.problem === 'sender_not_allowed',
    );
    await strict.close();
  });

  test('is not fooled by a refused recipient of the test mail', async () => {
    const picky = await startRudeServer([{ at: 'rcpt', reply: '550 5.1.1 no such user' }]);
    const id = await makeSender(password, { port: picky.port, security: 'none', user: null });
    const checked = await check(id, 'nobody@vautrin.example');
    assert.ok(checked.ok && checked.check.works && checked.sender.state === 'valid', JSON.stringify(checked));
    assert.deepEqual(
      [checked.check.testMail?.accepted, checked.check.testMail?.problem],
      [false, 'mailbox_unknown'],
    );
    await picky.close();
  });

  test('dials nothing that the policy forbids, saved earlier or not', async () => {
    const id = await makeSender(password);
    const named = await makeSender(password, { host: 'localhost' });
    const guarded: CheckDeps = { ...deps, hostPolicy: { privateNetworks: 'refused' } };
    for (const senderId of [id, named]) {
      const checked = await checkSender(guarded, { companyId: company, senderId, actor: 'user' });
      assert.ok(
        checked.ok && checked.check.problem === 'host_not_allowed' && checked.check.steps.length === 0,
      );
    }
    const lookup: NonNullable<CheckDeps['smtp']>['lookup'] = (_host, _options, done) =>
      done(null, [{ address: '127.0.0.1', family: 4 }]);
    const rebound = await checkCandidate(
      { ...guarded, smtp: { lookup } },
      { address: 'a@b.example', settings: settings({ host: 'mail.rebound.example' }), password },
    );
    assert.ok(rebound.ok && rebound.check.problem === 'host_not_allowed', JSON.stringify(rebound));
  });

  test('of settings that are not saved tells the same and saves nothing', async () => {
    const candidate = { address: 'a@vautrin.example', settings: settings(), password };
    const good = await checkCandidate(deps, candidate);
    assert.ok(good.ok && good.check.works);
    const bad = await checkCandidate(deps, { ...candidate, password: 'no' });
    assert.ok(bad.ok && bad.check.problem === 'wrong_password');
    assert.deepEqual(await checkCandidate(deps, { ...candidate, settings: settings({ host: 'http://x' }) }), {
      ok: false,
      reason: 'host_invalid',
    });
  });

  test('of the sandbox always works; of a stranger’s sender says nothing', async () => {
    const sandbox = await inCompany(database, company, (tx) =>
      createSandboxSender(tx, { companyId: company, name: 'A', address: 'a@b.example' }, new Date()),
    );
    const checked = await check(sandbox.id);
    assert.ok(checked.ok && checked.check.works);
    assert.deepEqual(
      await checkSender(deps, { companyId: 'com_OTHER', senderId: sandbox.id, actor: 'user' }),
      {
        ok: false,
        reason: 'not_found',
      },
    );
    assert.deepEqual(await check(sandbox.id, 'no address'), { ok: false, reason: 'address_invalid' });
  });
});
