import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { receiveDocumentWithCustomer } from '#domain/customers';
import type { Document } from '#domain/documents';
import { leaseMessages } from '#domain/outbox';
import { createPolicy, planReminders } from '#domain/reminders';
import { linkTokens } from '#domain/tracking';
import { inCompany } from '#stores/database';
import { plainPdf } from '../../../test/fixtures/documents.ts';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { makePortal } from './index.ts';

let installation: TestInstallation;
let app: ReturnType<typeof makePortal>;
const now = new Date('2026-11-23T12:00:00Z');

before(async () => {
  installation = await testInstallation({ clock: () => now });
  app = makePortal({
    ...installation,
    journal: installation.hits,
    portalUrl: 'http://portal.example',
    clientIp: () => '81.82.83.84',
    sendNewLink: () => Promise.resolve(),
    askErasure: async () => undefined,
    askExport: async () => undefined,
    stopTracking: () => Promise.resolve(),
  });
  const { companyId, author, database } = installation;
  const steps = [{ days: -3, senderId: null, letter: false, texts: {} }];
  const change = { name: 'Quotes', kinds: ['quote'], steps, mode: 'automatic', bankDays: null } as const;
  await inCompany(database, companyId, (tx) => createPolicy(tx, { companyId, author, change }, now));
});
after(() => installation.close());

async function addQuote(number: string): Promise<Document> {
  const { companyId } = installation;
  const bytes = await plainPdf({ number, sellerName: 'Vautrin Joinery', buyerName: 'Studio Lindqvist' });
  const facts = { kind: 'quote', number, total: '4120.00', currency: 'EUR', dueDate: '2026-11-26' } as const;
  const received = await receiveDocumentWithCustomer(
    installation,
    { companyId, by: { actor: 'user', id: null }, fileName: `${number}.pdf`, bytes, facts },
    now,
  );
  assert.ok(received.ok);
  return received.document;
}

const to = ['maja@lindqvist.example'];
const lease = async () => (await leaseMessages(installation.outbox, 100, [])).length;

for (const kind of ['accepted', 'refused'] as const)
  test(`a quote that its customer has ${kind} is reminded of no more: neither by a policy nor by what was on its way`, async () => {
    const quote = await addQuote(`Q-${kind}`);
    const [message] = await installation.send(quote, { to, copyToSender: false });
    await lease();
    const { companyId, database } = installation;
    const planned = async () => {
      const all = await inCompany(database, companyId, (tx) =>
        planReminders(tx, { id: companyId, timeZone: 'UTC' }, now),
      );
      return all.filter((one) => one.document.id === quote.id).map((one) => one.state);
    };
    assert.deepEqual(await planned(), ['due']);
    const [reminder] = await installation.send(quote, { purpose: 'reminder', to, copyToSender: false });
    const path = `/d/${linkTokens(installation.linkKey, message?.id ?? '', 1).page}`;
    const cookie = ((await app.request(path)).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const answer = { document: quote.id, kind, name: 'Maja Lindqvist', may: 'yes' };
    const decided = await app.request(`${path}/decide?lang=en`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(answer).toString(),
    });
    assert.equal(decided.status, 303);
    assert.deepEqual(await planned(), []);
    await lease(); // the receipts
    const after = (await installation.messages(reminder?.dispatchId ?? '')).find((one) => one.role === 'to');
    assert.deepEqual([after?.delivery, after?.detail], ['canceled', 'decided']);
    await assert.rejects(installation.send(quote, { purpose: 'reminder', to }), /reminder_settled/);
  });
