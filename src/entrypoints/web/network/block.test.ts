import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { changeDocumentWithCustomer } from '#domain/customers';
import { submitDispatch } from '#domain/dispatch';
import { confirmVatId, listCompany, listReceived, runNetwork } from '#domain/network';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { addCompany, giveSender, type OtherCompany } from '../../../../test/network.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

const vat = 'BE0403170701';
const by = { actor: 'user', id: 'usr_1' } as const;
let installation: TestInstallation;
let web: Web;
let seller: Visitor;
let buyer: Visitor;
let hotel: OtherCompany;

before(async () => {
  installation = await testInstallation();
  web = await testWeb(installation);
  const { database, clock } = installation;
  await giveSender(installation, installation.companyId);
  hotel = await addCompany(installation, 'Hôtel Bellevue SA', vat);
  const { companyId } = hotel;
  await inCompany(database, companyId, (tx) => listCompany(tx, { companyId, by }, clock()));
  await asWorker(database, (tx) => confirmVatId(tx, { companyId, vatId: vat }, clock()));
  seller = visitor(web.app);
  await seller.signIn();
  buyer = visitor(web.app);
  await buyer.signIn(hotel);
});
after(async () => {
  await web.close();
  await installation.close();
});

async function invoiceToHotel(): Promise<string> {
  const { companyId, clock, database } = installation;
  const { id: documentId } = await installation.addInvoice({ buyerEmail: 'els@bellevue.example' });
  const edit = { customer: { name: 'Hôtel Bellevue SA', vatId: vat } };
  await inCompany(database, companyId, (tx) =>
    changeDocumentWithCustomer(tx, { companyId, documentId, by }, edit, clock()),
  );
  return documentId;
}

test('an owner blocks the sender of a received document; his send window says so much as he must know; it is lifted', async () => {
  const { companyId, author, clock, database, submit } = installation;
  const order = { companyId, author, origin: 'manual', undoSeconds: 0 } as const;
  const documentIds = [await invoiceToHotel()];
  await inCompany(database, companyId, (tx) =>
    submitDispatch(tx, submit, { ...order, documentIds, channels: ['network'] }, clock()),
  );
  while (await runNetwork(installation, clock()));
  const [received] = await inCompany(database, hotel.companyId, (tx) =>
    listReceived(tx, hotel.companyId, { before: null, limit: 1 }),
  );
  const path = `/received/${received?.id}`;
  const csrf = await buyer.token(path);
  const next = await invoiceToHotel();
  const windowOf = async () => (await seller.get(`/send?document=${next}`)).text();
  assert.match(await windowOf(), /name="channel"/);
  assert.equal((await buyer.post(`${path}/block`, { csrf, do: 'block' })).status, 303);
  assert.match(await (await buyer.get(path)).text(), /Nothing more is received from Vautrin Joinery/);
  assert.match(await windowOf(), /Hôtel Bellevue SA cannot be reached through the network/);
  assert.doesNotMatch(await windowOf(), /name="channel"/);
  assert.match(await (await buyer.get('/settings/network')).text(), /Vautrin Joinery[\s\S]*blocked since/);
  await buyer.post('/settings/network/blocks', { csrf, lift: companyId });
  assert.doesNotMatch(await (await buyer.get('/settings/network')).text(), /blocked since/);
  assert.match(await windowOf(), /name="channel"/);
});

test('only owners say from whom the company receives', async () => {
  const [received] = await inCompany(installation.database, hotel.companyId, (tx) =>
    listReceived(tx, hotel.companyId, { before: null, limit: 1 }),
  );
  const path = `/received/${received?.id}`;
  const csrf = await buyer.token(path);
  const { owner } = installation.database;
  await owner.query(`update members set role = 'member' where company_id = $1`, [hotel.companyId]);
  assert.equal((await buyer.post(`${path}/block`, { csrf, do: 'block' })).status, 403);
  assert.doesNotMatch(await (await buyer.get(path)).text(), /Receive nothing more/);
});
