import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import PostalMime, { type Email } from 'postal-mime';
import { suppressAddress } from '#domain/customers';
import { readEvents } from '#domain/evidence';
import type { Message } from '#domain/outbox';
import { makeEvidence } from '#domain/proofs';
import { getDelivery, runDeliveries } from '#domain/registered';
import { linkTokens } from '#domain/tracking';
import { type Loop, startWorker } from '#entrypoints/worker';
import { checkEvidence } from '#formats/proof';
import { asWorker, inCompany } from '#stores/database';
import { type DeliveryVisitor, visitDelivery } from '../../../test/delivery-visitor.ts';
import { type TestInstallation, testInstallation, until } from '../../../test/installation.ts';
import { makeWebApp } from '../../roof/web-app.ts';

const run = promisify(execFile);

let installation: TestInstallation;
let worker: Loop;
let app: Awaited<ReturnType<typeof makeWebApp>>;

before(async () => {
  installation = await testInstallation();
  app = await makeWebApp(installation);
  worker = await startWorker(installation);
});
after(async () => {
  await worker.stop();
  await app.close();
  await installation.close();
});

async function mailsTo(address: string): Promise<Email[]> {
  const { rows } = await installation.database.owner.query(
    'select raw from sandbox_mails where recipient = $1 order by received_at, message_id',
    [address],
  );
  return Promise.all(rows.map((row: { raw: Buffer }) => PostalMime.parse(row.raw)));
}

/** The newest mail to this address that fits, once it is there. */
function mailLike(address: string, what: RegExp): Promise<Email> {
  return until(
    `${what} to ${address}`,
    async () => {
      await runDeliveries(installation.registered, installation.clock);
      const all = await mailsTo(address);
      return all.findLast((mail) => what.test(`${mail.subject}\n${mail.text}`));
    },
    60_000,
  );
}

async function send(address: string, more: { readonly hideSender?: boolean } = {}) {
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, { to: [address], service: 'registered', ...more });
  assert.ok(message);
  await until('the notice has left', async () => {
    await runDeliveries(installation.registered, installation.clock);
    return (await deliveryOf(message)).notifiedAt;
  });
  return { address, message, document, path: `/r/${linkTokens(installation.linkKey, message.id, 1).page}` };
}

const deliveryOf = async (message: Message) =>
  (await asWorker(installation.database, (tx) => getDelivery(tx, message.id)))!;
const eventsOf = (message: Message) =>
  asWorker(installation.database, (tx) => readEvents(tx, { kind: 'message', id: message.id, limit: 200 }));

async function withCode(path: string, address: string): Promise<DeliveryVisitor> {
  const visitor = visitDelivery(app, path);
  assert.equal((await visitor.post('code')).status, 303);
  const code = /^\d{8}/m.exec((await mailLike(address, /^\d{8}\s/m)).text ?? '')?.[0] ?? '';
  assert.equal((await visitor.post('verify', { code })).status, 303);
  return visitor;
}

/** Hands it over and returns the path of the colleague's own link. */
async function handTo(visitor: DeliveryVisitor, name: string, address: string): Promise<string> {
  assert.equal((await visitor.post('delegate', { name, address })).status, 303);
  const mail = await mailLike(address, /has handed you/);
  const token = /\/d\/([\w-]+)/.exec(mail.text ?? '')?.[1] ?? '';
  assert.notEqual(token, '');
  return `/r/${token}`;
}

