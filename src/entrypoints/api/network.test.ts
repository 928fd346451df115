import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { silentLog } from '#base/log';
import { confirmVatId, runNetwork } from '#domain/network';
import { workRuns } from '#domain/runs';
import { asWorker } from '#stores/database';
import { formOf, type Program, testApi } from '../../../test/api.ts';
import { facturxPdf } from '../../../test/fixtures/documents.ts';

const vat = 'BE0403170701';
let api: Awaited<ReturnType<typeof testApi>>;
let seller: Program;
let buyer: Program;

before(async () => {
  api = await testApi();
  seller = await api.program();
  buyer = await api.program();
  const settings = { host: 'mail.atelier.example', security: 'starttls', user: 'invoices' };
  const sender = await seller.ask('POST /senders', {
    method: 'smtp',
    address: 'invoices@atelier.example',
    settings,
    password: 'secret',
  });
  await asWorker(api.database, (tx) =>
    tx.updateTable('senders').set({ state: 'valid' }).where('id', '=', sender.json.id).execute(),
  );
  await seller.ask(`PATCH /senders/${sender.json.id}`, { isDefault: true });
  await buyer.ask('PATCH /company', { name: 'Hôtel Bellevue SA', vatId: vat });
  assert.equal((await buyer.ask('PATCH /network', { listed: true })).json.unconfirmedVatId, vat);
  const companyId = buyer.companyId;
  await asWorker(api.database, (tx) => confirmVatId(tx, { companyId, vatId: vat }, api.clock.now));
});
after(() => api.close());

let count = 0;
async function send(more: object = {}) {
  count += 1;
  const bytes = await facturxPdf({ number: `N-${count}` });
  const facts = { customer: { name: 'Hôtel Bellevue SA', vatId: vat } };
  const sent = await seller.ask('POST /dispatches', formOf(bytes, { facts, dispatch: more }));
  while (await runNetwork(api.needs, api.clock.now));
  return sent;
}

test('a program finds a customer in the network by his VAT id, and nobody by anything else', async () => {
  const found = (await seller.ask(`GET /network/partner?vatId=${vat}`)).json.partner;
  assert.deepEqual(found, { company: 'Hôtel Bellevue SA', foundBy: `vat:${vat}`, proof: 'operator' });
  for (const query of ['', '?vatId=BE0000000097', '?email=anna@bellevue.example'])
    assert.equal((await seller.ask(`GET /network/partner${query}`)).json.partner, null);
  assert.deepEqual((await buyer.ask('GET /network')).json.names, [{ name: `vat:${vat}`, proof: 'operator' }]);
});

test('one call sends by mail and to the other company; there it is received, with its XML', async () => {
  const sent = await send();
  assert.equal(sent.status, 202, sent.text);
  assert.deepEqual(sent.json.channels, ['email', 'network']);
  assert.deepEqual(
    sent.json.network.map((one: { state: string }) => one.state),
    ['waiting'],
  );
  const [received] = (await buyer.ask('GET /received?state=new')).json.items;
  assert.deepEqual(
    [received.number, received.from.name, received.source.hasXml],
    ['N-1', 'Atelier Lumière', true],
  );
  const xml = await buyer.ask(`GET /received/${received.id}/file?as=xml`);
  assert.match(xml.text, /CrossIndustryInvoice/);
  const source = await buyer.ask(`GET /received/${received.id}/file`);
  assert.equal(source.headers.get('content-type'), 'application/pdf');
  assert.equal((await seller.ask(`GET /received/${received.id}`)).status, 404);
});

