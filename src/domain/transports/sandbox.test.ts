import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inCompany } from '#stores/database';
import { testDatabase } from '../../../test/database.ts';
import { company, database, deps, quietly, sandboxSender, type Tables } from './bench.test-suite.ts';
import { aMail, transportContract } from './contract.test-suite.ts';
import { getSandboxMail, listSandboxMails, makeTransports } from './index.ts';

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
