import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { changeCompany, getCompany } from '#domain/accounts';
import { cancelDispatch, type DispatchRequest, getDispatches, submitDispatch } from '#domain/dispatch';
import { changeDocument, type Document, getDocument } from '#domain/documents';
import { readEvents, sequence } from '#domain/evidence';
import { followNotices, listNotices } from '#domain/notices';
import { asWorker, inCompany, type Tx } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { addCompany, giveSender, type OtherCompany, proveDomain } from '../../../test/network.ts';
import type { AllTables } from '../../roof/installation.ts';
import {
  confirmVatId,
  decideReceived,
  findPartner,
  listCompany,
  listReceived,
  runNetwork,
  standingOf,
  unlistCompany,
  withdrawVatId,
} from './index.ts';

const vat = 'BE0403170701';
let installation: TestInstallation;
let own: string;
let hotel: OtherCompany;
let now = new Date('2026-11-20T10:00:00Z');

before(async () => {
  installation = await testInstallation({ clock: () => now });
  own = installation.companyId;
  await giveSender(installation, own);
});
after(() => installation.close());
beforeEach(async () => {
  now = new Date(now.getTime() + 3_600_000);
  await asWorker(installation.database, async (tx) => {
    await tx.deleteFrom('network_listings').execute();
    await tx.deleteFrom('network_names').execute();
    await tx.deleteFrom('vat_confirmations').execute();
  });
  hotel = await addCompany(installation, 'Hôtel Bellevue SA', 'BE 0403.170.701');
});

const of = <T>(companyId: string, work: (tx: Tx<AllTables>) => Promise<T>): Promise<T> =>
  inCompany(installation.database, companyId, work);
const asOperator = <T>(work: (tx: Tx<AllTables>) => Promise<T>): Promise<T> =>
  asWorker(installation.database, work);
const byUser = { actor: 'user', id: 'usr_1' } as const;

const list = (companyId: string) => of(companyId, (tx) => listCompany(tx, { companyId, by: byUser }, now));
const unlist = (companyId: string) =>
  of(companyId, (tx) => unlistCompany(tx, { companyId, by: byUser }, now));
const confirm = (companyId: string, vatId = vat) =>
  asOperator((tx) => confirmVatId(tx, { companyId, vatId }, now));
const find = (vatId: string | null, addresses: readonly string[] = [], by = own) =>
  of(by, (tx) => findPartner(tx, { companyId: by, vatId, addresses }));
const run = async () => {
  while (await runNetwork(installation, now));
};

async function submit(document: Document, more: Partial<DispatchRequest> = {}) {
  const { author, submit: settings } = installation;
  const request = {
    companyId: own,
    author,
    origin: 'manual',
    documentIds: [document.id],
    undoSeconds: 0,
    ...more,
  } as const;
  return of(own, (tx) => submitDispatch(tx, settings, request, now));
}

/** An invoice to the hotel's VAT id, handed over by the network. */
async function handedOver(more: Partial<DispatchRequest> = {}, document?: Document) {
  const invoice = document ?? (await invoiceToHotel());
  const sent = await submit(invoice, { channels: ['network'], ...more });
  assert.ok(sent.ok, JSON.stringify(sent));
  await run();
  return { invoice, dispatchId: sent.dispatch.id };
}

async function invoiceToHotel(): Promise<Document> {
  const invoice = await installation.addInvoice({ buyerEmail: 'els@nowhere.example' });
  const by = { companyId: own, documentId: invoice.id, by: byUser };
  const changed = await of(own, (tx) =>
    changeDocument(tx, by, { customer: { name: 'Hôtel Bellevue SA', vatId: vat } }, now),
  );
  assert.ok(changed.ok, JSON.stringify(changed));
  return changed.document;
}

const stateOf = async (dispatchId: string) =>
  (await of(own, (tx) => getDispatches(tx, own, { ids: [dispatchId] })))[0]?.handOvers[0];