test('accepting and rejecting return to the sender’s dispatch, and the feed tells it', async () => {
  const accepted = await send({ channels: ['network'] });
  assert.deepEqual([accepted.json.state, accepted.json.messages], ['waiting', []]);
  const rejected = await send({ channels: ['network'] });
  const [second, first] = (await buyer.ask('GET /received?limit=2')).json.items;
  assert.equal((await buyer.ask(`POST /received/${first.id}/accept`)).json.state, 'accepted');
  assert.equal((await buyer.ask(`POST /received/${first.id}/accept`)).status, 200);
  const late = await buyer.ask(`POST /received/${first.id}/reject`, { reason: 'Too late' });
  assert.deepEqual([late.status, late.json.code], [409, 'already_decided']);
  assert.equal((await buyer.ask(`POST /received/${second.id}/reject`, { reason: '   ' })).status, 422);
  assert.equal(
    (await buyer.ask(`POST /received/${second.id}/reject`, { reason: 'Wrong price' })).status,
    200,
  );
  while (await runNetwork(api.needs, api.clock.now));
  const [yes] = (await seller.ask(`GET /dispatches/${accepted.json.id}`)).json.network;
  const no = (await seller.ask(`GET /dispatches/${rejected.json.id}`)).json;
  assert.equal(yes.state, 'accepted');
  assert.deepEqual(
    [no.state, no.network[0].state, no.network[0].reason],
    ['replied', 'rejected', 'Wrong price'],
  );
  const document = (await seller.ask(`GET /documents/${rejected.json.documentIds[0]}`)).json;
  assert.deepEqual([document.disputed, document.envelope], [true, 'replied']);
  const events = (await seller.ask('GET /events?after=0&limit=200')).json.items;
  const types = events.filter((one: { dispatchId: string }) => one.dispatchId === rejected.json.id);
  assert.ok(types.some((one: { type: string }) => one.type === 'decision.refused'));
});

test('a channel that leads nowhere is refused with its field', async () => {
  const bytes = await facturxPdf({ number: 'N-99', buyerName: 'Somebody Else', buyerEmail: 'a@b.example' });
  const refused = await seller.ask(
    'POST /dispatches',
    formOf(bytes, { dispatch: { channels: ['network'] } }),
  );
  assert.deepEqual([refused.status, refused.json.errors[0].path], [422, 'channels']);
  const evidence = await send({ channels: ['network'] });
  assert.equal((await seller.ask(`GET /dispatches/${evidence.json.id}/evidence`)).status, 200);
});

test('a run goes by mail, by the network or by both, and its dry run says which way each line takes', async () => {
  const upload = async (number: string, customer: object) =>
    (await seller.ask('POST /documents', formOf(await facturxPdf({ number }), { facts: { customer } }))).json
      .id;
  const documentIds = [
    await upload('R-1', { name: 'Hôtel Bellevue SA', vatId: vat }),
    await upload('R-2', { name: 'Somebody Else', vatId: null, emails: ['a@b.example'] }),
  ];
  const looked = async (more: object) => {
    const { status, json, text } = await seller.ask('POST /runs', { documentIds, ...more });
    assert.equal(status, 202, text);
    while (await workRuns({ ...api.needs, log: silentLog, clock: () => api.clock.now }));
    const { items } = (await seller.ask(`GET /runs/${json.id}/lines`)).json;
    return items.map((line: { state: string; channels: string[]; problems: { reason: string }[] }) =>
      [line.channels.join('+'), ...line.problems.map(({ reason }) => reason)].join(' '),
    );
  };
  assert.deepEqual(await looked({ channels: ['network'] }), ['network', 'network network_unreachable']);
  assert.deepEqual(await looked({ channels: ['email'] }), ['email', 'email']);
  for (const both of [{}, { channels: ['email', 'network'] }])
    assert.deepEqual(await looked(both), ['email+network', 'email']);
  const refused = await seller.ask('POST /runs', { documentIds, channels: ['fax'] });
  assert.equal(refused.status, 422);
});

test('who leaves is found no more, and keeps what was received', async () => {
  const before = (await buyer.ask('GET /received')).json.items.length;
  assert.equal((await buyer.ask('PATCH /network', { listed: false })).json.listed, false);
  assert.equal((await seller.ask(`GET /network/partner?vatId=${vat}`)).json.partner, null);
  assert.deepEqual((await send()).json.channels, ['email']);
  assert.equal((await buyer.ask('GET /received')).json.items.length, before);
});
