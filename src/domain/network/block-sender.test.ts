import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type DispatchRequest, getDispatches, prepareDispatch, submitDispatch } from '#domain/dispatch';
import { changeDocument, type Document } from '#domain/documents';
import { sequence } from '#domain/evidence';
import { followNotices, listNotices } from '#domain/notices';
import { asWorker, inCompany, type Tx } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { addCompany, giveSender, type OtherCompany } from '../../../test/network.ts';
import type { AllTables } from '../../roof/installation.ts';
import {
  blockSender,
  confirmVatId,
  findPartner,
  liftBlock,
  listBlocks,
  listCompany,
  listReceived,
  runNetwork,
} from './index.ts';

const vat = 'BE0403170701';
const now = new Date('2026-11-20T10:00:00Z');
let installation: TestInstallation;
let own: string;
let hotel: OtherCompany;

before(async () => {
  installation = await testInstallation({ clock: () => now });
  own = installation.companyId;
  await giveSender(installation, own);
  hotel = await addCompany(installation, 'Hôtel Bellevue SA', vat);
  await of(hotel.companyId, (tx) => listCompany(tx, { companyId: hotel.companyId, by }, now));
  await asWorker(installation.database, (tx) =>
    confirmVatId(tx, { companyId: hotel.companyId, vatId: vat }, now),
  );
});
after(() => installation.close());

const by = { actor: 'user', id: 'usr_1' } as const;
const of = <T>(companyId: string, work: (tx: Tx<AllTables>) => Promise<T>): Promise<T> =>
  inCompany(installation.database, companyId, work);
const run = async () => {
  while (await runNetwork(installation, now));
};
const received = () =>
  of(hotel.companyId, (tx) => listReceived(tx, hotel.companyId, { before: null, limit: 50 }));
const lift = () =>
  of(hotel.companyId, (tx) => liftBlock(tx, { companyId: hotel.companyId, fromId: own, by }, now));
async function block() {
  const [newest] = await received();
  const which = { companyId: hotel.companyId, receivedId: newest?.id ?? '', by };
  return of(hotel.companyId, (tx) => blockSender(tx, which, now));
}

async function invoiceToHotel(): Promise<Document> {
  const invoice = await installation.addInvoice({ buyerEmail: 'els@bellevue.example' });
  const which = { companyId: own, documentId: invoice.id, by };
  const customer = { name: 'Hôtel Bellevue SA', vatId: vat };
  const changed = await of(own, (tx) => changeDocument(tx, which, { customer }, now));
  assert.ok(changed.ok, JSON.stringify(changed));
  return changed.document;
}

const requestFor = (document: Document, more: Partial<DispatchRequest> = {}): DispatchRequest => ({
  companyId: own,
  author: installation.author,
  origin: 'manual',
  documentIds: [document.id],
  undoSeconds: 0,
  ...more,
});
const submit = (document: Document, more: Partial<DispatchRequest> = {}) =>
  of(own, (tx) => submitDispatch(tx, installation.submit, requestFor(document, more), now));

test('who is blocked finds the company no more, is told that it cannot be reached, and sends by mail alone', async () => {
  assert.ok((await submit(await invoiceToHotel())).ok);
  await run();
  assert.deepEqual(
    { ...(await block()), blockedAt: null },
    { fromId: own, fromName: 'Vautrin Joinery', blockedAt: null },
  );
  await block(); // twice is no mistake
  assert.equal((await of(hotel.companyId, (tx) => listBlocks(tx, hotel.companyId))).length, 1);
  assert.equal(await of(own, (tx) => findPartner(tx, { companyId: own, vatId: vat, addresses: [] })), null);
  const invoice = await invoiceToHotel();
  const draft = await of(own, (tx) => prepareDispatch(tx, requestFor(invoice), now));
  assert.deepEqual(
    [draft?.partner, draft?.unreachable, draft?.channels],
    [null, 'Hôtel Bellevue SA', ['email']],
  );
  const refused = await submit(invoice, { channels: ['network'] });
  assert.deepEqual(!refused.ok && refused.reason === 'invalid' && refused.problems.map((one) => one.reason), [
    'network_unreachable',
  ]);
  assert.equal((await received()).length, 1, 'what was received stays');
});

test('nobody else is kept out, and the block is lifted', async () => {
  const stranger = await addCompany(installation, 'Stranger');
  const sought = { companyId: stranger.companyId, vatId: vat, addresses: [] };
  assert.ok(await of(stranger.companyId, (tx) => findPartner(tx, sought)));
  assert.equal(await lift(), true);
  assert.equal(await lift(), false);
  const sent = await submit(await invoiceToHotel());
  assert.deepEqual(sent.ok && sent.dispatch.channels, ['email', 'network']);
  await run();
  assert.equal((await received()).length, 2);
});

test('what is on its way when the sender is blocked does not arrive, and the sender hears that it did not', async () => {
  const sent = await submit(await invoiceToHotel(), { channels: ['network'] });
  assert.ok(sent.ok);
  await block();
  await run();
  assert.equal((await received()).length, 2);
  const [dispatch] = await of(own, (tx) => getDispatches(tx, own, { ids: [sent.dispatch.id] }));
  const [handOver] = dispatch?.handOvers ?? [];
  assert.deepEqual([handOver?.state, handOver?.problem], ['failed', 'partner_unreachable']);
  await sequence(installation.database);
  while ((await followNotices(installation.database, 'wait')) > 0);
  const notices = await of(own, (tx) => listNotices(tx, own, { before: null, limit: 50 }));
  assert.equal(notices.find((one) => one.subjectId === handOver?.id)?.kind, 'network_failed');
});

test('a company sees who blocks it for no one but the partners that it names, and changes nothing there', async () => {
  const seen = await of(own, async (tx) => {
    await findPartner(tx, { companyId: own, vatId: vat, addresses: [] });
    return tx.selectFrom('network_blocks').selectAll().execute();
  });
  assert.deepEqual(seen, []);
  const changed = await of(own, async (tx) => {
    const { sql } = await import('kysely');
    await sql`select set_config('envoi.network_partners', ${hotel.companyId}, true)`.execute(tx);
    return (await tx.deleteFrom('network_blocks').executeTakeFirst()).numDeletedRows;
  });
  assert.equal(changed, 0n);
  const strange = { companyId: own, receivedId: (await received())[0]?.id ?? '', by };
  assert.equal(await of(own, (tx) => blockSender(tx, strange, now)), null);
});