const received = (companyId = hotel.companyId) =>
  of(companyId, (tx) => listReceived(tx, companyId, { before: null, limit: 50 }));
const decide = (
  as: 'accepted' | 'rejected',
  receivedId: string,
  reason?: string,
  companyId = hotel.companyId,
) =>
  of(companyId, (tx) =>
    decideReceived(
      tx,
      { companyId, receivedId, as, reason, by: { actor: 'user', id: 'usr_2', name: 'Olga Roy' } },
      now,
    ),
  );
const eventsOf = async (dispatchId: string) =>
  of(own, (tx) => readEvents(tx, { kind: 'dispatch', id: dispatchId, limit: 100 }));
/** The newest event of a type in the hotel's own log. */
const hotelEvent = (type: string) =>
  asOperator((tx) =>
    tx
      .selectFrom('events')
      .select('hash')
      .where('company_id', '=', hotel.companyId)
      .where('type', '=', type)
      .orderBy('id', 'desc')
      .executeTakeFirst(),
  );
const noticesOf = async (companyId: string) => {
  await sequence(installation.database);
  await followNotices(installation.database);
  return of(companyId, (tx) => listNotices(tx, companyId, { before: null, limit: 50 }));
};

describe('a company is found', () => {
  test('by nothing before it lists itself', async () => {
    await confirm(hotel.companyId);
    assert.equal(await find(vat), null);
  });

  test('by its VAT id once the operator has confirmed it, and the sender sees the name and the proof', async () => {
    await list(hotel.companyId);
    assert.equal(await find(vat), null);
    assert.deepEqual(await confirm(hotel.companyId), { ok: true, vatId: vat });
    const found = {
      companyId: hotel.companyId,
      companyName: 'Hôtel Bellevue SA',
      name: `vat:${vat}`,
      proof: 'operator',
    };
    assert.deepEqual(await find('be 0403 170 701'), found);
  });

  test('by a domain of its own while the DNS proves it', async () => {
    await proveDomain(installation, hotel.companyId, 'bellevue.example', 'pending');
    await list(hotel.companyId);
    assert.equal(await find(null, ['compta@bellevue.example']), null);
    await proveDomain(installation, hotel.companyId, 'bellevue.example');
    await list(hotel.companyId);
    const found = await find(null, ['compta@Bellevue.example', 'anna@bellevue.example']);
    assert.deepEqual([found?.name, found?.proof], ['domain:bellevue.example', 'dns']);
    await proveDomain(installation, hotel.companyId, 'bellevue.example', 'broken');
    await list(hotel.companyId);
    assert.equal(await find(null, ['compta@bellevue.example']), null);
  });

  test('never by a claim of its own: whoever types the VAT id of another is not found by it', async () => {
    const thief = await addCompany(installation, 'Hôtel Bellevue SA', vat);
    await list(thief.companyId);
    assert.equal(await find(vat), null);
    await list(hotel.companyId);
    await confirm(hotel.companyId);
    assert.deepEqual(await confirm(thief.companyId), { ok: false, reason: 'taken' });
    assert.equal((await find(vat))?.companyId, hotel.companyId);
    assert.equal((await of(thief.companyId, (tx) => standingOf(tx, thief.companyId))).unconfirmedVatId, vat);
  });

  test('not by a VAT id that it does not state, nor by one that it has changed since', async () => {
    await list(hotel.companyId);
    assert.deepEqual(await confirm(hotel.companyId, 'BE0000000097'), { ok: false, reason: 'not_its_vat_id' });
    await confirm(hotel.companyId);
    await of(hotel.companyId, (tx) => changeCompany(tx, hotel.companyId, { vatId: 'BE0000000097' }, now));
    await sequence(installation.database);
    await run();
    assert.equal(await find(vat), null);
    assert.equal(await find('BE0000000097'), null);
  });

  test('not by a domain when an address lies elsewhere, when two companies have it, or when the VAT ids contradict', async () => {
    await proveDomain(installation, hotel.companyId, 'shared.example');
    await list(hotel.companyId);
    assert.ok(await find(null, ['a@shared.example']));
    assert.ok(await find(vat, ['a@shared.example']));
    assert.equal(await find(null, ['a@shared.example', 'b@elsewhere.example']), null);
    assert.equal(await find('FR40303265045', ['accountant@shared.example']), null);
    const sister = await addCompany(installation, 'Bellevue Events');
    await proveDomain(installation, sister.companyId, 'shared.example');
    await list(sister.companyId);
    assert.equal(await find(null, ['a@shared.example']), null);
  });

  test('never by itself, and no more after the operator or the company has withdrawn', async () => {
    await list(hotel.companyId);
    await confirm(hotel.companyId);
    assert.equal(await find(vat, [], hotel.companyId), null);
    await asOperator((tx) => withdrawVatId(tx, vat, now));
    assert.equal(await find(vat), null);
    await confirm(hotel.companyId);
    assert.ok(await find(vat));
    await unlist(hotel.companyId);
    assert.equal(await find(vat), null);
  });
});

