import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createApiKey } from '#domain/accounts';
import { inCompany } from '#stores/database';
import { type Program, testApi } from '../../../test/api.ts';

let api: Awaited<ReturnType<typeof testApi>>;
let program: Program;
before(async () => {
  api = await testApi();
  program = await api.program();
});
after(() => api.close());

const asking = (key: string, call: string, body?: object) => {
  const [method = 'GET', path = ''] = call.split(' ');
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const sent = body ? { body: JSON.stringify(body) } : {};
  return api.app.request(`/api/v1${path}`, { method, headers, ...sent });
};
const hours = (count: number) => new Date(api.clock.now.getTime() + count * 3_600_000).toISOString();

test('a program makes a key, sees it in the list without its secret, and ends it', async () => {
  const made = await program.ask('POST /api-keys', { name: 'Shop', rights: 'read', expiresAt: hours(2) });
  assert.equal(made.status, 201, made.text);
  const { key, id } = made.json;
  assert.equal((await asking(key, 'GET /company')).status, 200);
  const listed = await program.ask('GET /api-keys');
  const shown = listed.json.items.find((one: { id: string }) => one.id === id);
  assert.deepEqual(
    [shown.name, shown.rights, shown.hint, shown.expiresAt],
    ['Shop', 'read', key.slice(-4), hours(2)],
  );
  assert.ok(!listed.text.includes(key));
  assert.equal((await program.ask(`DELETE /api-keys/${id}`)).status, 204);
  api.clock.now = new Date(api.clock.now.getTime() + 3000);
  assert.equal((await asking(key, 'GET /company')).status, 401);
  assert.equal((await program.ask(`DELETE /api-keys/${id}`)).status, 404);
  assert.ok(!(await program.ask('GET /api-keys')).text.includes(id));
});

test('no key makes one that can do more or lasts longer than itself', async () => {
  for (const rights of ['read', 'send'] as const) {
    const lesser = await api.program(rights, program.companyId);
    for (const wanted of ['read', 'send', 'all'])
      assert.equal((await lesser.ask('POST /api-keys', { name: 'x', rights: wanted })).status, 403);
    assert.equal((await lesser.ask('GET /api-keys')).status, 403);
  }
  const { companyId } = program;
  const keyOf = async (more: object) => {
    const input = { companyId, name: 'x', rights: 'all' as const, ...more };
    return (await inCompany(api.database, companyId, (tx) => createApiKey(tx, input, api.clock.now))).key;
  };
  const forTests = await keyOf({ isTest: true });
  assert.equal((await asking(forTests, 'POST /api-keys', { name: 'x' })).status, 403);
  const ending = await keyOf({ expiresAt: new Date(hours(3)) });
  const make = async (more: object) => asking(ending, 'POST /api-keys', { name: 'x', ...more });
  assert.equal((await make({ expiresAt: hours(4) })).status, 422);
  assert.equal((await make({ expiresAt: null })).status, 422);
  assert.equal((await (await make({})).json()).expiresAt, hours(3), 'by itself it ends with its maker');
  assert.equal((await make({ expiresAt: hours(1) })).status, 201);
  assert.equal((await program.ask('POST /api-keys', { name: 'x', expiresAt: hours(-1) })).status, 422);
});

test('who made and ended a key stands in the log', async () => {
  const { id } = (await program.ask('POST /api-keys', { name: 'Log' })).json;
  await program.ask(`DELETE /api-keys/${id}`);
  const { rows } = await api.database.owner.query(
    `select type, actor from events where data ->> 'keyId' = $1 order by at, n`,
    [id],
  );
  assert.deepEqual(
    rows.map((row) => `${row.type} ${row.actor}`),
    ['key.created program', 'key.revoked program'],
  );
});
