import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { submitDispatch } from '#domain/dispatch';
import { changeDocument, getDocument } from '#domain/documents';
import { asWorker, inCompany, type Tx } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { addCompany, giveSender, type OtherCompany } from '../../../test/network.ts';
import type { AllTables } from '../../roof/installation.ts';
import { confirmVatId, decideReceived, listCompany, listReceived, runNetwork } from './index.ts';

const vat = 'BE0403170701';
const now = new Date('2026-11-20T10:00:00Z');
const by = { actor: 'user', id: 'usr_1' } as const;
let installation: TestInstallation;
let hotel: OtherCompany;

before(async () => {
  installation = await testInstallation({ clock: () => now });
  await giveSender(installation, installation.companyId);
  hotel = await addCompany(installation, 'Hôtel Bellevue SA', vat);
  const { companyId } = hotel;
  await of(companyId, (tx) => listCompany(tx, { companyId, by }, now));
  await asWorker(installation.database, (tx) => confirmVatId(tx, { companyId, vatId: vat }, now));
});
after(() => installation.close());

const of = <T>(companyId: string, work: (tx: Tx<AllTables>) => Promise<T>): Promise<T> =>
  inCompany(installation.database, companyId, work);
const run = async () => {
  while (await runNetwork(installation, now));
};

for (const [kind, decidedAs] of [
  ['quote', 'accepted'],
  ['invoice', null],
] as const)
  test(`${kind === 'quote' ? 'a quote' : 'an invoice'} that was accepted in the network is ${decidedAs ? 'decided: nobody is reminded of it' : 'still to be paid'}`, async () => {
    const { companyId, author, submit } = installation;
    const { id: documentId } = await installation.addInvoice({ buyerEmail: 'els@bellevue.example' });
    const edit = { kind, customer: { name: 'Hôtel Bellevue SA', vatId: vat } } as const;
    await of(companyId, (tx) => changeDocument(tx, { companyId, documentId, by }, edit, now));
    const order = { companyId, author, origin: 'manual', documentIds: [documentId], undoSeconds: 0 } as const;
    await of(companyId, (tx) => submitDispatch(tx, submit, { ...order, channels: ['network'] }, now));
    await run();
    const page = { before: null, limit: 10, state: 'new' } as const;
    const [copy] = await of(hotel.companyId, (tx) => listReceived(tx, hotel.companyId, page));
    const decision = { companyId: hotel.companyId, receivedId: copy?.id ?? '', as: 'accepted' } as const;
    const decider = { actor: 'user', id: 'usr_2', name: 'Olga Roy' } as const;
    const decided = await of(hotel.companyId, (tx) => decideReceived(tx, { ...decision, by: decider }, now));
    assert.ok(decided.ok);
    await run();
    const document = await of(companyId, (tx) => getDocument(tx, companyId, documentId));
    assert.equal(document?.decidedAs, decidedAs);
  });
