import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createApiKey } from '#domain/accounts';
import { getDispatches } from '#domain/dispatch';
import { listSenders } from '#domain/senders';
import { inCompany } from '#stores/database';
import { formOf, type Program, testApi } from '../../../test/api.ts';
import { facturxPdf } from '../../../test/fixtures/documents.ts';

let api: Awaited<ReturnType<typeof testApi>>;
let own: Program;

before(async () => {
  api = await testApi(undefined, () => ({ rateLimit: { perMinute: 30 } }));
  own = await api.program();
});
after(() => api.close());

async function keyOf(more: Partial<Parameters<typeof createApiKey>[1]>): Promise<string> {
  const input = { companyId: own.companyId, name: 'x', rights: 'all' as const, ...more };
  return (await inCompany(api.database, own.companyId, (tx) => createApiKey(tx, input, api.clock.now))).key;
}

const ask = (key: string, path: string, init: RequestInit = {}) =>
  api.app.request(`/api/v1${path}`, { ...init, headers: { authorization: `Bearer ${key}` } });

test('each key may ask so often, is told what is left, and is asked to wait after that; others are not', async () => {
  const [key, other] = [await keyOf({}), await keyOf({})];
  const first = await ask(key, '/company');
  assert.equal(first.headers.get('ratelimit-policy'), '"key";q=30;w=60');
  assert.match(first.headers.get('ratelimit') ?? '', /^"key";r=29;t=2$/);
  for (let n = 1; n < 30; n += 1) assert.equal((await ask(key, '/company')).status, 200);
  const refused = await ask(key, '/company');
  assert.equal(refused.status, 429);
  assert.equal((await refused.json()).code, 'rate_limited');
  assert.match(refused.headers.get('retry-after') ?? '', /^[12]$/);
  assert.equal((await ask(other, '/company')).status, 200);
});

test('a key lets nobody in after its end', async () => {
  const key = await keyOf({ expiresAt: new Date(api.clock.now.getTime() + 60_000) });
  assert.equal((await ask(key, '/company')).status, 200);
  api.clock.now = new Date(api.clock.now.getTime() + 60_000);
  assert.equal((await ask(key, '/company')).status, 401);
});

test('a key for tests sends into the sandbox, whatever sender it names, and changes nothing else', async () => {
  const key = await keyOf({ isTest: true });
  assert.match(key, /^envoi_test_/);
  const sender = await own.ask('POST /senders', {
    method: 'smtp',
    address: 'invoices@atelier.example',
    settings: { host: 'mail.atelier.example', security: 'starttls', user: 'u' },
    password: 'secret',
  });
  const body = formOf(await facturxPdf(), {
    dispatch: { to: ['els@peeters.example'], senderId: sender.json.id },
  });
  const sent = await ask(key, '/dispatches', { method: 'POST', body });
  assert.equal(sent.status, 202);
  const { database } = api;
  const found = await inCompany(database, own.companyId, async (tx) => ({
    dispatches: await getDispatches(tx, own.companyId, { before: null, limit: 1 }),
    senders: await listSenders(tx, own.companyId),
  }));
  const sandbox = found.senders.find((one) => one.method === 'sandbox');
  assert.equal(found.dispatches[0]?.senderId, sandbox?.id);
  for (const [method, path] of [
    ['PATCH', '/company'],
    ['POST', '/senders'],
    ['POST', '/webhooks'],
    ['DELETE', `/senders/${sender.json.id}`],
  ] as const)
    assert.equal((await ask(key, path, { method })).status, 403, `${method} ${path}`);
  assert.equal((await ask(key, '/documents')).status, 200);
});
