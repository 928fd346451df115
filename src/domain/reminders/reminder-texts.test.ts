import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Document } from '#domain/documents';
import { sendRunsAnew } from '#domain/runs';
import { deleteTemplate, saveTemplate } from '#domain/templates';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { reminding } from '../../../test/reminding.ts';
import { createPolicy } from './index.ts';

let installation: TestInstallation;
let story: ReturnType<typeof reminding>;
const clock = { now: new Date('2026-11-01T10:00:00Z') };

before(async () => {
  installation = await testInstallation({ clock: () => clock.now });
  story = reminding(installation, clock);
});
after(() => installation.close());

beforeEach(() => {
  clock.now = new Date('2026-11-01T10:00:00Z');
});

test('what cannot be a policy is refused with its fields', async () => {
  const { companyId, author } = installation;
  const made = await story.inOwn((tx) =>
    createPolicy(
      tx,
      {
        companyId,
        author,
        change: { name: ' ', kinds: ['receipt'], minimumAmount: '-1', bankDays: 0, steps: [] },
      },
      clock.now,
    ),
  );
  assert.ok(!made.ok && made.reason === 'invalid');
  assert.deepEqual(
    made.problems.map(({ path }) => path),
    ['name', 'kinds', 'minimumAmount', 'bankDays', 'steps'],
  );
});

test('a reminder takes the company’s own template for its kind and language; the own text of a step goes before it', async () => {
  const { companyId } = installation;
  const text = { subject: 'House text {{ document.number }}', html: '<p>From the house.</p>' };
  const cell = { kind: 'invoice', purpose: 'reminder', language: 'en', name: 'House' } as const;
  const given = { ...cell, ...text, senderId: null, isDefault: true };
  const saved = await story.inOwn((tx) => saveTemplate(tx, { companyId, id: null }, given, clock.now));
  assert.ok(saved.ok);
  const own = { en: { subject: 'Step text', html: '<p>Of the step.</p>' } };
  const plain = { senderId: null, letter: false };
  await story.policy({
    steps: [
      { days: 7, ...plain, texts: {} },
      { days: 14, ...plain, texts: own },
    ],
  });
  const invoice = await story.sentInvoice();
  await story.passDay('2026-11-17T10:00:00Z');
  await story.passDay('2026-11-24T10:00:00Z');
  const sent = (await story.remindersOf(invoice)).sort(
    (a, b) => a.createdAt.getTime() - b.createdAt.getTime(),
  );
  assert.deepEqual(
    sent.map((one) => [one.subject, one.templateId]),
    [
      [`House text ${invoice.number}`, saved.template.id],
      ['Step text', null],
    ],
  );
  await story.inOwn((tx) => deleteTemplate(tx, companyId, saved.template.id));
});

test('a grouped reminder of one document has the company’s own text; of several, that of its level', async () => {
  const { companyId } = installation;
  const cell = { kind: 'invoice', purpose: 'reminder', language: 'en', name: 'House' } as const;
  const text = { subject: 'House text {{ document.number }}', html: '<p>From the house.</p>' };
  const given = { ...cell, ...text, senderId: null, isDefault: true };
  const saved = await story.inOwn((tx) => saveTemplate(tx, { companyId, id: null }, given, clock.now));
  assert.ok(saved.ok);
  await story.policy({ isGrouped: true, steps: [{ days: 7, senderId: null, letter: false, texts: {} }] });
  const single = await story.sentInvoice({ buyerName: 'Eén', buyerEmail: 'a@een.example' });
  const buyer = { buyerName: 'Twee', buyerEmail: 'b@twee.example' };
  const several = [await story.sentInvoice(buyer), await story.sentInvoice(buyer)];
  await story.passDay('2026-11-17T10:00:00Z');
  const textOf = async (document: Document | undefined) => {
    const [reminder] = document ? await story.remindersOf(document) : [];
    return [reminder?.templateId ?? null, reminder?.subject.startsWith('House text')];
  };
  assert.deepEqual(await textOf(single), [saved.template.id, true]);
  assert.deepEqual(await textOf(several[0]), [null, false]);
  for (const one of [single, ...several]) await story.pay(one);
  await story.inOwn((tx) => deleteTemplate(tx, companyId, saved.template.id));
});

test('where the document of the higher level is paid, the other is asked for at its own level', async () => {
  const facts = { buyerName: 'Galerie Nord', buyerEmail: 'office@nord.example' };
  const plain = { senderId: null, letter: false, texts: {} };
  await story.policy({
    isGrouped: true,
    steps: [
      { days: 7, ...plain },
      { days: 14, ...plain },
    ],
  });
  const old = await story.sentInvoice({ ...facts, dueDate: '2026-11-03' });
  const young = await story.sentInvoice(facts);
  await story.passDay('2026-11-10T10:00:00Z');
  await story.lease();
  await story.passDay('2026-11-17T10:00:00Z');
  const [both] = await story.remindersOf(young);
  assert.match(both?.subject ?? '', /^Second reminder: 2 documents/);
  await story.pay(old);
  await story.lease();
  await sendRunsAnew(installation);
  await story.lease();
  const anew = (await story.remindersOf(young)).find((one) => one.canceledAt === null);
  assert.match(anew?.subject ?? '', /^Reminder: /);
  assert.deepEqual(anew?.documentIds, [young.id]);
  await story.pay(young);
});