describe('sending to a company of the network', () => {
  beforeEach(async () => {
    await list(hotel.companyId);
    await confirm(hotel.companyId);
  });

  test('goes both ways unless something else is said', async () => {
    const sent = await submit(await invoiceToHotel());
    assert.ok(sent.ok);
    assert.deepEqual(sent.dispatch.channels, ['email', 'network']);
    assert.equal(sent.messages.filter((one) => one.role === 'to').length, 1);
    assert.deepEqual(
      sent.dispatch.handOvers.map((one) => [one.partnerName, one.state]),
      [['Hôtel Bellevue SA', 'waiting']],
    );
    const mailOnly = await submit(await invoiceToHotel(), { channels: ['email'] });
    assert.deepEqual(mailOnly.ok && mailOnly.dispatch.handOvers, []);
  });

  test('needs no address and makes no mail when it goes by the network alone', async () => {
    const sent = await submit(await invoiceToHotel(), { channels: ['network'], to: [] });
    assert.ok(sent.ok, JSON.stringify(sent));
    assert.deepEqual(sent.messages, []);
  });

  test('is refused where nobody is found, from the sandbox, and behind a code', async () => {
    const stranger = await installation.addInvoice();
    const sandbox = await asOperator((tx) =>
      tx
        .selectFrom('senders')
        .select('id')
        .where('company_id', '=', own)
        .where('method', '=', 'sandbox')
        .executeTakeFirstOrThrow(),
    );
    const refused = [
      await submit(stranger, { channels: ['network'] }),
      await submit(await invoiceToHotel(), { channels: ['network'], senderId: sandbox.id }),
      await submit(await invoiceToHotel(), { channels: ['email', 'network'], service: 'registered' }),
    ];
    for (const one of refused)
      assert.deepEqual(!one.ok && one.reason === 'invalid' && one.problems.map((p) => p.reason), [
        'network_unreachable',
      ]);
    const none = await submit(await invoiceToHotel(), { channels: [] });
    assert.deepEqual(!none.ok && none.reason === 'invalid' && none.problems.map((p) => p.reason), [
      'channel_missing',
    ]);
  });

  test('puts a copy of files and facts among what the other company received, and both logs say so', async () => {
    const { invoice, dispatchId } = await handedOver();
    const [copy, ...others] = await received();
    assert.ok(copy && others.length === 0);
    assert.deepEqual(
      [copy.number, copy.total, copy.fromName, copy.state],
      [invoice.number, '1500.40', 'Vautrin Joinery', 'new'],
    );
    for (const hash of [copy.sha256, copy.pdfSha256, copy.xmlSha256 ?? ''])
      assert.deepEqual(
        await installation.files.get(hotel.companyId, hash),
        await installation.files.get(own, hash),
      );
    const theirs = await hotelEvent('document.received');
    const ours = (await eventsOf(dispatchId)).find((one) => one.type === 'dispatch.delivered');
    assert.equal(ours?.data['receipt'], theirs?.hash.toString('hex'));
    assert.equal((await stateOf(dispatchId))?.state, 'delivered');
    assert.deepEqual(
      (await noticesOf(hotel.companyId)).map((one) => [one.kind, one.data.name]),
      [['network_received', 'Vautrin Joinery']],
    );
  });

  test('waits for the time to undo; what is taken back is never handed over', async () => {
    const invoice = await invoiceToHotel();
    const { dispatchId } = await handedOver({ undoSeconds: 30 }, invoice);
    assert.equal((await received()).length, 0);
    const which = { companyId: own, dispatchId, author: installation.author };
    assert.deepEqual(await of(own, (tx) => cancelDispatch(tx, which, now)), {
      ok: true,
      canceled: 0,
      tooLate: 0,
    });
    now = new Date(now.getTime() + 60_000);
    await run();
    assert.equal((await received()).length, 0);
    assert.equal((await stateOf(dispatchId))?.state, 'canceled');
    assert.deepEqual(await of(own, (tx) => cancelDispatch(tx, which, now)), {
      ok: false,
      reason: 'too_late',
    });
  });

  test('fails, with a notice, when the company has left meanwhile; what it received before stays', async () => {
    await handedOver();
    const sent = await submit(await invoiceToHotel(), { channels: ['network'] });
    assert.ok(sent.ok);
    await unlist(hotel.companyId);
    await run();
    assert.equal((await received()).length, 1);
    const [handOver] =
      (await of(own, (tx) => getDispatches(tx, own, { ids: [sent.dispatch.id] })))[0]?.handOvers ?? [];
    assert.deepEqual([handOver?.state, handOver?.problem], ['failed', 'partner_left']);
    const notice = (await noticesOf(own)).find((one) => one.subjectId === handOver?.id);
    assert.deepEqual([notice?.kind, notice?.data.name], ['network_failed', 'Hôtel Bellevue SA']);
  });

  test('says no reminder to somebody who has paid meanwhile', async () => {
    const invoice = await invoiceToHotel();
    const condition = { unpaid: true, bankDays: null };
    const sent = await submit(invoice, { channels: ['network'], purpose: 'reminder', condition });
    assert.ok(sent.ok);
    const which = { companyId: own, documentId: invoice.id, by: byUser };
    await of(own, (tx) => changeDocument(tx, which, { paid: { on: '2026-11-20' } }, now));
    await run();
    assert.deepEqual(await received(), []);
    assert.equal((await stateOf(sent.dispatch.id))?.problem, 'paid');
  });

  test('the same file again is no second document', async () => {
    const { invoice } = await handedOver();
    await handedOver({ purpose: 'reminder' }, invoice);
    assert.deepEqual(
      (await received()).map((one) => one.times),
      [2],
    );
  });
});

