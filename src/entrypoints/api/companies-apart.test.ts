import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Rights } from '#domain/accounts';
import { followNotices } from '#domain/notices';
import { formOf, type Program, testApi } from '../../../test/api.ts';
import { makeThings } from '../../../test/api-things.ts';
import { facturxPdf } from '../../../test/fixtures/documents.ts';
import type { Route } from './route.ts';
import { allRoutes } from './routes/all-routes.ts';

let api: Awaited<ReturnType<typeof testApi>>;
let own: Program;
let other: Program;
let ids: Readonly<Record<string, string>>;
const routes = allRoutes({ next: () => Promise.resolve() });

before(async () => {
  api = await testApi();
  own = await api.program();
  other = await api.program();
  ids = await makeThings(api, own);
});
after(() => api.close());

/** A body that would be right. */
const bodies: Readonly<Record<string, () => Promise<unknown> | unknown>> = {
  importBankFile: () => formOf(Buffer.from('Date;Amount\n20/11/2026;9.00'), {}, 'bank.csv'),
  askEvidenceBundle: () => ({ documentIds: [ids['document']] }),
  createRun: () => ({ documentIds: [ids['document']] }),
  changeRun: () => ({ perMinute: 1 }),
  createSendRule: () => ({ name: 'Stolen' }),
  changeSendRule: () => ({ name: 'Stolen' }),
  testSendRule: () => ({ documentId: ids['document'] }),
  createReminderPolicy: () => ({ name: 'Stolen' }),
  orderReminderPolicies: () => ({ policyIds: [ids['reminderPolicy']] }),
  changeReminderPolicy: () => ({ name: 'Stolen' }),
  confirmBankEntry: () => ({ documentIds: [ids['document']] }),
  changeDocument: () => ({ disputed: true }),
  replaceDocument: async () => formOf(await facturxPdf({ number: 'V2' })),
  uploadDocument: async () => formOf(await facturxPdf({ number: 'NEW' })),
  uploadFile: () => formOf(Buffer.from('terms'), {}, 'terms.txt'),
  releaseMessage: () => ({ reason: 'we know him' }),
  settleMessage: () => ({ as: 'delivered' }),
  eraseContent: () => ({ reason: 'asked' }),
  tieReceipt: () => ({ messageId: ids['message'] }),
  addSuppression: () => ({ address: 'a@b.example' }),
  createCustomer: () => ({ name: 'Peeters' }),
  changeCustomer: () => ({ name: 'Stolen' }),
  changeCompany: () => ({ name: 'Stolen' }),
  changeWatchedFolder: () => ({ send: 'never' }),
  changeMember: () => ({ role: 'member' }),
  setDigest: () => ({ mode: 'off', hour: 8 }),
  createApiKey: () => ({ name: 'Stolen' }),
  setUpSingleSignOn: () => ({ issuer: 'http://127.0.0.1:1', clientId: 'x', clientSecret: 'x' }),
  inviteMember: () => ({ email: 'a@b.example', role: 'member' }),
  createSubmissionLogin: () => ({ name: 'ERP' }),
  createWebhook: () => ({ url: 'https://a.example/' }),
  changeWebhook: () => ({ description: 'Stolen' }),
  connectMailbox: () => ({ host: 'imap.example.com', port: 993, security: 'implicit' }),
  createSender: () => ({
    method: 'smtp',
    address: 'a@b.example',
    settings: { host: 'h.example', security: 'none' },
  }),
  beginSelfTest: () => ({}),
  pasteSelfTestSource: () => ({ source: 'Subject: stolen' }),
  mailSenderCode: () => ({ part: 'address' }),
  confirmSenderCode: () => ({ part: 'address', code: '12345678' }),
  setSenderRule: () => ({ rule: 'at_send' }),
  addDomain: () => ({ name: 'stolen.example' }),
  changeDomain: () => ({ fallbackSenderId: null }),
  changeSender: () => ({ name: 'Stolen' }),
  testSender: () => ({ to: 'a@b.example' }),
  placeLegalHold: () => ({ reason: 'Stolen' }),
  erasePerson: () => ({ address: 'els@peeters.example' }),
  changeNetwork: () => ({ listed: true }),
  rejectReceived: () => ({ reason: 'Stolen' }),
  send: () => ({ documentId: ids['document'], to: ['a@b.example'] }),
};

function pathOf(route: Route): string {
  return route.path.replace('{id}', ids[route.id ?? ''] ?? '');
}

async function askFor(program: Program, route: Route) {
  return program.ask(`${route.method.toUpperCase()} ${pathOf(route)}`, await bodies[route.operationId]?.());
}

