import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { EvidenceTables } from '#domain/evidence';
import {
  changeSender,
  createSandboxSender,
  createSender,
  deleteSender,
  getSender,
  type SenderTables,
  type SmtpSender,
  selfHosted,
} from '#domain/senders';
import { asWorker, type Database, inCompany } from '#stores/database';
import { testDatabase } from '../../../test/database.ts';
import { type PoliteServer, startPolite, startRudeServer } from '../../../test/servers/index.ts';
import { aMail, transportContract } from './contract.test-suite.ts';
import {
  getSandboxMail,
  listSandboxMails,
  makeTransports,
  type SandboxTables,
  type TransportDeps,
} from './index.ts';

type Tables = SenderTables & SandboxTables & EvidenceTables;
const company = 'com_TEST';
const password = 'S3cret-passw0rd';
const quietly = { beforeDot: () => Promise.resolve() };
let database: Database<Tables>;
let deps: TransportDeps;
before(async () => {
  database = await testDatabase<Tables>();
  deps = {
    database,
    key: randomBytes(32),
    hostPolicy: selfHosted,
    helloName: 'test.example',
    now: () => new Date(),
  };
});
after(() => database.close());

const sandboxSender = (companyId = company) =>
  inCompany(database, companyId, (tx) =>
    createSandboxSender(tx, { companyId, name: 'A', address: 'a@b.example' }, new Date()),
  );

async function smtpSender(port: number, typed = password, companyId = company): Promise<SmtpSender> {
  const settings = { host: '127.0.0.1', port, security: 'none', user: 'claire', maxConnections: 2 } as const;
  const made = await inCompany(database, companyId, (tx) =>
    createSender(
      tx,
      deps,
      { companyId, method: 'smtp', address: 'claire@vautrin.example', settings, password: typed },
      'user',
      new Date(),
    ),
  );
  assert.ok(made.ok && made.sender.method === 'smtp', JSON.stringify(made));
  return made.sender;
}

const received = (server: PoliteServer, recipient: string): Buffer[] =>
  server.mails.filter((mail) => mail.to.includes(recipient)).map((mail) => mail.bytes);

transportContract('sandbox', async () => {
  const sender = await sandboxSender();
  const transports = makeTransports(deps);
  return {
    sender,
    transport: transports.for(sender),
    arrived: (recipient) =>
      inCompany(database, company, async (tx) => {
        const all = await listSandboxMails(tx, company, { limit: 200 });
        const own = all.filter((mail) => mail.recipient === recipient);
        const mails = await Promise.all(own.map((mail) => getSandboxMail(tx, company, mail.messageId)));
        return mails.flatMap((mail) => mail?.raw ?? []);
      }),
    release: () => transports.close(),
  };
});

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

describe('the sandbox', () => {
  test('keeps a message once, however often it is handed over', async () => {
    const sender = await sandboxSender();
    const transports = makeTransports(deps);
    const mail = aMail(sender);
    const sandbox = transports.for(sender);
    await Promise.all([1, 2, 3].map(() => sandbox.deliver(mail, quietly)));
    const all = await inCompany(database, company, (tx) => listSandboxMails(tx, company, { limit: 200 }));
    assert.equal(all.filter((one) => one.messageId === mail.messageId).length, 1);
    await transports.close();
  });

  test('shows the newest first, page by page, and only the company’s own', async () => {
    const own = 'com_PAGES';
    const sender = await sandboxSender(own);
    let clock = Date.parse('2026-11-12T09:00:00Z');
    // Two of three at the same moment: the id decides.
    const transports = makeTransports({ ...deps, now: () => new Date(clock) });
    const sent: string[] = [];
    for (let n = 0; n < 7; n += 1) {
      const mail = aMail(sender);
      sent.push(mail.messageId);
      await transports.for(sender).deliver(mail, quietly);
      if (n % 3 === 0) clock += 1000;
    }
    const read = async (page: Parameters<typeof listSandboxMails>[2]) =>
      inCompany(database, own, (tx) => listSandboxMails(tx, own, page));
    const seen: string[] = [];
    for (
      let page = await read({ limit: 2 });
      page.length > 0;
      page = await read({ limit: 2, after: page.at(-1) })
    ) {
      seen.push(...page.map((mail) => mail.messageId));
      assert.ok(page.every((mail) => mail.bytes > 21_000));
    }
    assert.deepEqual(seen, sent.toReversed());
    const stranger = await inCompany(database, 'com_STRANGER', (tx) =>
      getSandboxMail(tx, own, sent[0] ?? ''),
    );
    assert.equal(stranger, null);
    await transports.close();
  });

  test('says that it does not know when the database fails after the dot', async () => {
    const sender = await sandboxSender();
    const lost = await testDatabase<Tables>();
    const transports = makeTransports({ ...deps, database: lost });
    const delivery = await transports.for(sender).deliver(aMail(sender), { beforeDot: () => lost.close() });
    assert.equal(delivery.kind, 'unknown_after_dot', JSON.stringify(delivery));
    await transports.close();
  });
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