describe('deciding on what was received', () => {
  beforeEach(async () => {
    await list(hotel.companyId);
    await confirm(hotel.companyId);
  });

  test('returns to the sender: state, history with the hash of the receiver’s event, and who decided', async () => {
    const { dispatchId } = await handedOver();
    const [copy] = await received();
    assert.ok((await decide('accepted', copy?.id ?? '')).ok);
    await run();
    assert.equal((await stateOf(dispatchId))?.state, 'accepted');
    const event = (await eventsOf(dispatchId)).find((one) => one.type === 'decision.accepted');
    assert.deepEqual([event?.data['byName'], event?.data['partner']], ['Olga Roy', 'Hôtel Bellevue SA']);
    const theirs = await hotelEvent('decision.accepted');
    assert.equal(event?.data['receipt'], theirs?.hash.toString('hex'));
    assert.ok((await received())[0]?.toldAt);
    assert.deepEqual(await noticesOf(hotel.companyId), []);
  });

  test('a rejection needs a reason, tells it to the sender, and stops reminders', async () => {
    const { invoice, dispatchId } = await handedOver();
    const [copy] = await received();
    const id = copy?.id ?? '';
    assert.deepEqual(await decide('rejected', id, '  '), { ok: false, reason: 'reason_missing' });
    assert.deepEqual(await decide('rejected', id, 'x'.repeat(1001)), {
      ok: false,
      reason: 'reason_too_long',
    });
    assert.ok((await decide('rejected', id, 'Wrong order number')).ok);
    assert.deepEqual(await decide('accepted', id), { ok: false, reason: 'already_decided' });
    await run();
    const handOver = await stateOf(dispatchId);
    assert.deepEqual([handOver?.state, handOver?.reason], ['rejected', 'Wrong order number']);
    assert.ok((await of(own, (tx) => getDocument(tx, own, invoice.id)))?.disputedAt);
    const notice = (await noticesOf(own)).find((one) => one.subjectId === handOver?.id);
    assert.deepEqual([notice?.kind, notice?.data.text], ['network_rejected', 'Wrong order number']);
  });

  test('what was rejected is open again when it is handed over again; what was accepted stays so', async () => {
    const { invoice } = await handedOver();
    const [copy] = await received();
    await decide('rejected', copy?.id ?? '', 'No');
    await run();
    await handedOver({}, invoice);
    assert.equal((await received())[0]?.state, 'new');
    await decide('accepted', copy?.id ?? '');
    await run();
    const again = await handedOver({}, invoice);
    assert.equal((await received())[0]?.state, 'accepted');
    assert.equal((await stateOf(again.dispatchId))?.state, 'accepted');
  });

  test('is for the company that received it, and for no other', async () => {
    await handedOver();
    const [copy] = await received();
    const stranger = await addCompany(installation, 'Stranger');
    assert.deepEqual(await received(stranger.companyId), []);
    assert.deepEqual(await received(own), []);
    assert.deepEqual(await decide('accepted', copy?.id ?? '', undefined, stranger.companyId), {
      ok: false,
      reason: 'not_found',
    });
    assert.deepEqual(await decide('accepted', copy?.id ?? '', undefined, own), {
      ok: false,
      reason: 'not_found',
    });
  });
});

