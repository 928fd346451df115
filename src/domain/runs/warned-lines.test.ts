import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { suppressAddress } from '#domain/customers';
import type { Document } from '#domain/documents';
import { getMessages, markMisdirected } from '#domain/outbox';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { reminding } from '../../../test/reminding.ts';
import { createRun, decideLine, decideRun, listLines, type NewRun } from './index.ts';

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

/** A batch of these documents that a person makes; what its dry run found. */
async function batch(documents: readonly Document[], more: Partial<NewRun> = {}): Promise<string> {
  const { companyId, author } = installation;
  const asked: NewRun = {
    ...{ companyId, author, origin: 'manual', purpose: 'reminder', grouping: 'document' },
    ...{ documentIds: documents.map((one) => one.id), startsItself: false, options: {}, ...more },
  };
  const made = await story.inOwn((tx) => createRun(tx, asked, clock.now));
  assert.ok(made.ok, JSON.stringify(made));
  await story.work();
  return made.run.id;
}

const linesOf = (runId: string) =>
  story.inOwn((tx) => listLines(tx, { companyId: installation.companyId, runId }, { after: -1, limit: 100 }));

async function send(runId: string): Promise<void> {
  const { companyId, author } = installation;
  await story.inOwn((tx) => decideRun(tx, { companyId, runId, author }, 'start', clock.now));
  await story.work();
}

test('what was reminded of less than three days ago is left out, until a person says that it goes again', async () => {
  const invoice = await story.sentInvoice({ buyerName: 'Atelier Noll', buyerEmail: 'jo@noll.example' });
  clock.now = new Date('2026-11-17T10:00:00Z');
  await send(await batch([invoice]));
  assert.equal((await story.remindersOf(invoice)).length, 1);
  clock.now = new Date('2026-11-17T10:02:00Z');
  const second = await batch([invoice]);
  const [line] = await linesOf(second);
  assert.deepEqual([line?.state, line?.problems.map((one) => one.value)], ['excluded', ['reminded_lately']]);
  await send(second);
  assert.equal((await story.remindersOf(invoice)).length, 1);
  clock.now = new Date('2026-11-19T20:00:00Z');
  const third = await batch([invoice]);
  const lineId = (await linesOf(third))[0]?.id ?? '';
  const which = { companyId: installation.companyId, runId: third, lineId };
  assert.ok((await story.inOwn((tx) => decideLine(tx, which, 'send_again'))).ok);
  await story.work();
  const [again] = await linesOf(third);
  assert.equal(again?.state, 'ready');
  assert.ok(again?.draft?.warnings.some((one) => one.kind === 'already_sent' && one.value));
  await send(third);
  assert.equal((await story.remindersOf(invoice)).length, 2);
  clock.now = new Date('2026-11-22T10:00:00Z');
  assert.equal((await linesOf(await batch([invoice])))[0]?.state, 'ready', 'three days later it may go');
});

test('of several documents in one mail only those go that rested for three days', async () => {
  const buyer = { buyerName: 'Brouwerij Oost', buyerEmail: 'an@oost.example' };
  const [lately, rested] = [await story.sentInvoice(buyer), await story.sentInvoice(buyer)];
  clock.now = new Date('2026-11-17T10:00:00Z');
  await send(await batch([lately]));
  const both = await batch([lately, rested], { grouping: 'customer' });
  const [line] = await linesOf(both);
  assert.equal(line?.state, 'ready');
  assert.deepEqual(line?.leftOut, [{ documentId: lately.id, reason: 'reminded_lately' }]);
  await send(both);
  assert.equal((await story.remindersOf(lately)).length, 1);
  assert.equal((await story.remindersOf(rested)).length, 1);
});

test('a line that nobody would get because the address is blocked, or was not meant, is not ready', async () => {
  const { companyId } = installation;
  const blocked = await story.sentInvoice({ buyerName: 'Cordier', buyerEmail: 'li@cordier.example' });
  const unmeant = await story.sentInvoice({ buyerName: 'Dewael', buyerEmail: 'zo@dewael.example' });
  await story.inOwn(async (tx) => {
    const by = { actor: 'user', id: 'x' } as const;
    await suppressAddress(tx, { companyId, address: 'li@cordier.example', note: null, by }, clock.now);
    const sent = await getMessages(tx, companyId, { documentIds: [unmeant.id] });
    for (const one of sent.filter(({ role }) => role === 'to')) await markMisdirected(tx, one, clock.now);
  });
  clock.now = new Date('2026-11-17T10:00:00Z');
  const lines = await linesOf(await batch([blocked, unmeant]));
  const said = lines.map(({ state, problems }) => [state, problems.map((one) => [one.reason, one.value])]);
  assert.deepEqual(said, [
    ['blocked', [['suppressed', 'li@cordier.example']]],
    ['blocked', [['misdirected', 'zo@dewael.example']]],
  ]);
});
