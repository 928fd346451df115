import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { acceptInvitation } from '#domain/accounts';
import { type Program, testApi } from '../../../test/api.ts';

let api: Awaited<ReturnType<typeof testApi>>;
let program: Program;
before(async () => {
  api = await testApi();
  program = await api.program();
});
after(() => api.close());

async function join(email: string, role: string): Promise<string> {
  const invited = await program.ask('POST /invitations', { email, role });
  const token = new URL(invited.json.url).searchParams.get('token') ?? '';
  const joined = await acceptInvitation(
    api.database,
    { token, firstName: 'Jan', lastName: 'Maes', password: 'a long enough one', language: 'nl' },
    api.needs.clock(),
  );
  assert.ok(joined.ok);
  return joined.userId;
}

test('a program limits what a member may send; what it does not name stays', async () => {
  const id = await join('jan@vautrin.example', 'member');
  const limits = async () => {
    const { items } = (await program.ask('GET /members')).json;
    const jan = items.find((one: { id: string }) => one.id === id);
    return [jan.kinds, jan.senderIds];
  };
  assert.deepEqual(await limits(), [null, null]);
  assert.equal((await program.ask(`PATCH /members/${id}`, { kinds: ['quote'] })).status, 204);
  assert.equal((await program.ask(`PATCH /members/${id}`, { senderIds: [] })).status, 204);
  assert.deepEqual(await limits(), [['quote'], []]);
  assert.equal((await program.ask(`PATCH /members/${id}`, { kinds: null })).status, 204);
  assert.deepEqual(await limits(), [null, []]);
  const nobody = 'usr_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B';
  assert.equal((await program.ask(`PATCH /members/${nobody}`, { kinds: null })).status, 404);
});
