import { asWorker } from '#stores/database';
import { formOf, type Program, type testApi } from './api.ts';
import { facturxPdf } from './fixtures/documents.ts';

type Api = Awaited<ReturnType<typeof testApi>>;

/** Makes one thing of each kind that the API names by an id; returns their ids by the words that its paths use. */
export async function makeThings(api: Api, program: Program): Promise<Record<string, string>> {
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
  const received = await makeReceived(api, program);
  const suppression = await program.ask('POST /suppressions', { address: 'blocked@peeters.example' });
  return {
    suppression: suppression.json.id,
    document: dispatch.documentIds[0],
    dispatch: dispatch.id,
    message: dispatch.messages[0].id,
    sender: sender.json.id,
    domain: domain.json.id,
    customer: customers.json.items[0].id,
    notice: await makeNotice(api, program, dispatch),
    ...(await makeWebhook(program)),
    ...(await makePeople(program)),
    submissionLogin: (await program.ask('POST /submission-logins', { name: 'ERP' })).json.id,
    apiKey: (await program.ask('POST /api-keys', { name: 'ERP' })).json.id,
    template: template.json.id,
    bankEntry: await makeBankEntry(program),
    received,
    company: (await program.ask(`POST /received/${received}/block`)).json.companyId,
    providerReceipt: await makeReceipt(api, program),
    bundle: (await program.ask('POST /evidence-bundles', { documentIds: [dispatch.documentIds[0]] })).json.id,
    companyExport: (await program.ask('POST /exports')).json.id,
    ...(await makeRun(program, dispatch.documentIds[0])),
    sendRule: (await program.ask('POST /send-rules', { name: 'All' })).json.id,
    reminderPolicy: (await program.ask('POST /reminder-policies', { name: 'Usual' })).json.id,
  };
}

/** A mail that failed. */
async function makeNotice(
  api: Api,
  { companyId }: Program,
  dispatch: { readonly id: string; readonly messages: readonly { readonly id: string }[] },
): Promise<string> {
  const id = 'ntc_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B';
  const of = { company_id: companyId, subject_id: dispatch.messages[0]?.id, dispatch_id: dispatch.id };
  const row = {
    ...of,
    id,
    kind: 'message_failed',
    document_id: null,
    data: {},
    opened_at: api.needs.clock(),
  };
  await asWorker(api.database, (tx) =>
    tx
      .insertInto('notices')
      .values(row as never)
      .execute(),
  );
  return id;
}

/** What another company has handed over. */
async function makeReceived(api: Api, { companyId }: Program): Promise<string> {
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
async function makeReceipt(api: Api, { companyId }: Program): Promise<string> {
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
