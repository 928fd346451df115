import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { changeSender, createSender, deleteSender, getSender } from '#domain/senders';
import { asWorker, type Database, inCompany } from '#stores/database';
import { startPolite, startRudeServer } from '../../../test/servers/index.ts';
import {
  company,
  database,
  deps,
  password,
  quietly,
  received,
  smtpSender,
  type Tables,
} from './bench.test-suite.ts';
import { aMail, transportContract } from './contract.test-suite.ts';
import { makeTransports } from './index.ts';

transportContract('smtp', async () => {
  const server = await startPolite({ users: { claire: password } });
  const sender = await smtpSender(server.port);
  const transports = makeTransports(deps);
  return {
    sender,
    transport: transports.for(sender),
    arrived: (recipient) => Promise.resolve(received(server, recipient)),
    release: async () => {
      await transports.close();
      await server.close();
    },
  };
});

describe('own SMTP servers', () => {
  test('share connections among senders with the same account', async () => {
    const server = await startPolite({ users: { claire: password } });
    const [one, two] = [await smtpSender(server.port), await smtpSender(server.port)];
    const transports = makeTransports(deps);
    const first = await transports.for(one).deliver(aMail(one), quietly);
    const second = await transports.for(two).deliver(aMail(two), quietly);
    assert.deepEqual([first.nthOnConnection, second.nthOnConnection], [1, 2]);
    assert.equal(transports.for(one).account(one), transports.for(two).account(two));
    await transports.close();
    await server.close();
  });

  test('are dialed anew when password or settings were changed', async () => {
    const [server, other] = [
      await startPolite({ users: { claire: password } }),
      await startPolite({ users: { claire: 'new' } }),
    ];
    const sender = await smtpSender(server.port, 'old');
    const transports = makeTransports(deps);
    const ref = { companyId: company, senderId: sender.id };
    const refused = await transports.for(sender).deliver(aMail(sender), quietly);
    assert.ok(
      refused.kind === 'permanent' && refused.problem === 'wrong_password' && refused.step === 'auth',
      JSON.stringify(refused),
    );
    const change = async (more: Parameters<typeof changeSender>[3]) => {
      const changed = await inCompany(database, company, (tx) =>
        changeSender(tx, deps, ref, more, 'user', new Date()),
      );
      assert.ok(changed.ok);
      return changed.sender;
    };
    const repaired = await change({ password });
    assert.equal((await transports.for(repaired).deliver(aMail(repaired), quietly)).kind, 'accepted');
    const moved = await change({ settings: { port: other.port }, password: 'new' });
    const mail = aMail(moved);
    assert.equal((await transports.for(moved).deliver(mail, quietly)).kind, 'accepted');
    assert.equal(received(other, mail.envelope.to).length, 1);
    await transports.close();
    await Promise.all([server.close(), other.close()]);
  });

  test('tell their refusals as values, never with the password', async () => {
    const rude = await startRudeServer([
      { at: 'rcpt', reply: '550 5.1.1 no such user' },
      { at: 'ehlo', reply: ['250-rude', '250 8BITMIME'] },
    ]);
    const made = await inCompany(database, company, (tx) =>
      createSender(
        tx,
        deps,
        {
          companyId: company,
          method: 'smtp',
          address: 'a@b.example',
          settings: { host: '127.0.0.1', port: rude.port, security: 'none' },
        },
        'user',
        new Date(),
      ),
    );
    assert.ok(made.ok);
    const transports = makeTransports(deps);
    const delivery = await transports.for(made.sender).deliver(aMail(made.sender), quietly);
    assert.ok(
      delivery.kind === 'permanent' &&
        delivery.problem === 'mailbox_unknown' &&
        delivery.accepts === 'handed_off',
    );
    const wrong = await smtpSender(rude.port);
    const refused = await transports.for(wrong).deliver(aMail(wrong), quietly);
    assert.notEqual(refused.kind, 'accepted');
    assert.doesNotMatch(
      JSON.stringify([delivery, refused]),
      new RegExp(`${password}|${Buffer.from(password).toString('base64')}`),
    );
    await transports.close();
    await rude.close();
  });

  test('of a sender that cannot be used are a fault of the sender', async () => {
    const sender = await smtpSender(1);
    const otherKey = makeTransports({ ...deps, key: randomBytes(32) });
    const sealed = await otherKey.for(sender).deliver(aMail(sender), quietly);
    assert.ok(
      sealed.kind === 'permanent' && sealed.step === 'auth' && sealed.problem === 'secret_unreadable',
    );
    const guarded = makeTransports({ ...deps, hostPolicy: { privateNetworks: 'refused' } });
    const forbidden = await guarded.for(sender).deliver(aMail(sender), quietly);
    assert.ok(forbidden.kind === 'permanent' && forbidden.problem === 'host_not_allowed');
    const transports = makeTransports(deps);
    const ref = { companyId: company, senderId: sender.id };
    await inCompany(database, company, (tx) => deleteSender(tx, ref, 'user', new Date()));
    const gone = await transports.for(sender).deliver(aMail(sender), quietly);
    assert.ok(gone.kind === 'permanent' && gone.step === 'auth');
    assert.ok((await inCompany(database, company, (tx) => getSender(tx, company, sender.id)))?.deletedAt);
    await Promise.all([otherKey, guarded, transports].map((one) => one.close()));
  });

  test('recover when the database was away while the password was read', async () => {
    const server = await startPolite({ users: { claire: password } });
    const sender = await smtpSender(server.port);
    let isAway = true;
    const flaky: Database<Tables> = {
      ...database,
      get app() {
        if (isAway) throw new Error('the database is away');
        return database.app;
      },
    };
    const transports = makeTransports({ ...deps, database: flaky });
    const first = await transports.for(sender).deliver(aMail(sender), quietly);
    assert.ok(first.kind === 'temporary' && first.problem === 'stopped_here', JSON.stringify(first));
    isAway = false;
    assert.equal((await transports.for(sender).deliver(aMail(sender), quietly)).kind, 'accepted');
    await transports.close();
    await server.close();
  });
});

test('nothing that was kept or logged holds the password', async () => {
  const all = await asWorker(database, (tx) => tx.selectFrom('events').select(['raw', 'data']).execute());
  assert.ok(all.length > 0);
  for (const { raw, data } of all) assert.ok(!`${raw} ${JSON.stringify(data)}`.includes(password));
});
