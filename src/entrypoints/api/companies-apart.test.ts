import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Rights } from '#domain/accounts';
import { followNotices } from '#domain/notices';
import { asWorker } from '#stores/database';
import { formOf, type Program, testApi } from '../../../test/api.ts';
import { facturxPdf } from '../../../test/fixtures/documents.ts';
import type { Route } from './route.ts';
import { allRoutes } from './routes/all-routes.ts';

let api: Awaited<ReturnType<typeof testApi>>;
let own: Program;
let other: Program;
let ids: Readonly<Record<string, string>>;
const routes = allRoutes({ next: () => Promise.resolve() });

/** One thing of each kind, made by the first company. */
async function makeThings(program: Program): Promise<Record<string, string>> {
  const bytes = await facturxPdf();
  const form = formOf(bytes, { dispatch: { to: ['els@peeters.example'] } });
  const dispatch = (await program.ask('POST /dispatches', form)).json;
  const sender = await program.ask('POST /senders', {
    method: 'smtp',
    address: 'invoices@atelier.example',
    settings: { host: 'mail.atelier.example', security: 'starttls', user: 'invoices' },
    password: 'secret',
  });
  const domain = await program.ask('POST /domains', { name: 'atelier.example' });
  const customers = await program.ask('GET /customers');
  const template = await program.ask('PUT /templates', { kind: 'invoice', purpose: 'first', language: 'en' });
  await asWorker(api.database, async (tx) => {
    await tx
      .insertInto('notices')
      .values({
        id: 'ntc_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B',
        company_id: program.companyId,
        kind: 'message_failed',
        subject_id: dispatch.messages[0].id,
        dispatch_id: dispatch.id,
        document_id: null,
        data: {},
        opened_at: api.needs.clock(),
      } as never)
      .execute();
  });
  const received = await makeReceived(program);
  const suppression = await program.ask('POST /suppressions', { address: 'blocked@peeters.example' });
  return {
    suppression: suppression.json.id,
    document: dispatch.documentIds[0],
    dispatch: dispatch.id,
    message: dispatch.messages[0].id,
    sender: sender.json.id,
    domain: domain.json.id,
    customer: customers.json.items[0].id,
    notice: 'ntc_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B',
    ...(await makeWebhook(program)),
    ...(await makePeople(program)),
    submissionLogin: (await program.ask('POST /submission-logins', { name: 'ERP' })).json.id,
    apiKey: (await program.ask('POST /api-keys', { name: 'ERP' })).json.id,
    template: template.json.id,
    bankEntry: await makeBankEntry(program),
    received,
    company: (await program.ask(`POST /received/${received}/block`)).json.companyId,
    providerReceipt: await makeReceipt(program),
    bundle: (await program.ask('POST /evidence-bundles', { documentIds: [dispatch.documentIds[0]] })).json.id,
    companyExport: (await program.ask('POST /exports')).json.id,
    ...(await makeRun(program, dispatch.documentIds[0])),
    sendRule: (await program.ask('POST /send-rules', { name: 'All' })).json.id,
    reminderPolicy: (await program.ask('POST /reminder-policies', { name: 'Usual' })).json.id,
  };
}

/** What another company has handed over. */
async function makeReceived({ companyId }: Program): Promise<string> {
  const id = 'rcv_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B';
  const at = api.needs.clock();
  const hash = 'ab'.repeat(32);
  const row = {
    id,
    company_id: companyId,
    from_id: 'com_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B',
    from_name: 'Peeters',
    series: 'doc_x',
    version: 1,
  };
  const file = {
    file_name: 'peeters.pdf',
    format: 'pdf',
    media_type: 'application/pdf',
    sha256: hash,
    bytes: 1,
  };
  const pdf = { pdf_sha256: hash, pdf_bytes: 1, pages: 1, kind: 'invoice', subject: 'x', text: 'y' };
  await asWorker(api.database, (tx) =>
    tx
      .insertInto('received_documents')
      .values({ ...row, ...file, ...pdf, state: 'new', times: 1, received_at: at, last_at: at } as never)
      .execute(),
  );
  return id;
}

/** A receipt of a provider that matches nothing. */
async function makeReceipt({ companyId }: Program): Promise<string> {
  const id = 'rcp_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B';
  const said = { provider: 'incamail', kind: 'accepted', verdict: '{}', dkim: '{}' };
  const mail = { mail_sha256: 'ab'.repeat(32), from_address: 'r@incamail.example', subject: 'Receipt' };
  const row = { id, company_id: companyId, ...said, ...mail, received_at: api.needs.clock() };
  await asWorker(api.database, (tx) =>
    tx
      .insertInto('untied_receipts')
      .values(row as never)
      .execute(),
  );
  return id;
}

/** Money that came in. */
async function makeBankEntry(program: Program): Promise<string> {
  const table = Buffer.from('Date;Description;Amount\n20/11/2026;x;9.00');
  await program.ask('POST /bank-imports', formOf(table, {}, 'bank.csv'));
  return (await program.ask('GET /bank-entries')).json.items[0].id;
}

/** One that answers nothing, and what it was told. */
async function makeWebhook(program: Program) {
  const webhook = (await program.ask('POST /webhooks', { url: 'http://127.0.0.1:1/' })).json.id;
  const tested = await program.ask(`POST /webhooks/${webhook}/test`);
  return { webhook, webhookDelivery: tested.json.deliveryId };
}

async function makeRun(program: Program, documentId: string) {
  const run = (await program.ask('POST /runs', { documentIds: [documentId] })).json.id;
  return { run, runLine: (await program.ask(`GET /runs/${run}/lines`)).json.items[0].id };
}

async function makePeople(program: Program) {
  const invited = await program.ask('POST /invitations', { email: 'mari@atelier.example', role: 'member' });
  return { invitation: invited.json.id, user: (await program.ask('GET /members')).json.items[0].id };
}

before(async () => {
  api = await testApi();
  own = await api.program();
  other = await api.program();
  ids = await makeThings(own);
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
