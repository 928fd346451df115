import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testApi } from '../../test/api.ts';
import { facturxPdf } from '../../test/fixtures/documents.ts';
import { type Client, makeClient, problemSentence, Unreachable } from './index.ts';

let api: Awaited<ReturnType<typeof testApi>>;
let key = '';
before(async () => {
  api = await testApi();
  key = (await api.program()).key;
});
after(() => api.close());

type Line = (request: Request) => Promise<Response>;
const straight: Line = async (request) => api.app.request(request);
const clientOver = (line: Line, own = key): Client =>
  makeClient({ url: 'http://envoi.example/', key: own, fetch: line, pauseMs: () => 0 });

/** A line on which the first answers are as given, or break off (null); counts the calls. */
function stumbling(...first: (Response | null)[]): { readonly line: Line; readonly calls: () => number } {
  let calls = 0;
  const line: Line = async (request) => {
    const answer = first[calls];
    calls += 1;
    if (answer === null) throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
    return answer ?? straight(request);
  };
  return { line, calls: () => calls };
}

const busy = () => new Response('', { status: 503 });

test('takes a document in and lists it, with the types of the API', async () => {
  const client = clientOver(straight);
  const file = new File([new Uint8Array(await facturxPdf({ number: '2026-0101' }))], 'invoice.pdf');
  const taken = await client.POST('/documents', {
    body: { file },
    bodySerializer: () => {
      const form = new FormData();
      form.set('file', file);
      return form;
    },
  });
  assert.equal(taken.data?.number, '2026-0101');
  const list = await client.GET('/documents', { params: { query: { limit: 10 } } });
  assert.deepEqual(
    list.data?.items.map(({ number }) => number),
    ['2026-0101'],
  );
});

test('says what was refused, field by field, in a sentence', async () => {
  const client = clientOver(straight);
  const { error, response } = await client.POST('/dispatches', { body: { documentId: 'doc_none' } });
  assert.equal(response.status, 422);
  assert.match(problemSentence(error, response.status), /documentId: /);
  const stranger = await clientOver(straight, 'no-key').GET('/documents');
  assert.equal(stranger.response.status, 401);
  assert.match(problemSentence(stranger.error, 401), /key/i);
});

test('asks again while the installation is starting or the line breaks, and then gives up', async () => {
  const patient = stumbling(busy(), null, busy());
  assert.equal((await clientOver(patient.line).GET('/documents')).response.status, 200);
  assert.equal(patient.calls(), 4);
  const dead = stumbling(null, null, null, null);
  await assert.rejects(clientOver(dead.line).GET('/documents'), (error) => {
    assert.ok(error instanceof Unreachable);
    assert.equal(error.code, 'ECONNRESET');
    return true;
  });
});

test('a call that writes is repeated only under an idempotency key', async () => {
  const once = stumbling(busy());
  const order = { email: 'jo@vautrin.example', role: 'member' } as const;
  assert.equal((await clientOver(once.line).POST('/invitations', { body: order })).response.status, 503);
  assert.equal(once.calls(), 1);
  const keyed = stumbling(null);
  const params = { header: { 'Idempotency-Key': 'k-1' } };
  const made = await clientOver(keyed.line).POST('/invitations', { params, body: order });
  assert.equal(made.data?.email, order.email);
  assert.equal(keyed.calls(), 2);
});