test('a listing and a confirmation at the same moment both count', async () => {
  let commit = (): void => undefined;
  const mayCommit = new Promise<void>((done) => {
    commit = done;
  });
  let written = (): void => undefined;
  const isWritten = new Promise<void>((done) => {
    written = done;
  });
  const listing = of(hotel.companyId, async (tx) => {
    await listCompany(tx, { companyId: hotel.companyId, by: byUser }, now);
    written();
    await mayCommit;
  });
  await isWritten;
  const confirming = confirm(hotel.companyId);
  // It is through, having seen nothing of the listing, or waits for it.
  await Promise.race([confirming, new Promise((done) => setTimeout(done, 500))]);
  commit();
  await Promise.all([listing, confirming]);
  assert.equal((await find(vat))?.companyId, hotel.companyId);
});

test('other companies’ names are seen one by one, by saying them exactly, and are changed by nobody else', async () => {
  await list(hotel.companyId);
  await confirm(hotel.companyId);
  const seen = await of(own, async (tx) => {
    await findPartner(tx, { companyId: own, vatId: vat, addresses: [] });
    return tx.selectFrom('network_names').selectAll().execute();
  });
  assert.deepEqual(seen, []);
  const changed = await of(own, async (tx) => {
    const { sql } = await import('kysely');
    await sql`select set_config('envoi.network_name', ${`vat:${vat}`}, true)`.execute(tx);
    const updated = await tx.updateTable('network_names').set({ company_name: 'Stolen' }).executeTakeFirst();
    const deleted = await tx.deleteFrom('network_names').executeTakeFirst();
    return [updated.numUpdatedRows, deleted.numDeletedRows];
  });
  assert.deepEqual(changed, [0n, 0n]);
  assert.equal((await of(own, (tx) => getCompany(tx, hotel.companyId)))?.name, undefined);
});