describe('a delivery that its recipient hands to a colleague', () => {
  test('is answered by him with a code of his own; who acted for whom stands in history, receipts and evidence', async () => {
    const sent = await send('boss@office.example');
    const boss = await withCode(sent.path, sent.address);
    const path = await handTo(boss, 'Ada Keller', 'ada@office.example');
    assert.notEqual(path, sent.path);
    assert.match(await (await boss.get()).text(), /Handed to Ada Keller/);
    // The plain page of that link is none: it leads to the delivery, and opens nothing.
    const ada = visitDelivery(app, path);
    assert.equal((await ada.get(path.replace('/r/', '/d/'))).headers.get('location'), path);
    assert.equal((await ada.get(`${path}/files/${sent.document.id}`)).status, 303);
    assert.equal((await ada.post('accept')).status, 422);

    const before = (await mailsTo(sent.address)).length;
    const colleague = await withCode(path, 'ada@office.example');
    assert.equal((await mailsTo(sent.address)).length, before, 'her code went to her alone');
    const page = await (await colleague.get()).text();
    assert.match(page, /you act here in the place of boss@office\.example/);
    assert.match(page, /Done by Ada Keller/);
    assert.doesNotMatch(page, /Hand it to a colleague/);
    assert.equal((await colleague.post('accept')).status, 303);
    assert.equal((await colleague.get(`${path}/files/${sent.document.id}`)).status, 200);

    const { state, decidedBy } = await deliveryOf(sent.message);
    assert.equal(state, 'accepted');
    const events = await eventsOf(sent.message);
    const delegated = events.find((one) => one.type === 'notification.delegated');
    assert.equal(delegated?.data['delegate'], decidedBy);
    for (const type of ['decision.accepted', 'content.handed_over']) {
      const event = events.find((one) => one.type === type);
      assert.equal(event?.data['delegate'], decidedBy, type);
      assert.equal(event?.data['delegateName'], 'Ada Keller', type);
    }
    await saysWhoActed(sent.address);
    await saysWhoActed('ada@office.example');
    await saysWhoActed(installation.author.user.email);
    const of = { companyId: installation.companyId, dispatchId: sent.message.dispatchId };
    const made = await makeEvidence(
      installation.proofs,
      { ...of, actor: 'user', by: installation.author.id },
      installation.clock(),
    );
    assert.ok(made.ok);
    assert.equal((await checkEvidence(made.bytes)).broken, null);
  });

  async function saysWhoActed(address: string): Promise<void> {
    const mail = await mailLike(address, /^Acceptance/);
    const folder = await mkdtemp(join(tmpdir(), 'envoi-delegate-'));
    await writeFile(join(folder, 'r.pdf'), new Uint8Array(mail.attachments[0]?.content as ArrayBuffer));
    const { stdout } = await run('pdftotext', ['-layout', join(folder, 'r.pdf'), '-']);
    assert.match(stdout, /Done by\s+Ada Keller <ada@office\.example>, for boss@office\.example/);
    await rm(folder, { recursive: true });
  }

  test('stays the recipient’s: he may answer first, and take it back', async () => {
    const sent = await send('chief@office.example');
    const chief = await withCode(sent.path, sent.address);
    const path = await handTo(chief, 'Bo', 'bo@office.example');
    const bo = await withCode(path, 'bo@office.example');
    const delegate = /name="delegate" value="([^"]+)"/.exec(await (await chief.get()).text())?.[1] ?? '';
    assert.equal((await bo.post('take-back', { delegate })).status, 422);
    assert.equal((await chief.post('take-back', { delegate })).status, 303);
    assert.notEqual((await bo.post('accept')).status, 303);
    assert.equal((await bo.get()).status, 404);
    assert.equal((await deliveryOf(sent.message)).state, 'waiting');
    assert.equal((await chief.post('refuse')).status, 303);
    assert.equal((await deliveryOf(sent.message)).decidedBy, null);
    const types = (await eventsOf(sent.message)).map((one) => one.type);
    assert.ok(types.includes('notification.delegation_ended'));
  });

  test('goes to nobody without the code, by a delegate, twice, to a blocked address, or to more than three', async () => {
    const sent = await send('lead@office.example');
    const to = (address: string, name = 'Cy') => ({ name, address });
    const stranger = visitDelivery(app, sent.path);
    assert.equal((await stranger.post('delegate', to('cy@office.example'))).status, 422);
    const lead = await withCode(sent.path, sent.address);
    await inCompany(installation.database, installation.companyId, (tx) =>
      suppressAddress(
        tx,
        {
          companyId: installation.companyId,
          address: 'blocked@office.example',
          note: null,
          by: { actor: 'user', id: installation.author.id },
        },
        installation.clock(),
      ),
    );
    for (const wrong of [
      to(sent.address),
      to('no address'),
      to('blocked@office.example'),
      to('cy@office.example', ''),
      to('cy@office.example', 'See https://evil.example'),
      to('cy@office.example', 'a\r\nBcc: x@evil.example'),
    ])
      assert.equal((await lead.post('delegate', wrong)).status, 422, JSON.stringify(wrong));
    const path = await handTo(lead, 'Cy', 'cy@office.example');
    assert.equal((await lead.post('delegate', to('cy@office.example'))).status, 422);
    const cy = await withCode(path, 'cy@office.example');
    assert.equal((await cy.post('delegate', to('di@office.example'))).status, 422);
    await handTo(lead, 'Di', 'di@office.example');
    await handTo(lead, 'Ed', 'ed@office.example');
    assert.equal((await lead.post('delegate', to('flo@office.example'))).status, 422);
    assert.equal((await mailsTo('blocked@office.example')).length, 0);
    assert.equal((await mailsTo('flo@office.example')).length, 0);
  });

  test('names the sender to no delegate while he is hidden', async () => {
    const sent = await send('blind@office.example', { hideSender: true });
    const visitor = await withCode(sent.path, sent.address);
    const path = await handTo(visitor, 'Gus', 'gus@office.example');
    const mail = await mailLike('gus@office.example', /has handed you/);
    const page = await (await visitDelivery(app, path).get()).text();
    for (const text of [JSON.stringify(mail.headers), mail.text ?? '', mail.html ?? '', page])
      assert.doesNotMatch(text, /vautrin/i);
  });

  // Last: it uses up what this network may ask for.
  test('is refused when one network asks too often', async () => {
    const sent = await send('often@office.example');
    const visitor = await withCode(sent.path, sent.address);
    for (let asked = 0; asked < 30; asked += 1)
      await visitor.post('delegate', { name: '', address: 'x@office.example' });
    const answer = await visitor.post('delegate', { name: 'Ivo', address: 'ivo@office.example' });
    assert.equal(answer.status, 422);
    assert.match(await answer.text(), /asked for too often/);
    assert.equal((await mailsTo('ivo@office.example')).length, 0);
  });
});
