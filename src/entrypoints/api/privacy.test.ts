import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { replacePlans } from '#domain/accounts';
import { createSender } from '#domain/senders';
import { asWorker, inCompany } from '#stores/database';
import { formOf, type Program, testApi } from '../../../test/api.ts';
import { facturxPdf } from '../../../test/fixtures/documents.ts';

let api: Awaited<ReturnType<typeof testApi>>;
let program: Program;
before(async () => {
  api = await testApi();
  program = await api.program();
});
after(() => api.close());

let count = 0;
async function send(to: string) {
  count += 1;
  const form = formOf(await facturxPdf({ number: `P-${count}` }), { dispatch: { to: [to] } });
  return (await program.ask('POST /dispatches', form)).json;
}

test('a program places a legal hold, sees it in the list, and lifts it', async () => {
  const dispatch = await send('els@peeters.example');
  const path = `/dispatches/${dispatch.id}/legal-hold`;
  const placed = await program.ask(`POST ${path}`, { reason: 'Lawsuit 12/26' });
  assert.deepEqual([placed.status, placed.json.reason], [201, 'Lawsuit 12/26']);
  assert.equal((await program.ask(`POST ${path}`, { reason: 'Again' })).json.code, 'already_held');
  assert.equal((await program.ask(`POST ${path}`, { reason: '   ' })).status, 422);
  assert.deepEqual(
    (await program.ask('GET /legal-holds')).json.items.map((one: { dispatchId: string }) => one.dispatchId),
    [dispatch.id],
  );
  assert.equal((await program.ask(`DELETE ${path}`)).status, 204);
  assert.equal((await program.ask(`DELETE ${path}`)).status, 404);
});

test('a program reads what is recorded about a person, and erases it; what is on hold stays', async () => {
  const [free, held] = [await send('rik@janssens.example'), await send('rik@janssens.example')];
  await program.ask(`POST /dispatches/${held.id}/legal-hold`, { reason: 'Lawsuit' });
  const record = (await program.ask('GET /person?address=rik@janssens.example')).json;
  assert.equal(record.messageCount, 2);
  assert.ok(record.messages.some((one: { id: string }) => one.id === free.messages[0].id));
  assert.equal((await program.ask('GET /person?address=nobody')).status, 422);
  const erased = await program.ask('POST /person/erase', { address: 'rik@janssens.example' });
  assert.deepEqual([erased.json.messages, erased.json.held], [1, 1]);
  const other = await api.program();
  assert.equal((await other.ask('GET /person?address=rik@janssens.example')).json.messageCount, 0);
});

test('a record goes on page by page, each e-mail once, and a made-up cursor is refused', async () => {
  const sent: string[] = [];
  for (let n = 0; n < 5; n += 1) sent.push((await send('page@janssens.example')).messages[0].id);
  const seen: string[] = [];
  let cursor = '';
  for (let pages = 1; pages <= 3; pages += 1) {
    const page = (await program.ask(`GET /person?address=page@janssens.example&limit=2${cursor}`)).json;
    assert.equal(page.messageCount, 5);
    seen.push(...page.messages.map((one: { id: string }) => one.id));
    assert.equal(page.nextCursor === null, pages === 3);
    cursor = `&cursor=${page.nextCursor}`;
  }
  assert.deepEqual(seen, [...sent].reverse());
  assert.equal((await program.ask('GET /person?address=page@janssens.example&cursor=x')).status, 422);
  assert.equal((await program.ask('GET /person?address=page@janssens.example&limit=501')).status, 422);
});

test('what the plan lacks is answered by plan_required, and nothing else is', async () => {
  const plans = [{ name: 'standard', features: ['api'] as const, isUsual: true }];
  await asWorker(api.database, (tx) => replacePlans(tx, plans, new Date()));
  const bytes = await facturxPdf({ number: 'P-99' });
  const registered = formOf(bytes, { dispatch: { to: ['a@b.example'], service: 'registered' } });
  const answers = [
    await program.ask('GET /reminder-policies'),
    await program.ask('POST /reminder-policies', { name: 'Usual' }),
    await program.ask('GET /reminders'),
    await program.ask('POST /invitations', { email: 'mari@atelier.example', role: 'member' }),
    await program.ask('POST /dispatches', registered),
  ];
  for (const answer of answers)
    assert.deepEqual([answer.status, answer.json.code], [403, 'plan_required'], answer.text);
  assert.equal((await program.ask('GET /members')).status, 200);
  assert.equal((await program.ask('GET /documents')).status, 200);
});

test('what finds no room in the plan is refused with what is used and until when, and GET /plan tells the same', async () => {
  const plans = [
    {
      name: 'small',
      features: ['api', 'users'] as const,
      limits: { messagesPerMonth: 0, users: 1 },
      isUsual: true,
    },
  ];
  await asWorker(api.database, (tx) => replacePlans(tx, plans, new Date()));
  // The sandbox uses no room.
  const sandboxed = formOf(await facturxPdf({ number: 'P-98' }), { dispatch: { to: ['a@b.example'] } });
  assert.equal((await program.ask('POST /dispatches', sandboxed)).status, 202);
  const sender = {
    companyId: program.companyId,
    method: 'smtp',
    address: 'invoices@atelier.example',
    settings: { host: '127.0.0.1', port: 25, security: 'none', user: null, verifyCertificate: true },
  } as const;
  const made = await inCompany(api.database, program.companyId, (tx) =>
    createSender(tx, api.needs.senders, sender, 'user', api.clock.now),
  );
  assert.ok(made.ok);
  const senderId = made.sender.id;
  const bytes = await facturxPdf({ number: 'P-100' });
  const refused = await program.ask(
    'POST /dispatches',
    formOf(bytes, { dispatch: { to: ['a@b.example'], senderId } }),
  );
  assert.deepEqual([refused.status, refused.json.code], [403, 'plan_required'], refused.text);
  assert.match(
    refused.json.detail,
    /^The plan allows 0 e-mails a month, 0 are used, .* anew on \d{4}-\d\d-01\.$/,
  );
  const invited = await program.ask('POST /invitations', { email: 'jan@atelier.example', role: 'member' });
  assert.deepEqual([invited.status, invited.json.code], [403, 'plan_required']);
  const plan = (await program.ask('GET /plan')).json;
  assert.deepEqual([plan.messagesPerMonth.limit, plan.messagesPerMonth.used], [0, 0]);
  assert.deepEqual(plan.users, { limit: 1, used: 1 });
});