describe('a key of another company', () => {
  for (const route of routes.filter((one) => one.id)) {
    test(`finds nothing at ${route.method.toUpperCase()} ${route.path}`, async () => {
      assert.ok(ids[route.id ?? ''], `no ${route.id} was made`);
      const answer = await askFor(other, route);
      assert.equal(answer.status, 404, answer.text);
      assert.equal(answer.json.code, 'not_found');
    });
  }

  test('sees none of the things in any list', async () => {
    for (const route of routes.filter((one) => one.method === 'get' && !one.id)) {
      const { text } = await other.ask(`GET ${route.path}`);
      for (const id of Object.values(ids)) assert.ok(!text.includes(id), `${route.path} shows ${id}`);
      assert.ok(!text.includes('peeters'), route.path);
    }
  });

  test('cannot send, name or attach what is not its own', async () => {
    const file = (await own.ask('POST /files', formOf(Buffer.from('x'), {}, 'a.txt'))).json.id;
    const mine = (await other.ask('POST /documents', formOf(await facturxPdf({ number: 'B-1' })))).json.id;
    const send = (more: object) =>
      other.ask('POST /dispatches', { documentId: mine, to: ['a@b.example'], ...more });
    const answers = [
      await send({ documentId: ids['document'] }),
      await send({ documentId: undefined, documentIds: [mine, ids['document']] }),
      await send({ senderId: ids['sender'] }),
      await send({ attach: { fileIds: [file] } }),
      await other.ask(`PATCH /documents/${mine}`, { customerId: ids['customer'] }),
    ];
    for (const answer of answers) assert.equal(answer.status, 422, answer.text);
  });

  test('has left everything as it was', async () => {
    assert.equal((await own.ask('GET /company')).json.name, 'Atelier Lumière');
    assert.notEqual((await own.ask(`GET /customers/${ids['customer']}`)).json.name, 'Stolen');
    assert.equal((await own.ask(`GET /documents/${ids['document']}`)).json.disputed, false);
    await followNotices(api.database);
    assert.equal((await own.ask('GET /notices')).json.items[0].id, ids['notice']);
  });
});

describe('the rights of a key', () => {
  const breadth: Readonly<Record<Rights, number>> = { read: 0, send: 1, all: 2 };
  for (const rights of ['read', 'send'] as const) {
    test(`"${rights}" end where a call needs more`, async () => {
      const program = await api.program(rights, own.companyId);
      for (const route of routes.filter((one) => breadth[one.right] > breadth[rights])) {
        const answer = await askFor(program, route);
        assert.equal(answer.status, 403, `${route.method} ${route.path}`);
        assert.equal(answer.json.code, 'forbidden');
      }
    });
  }

  test('"read" write nothing anywhere', async () => {
    const writing = routes.filter((one) => one.method !== 'get');
    assert.ok(writing.length > 10);
    for (const route of writing) assert.notEqual(route.right, 'read', route.path);
  });

  test('show a portal link with all rights only', async () => {
    const sender = await api.program('send', own.companyId);
    for (const path of [`/messages/${ids['message']}`, '/messages', '/dispatches']) {
      assert.doesNotMatch((await sender.ask(`GET ${path}`)).text, /portal\.example/);
      assert.match((await own.ask(`GET ${path}`)).text, /http:\/\/portal\.example\/d\//);
    }
  });
});

describe('without a valid key', () => {
  test('every call answers 401 and says what it wants', async () => {
    for (const route of routes) {
      const answer = await api.app.request(`/api/v1${pathOf(route)}`, { method: route.method.toUpperCase() });
      assert.equal(answer.status, 401, route.path);
      assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer/);
    }
  });

  test('nothing that is no key gets in', async () => {
    for (const authorization of [
      '',
      'Bearer',
      'Bearer ',
      'Basic abc',
      `Bearer ${'x'.repeat(600)}`,
      'Bearer a b',
      own.key,
    ]) {
      const answer = await api.app.request('/api/v1/company', { headers: { authorization } });
      assert.equal(answer.status, 401, authorization.slice(0, 20));
    }
  });

  test('a key that was revoked gets in for less than five seconds', async () => {
    const program = await api.program('read', own.companyId);
    assert.equal((await program.ask('GET /company')).status, 200);
    await api.database.owner.query(`update api_keys set revoked_at = now() where rights = 'read'`);
    api.clock.now = new Date(api.clock.now.getTime() + 4900);
    assert.equal((await program.ask('GET /company')).status, 401);
  });

  test('the description and its page are there all the same, with strict headers', async () => {
    const [document, page] = [
      await api.app.request('/api/v1/openapi.json'),
      await api.app.request('/api/v1/docs'),
    ];
    assert.equal(document.status, 200);
    assert.match(
      page.headers.get('content-security-policy') ?? '',
      /^default-src 'none'; style-src 'sha256-/,
    );
    for (const answer of [document, page]) {
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
      assert.equal(answer.headers.get('access-control-allow-origin'), null);
    }
  });

  test('an unknown address answers 404, a known one with another method 405', async () => {
    assert.equal((await own.ask('GET /nowhere')).json.code, 'not_found');
    assert.equal((await own.ask('GET /nowhere/else')).json.code, 'not_found');
    const answer = await own.ask(`DELETE /documents/${ids['document']}`);
    assert.equal(answer.json.code, 'method_not_allowed');
    assert.equal(answer.headers.get('allow'), 'GET, PATCH');
  });
});
