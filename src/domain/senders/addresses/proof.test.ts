import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inCompany } from '#stores/database';
import { at, database, deps, input, makeSender, newCompany, password, within } from '../bench.test-suite.ts';
import {
  changeSender,
  createSender,
  getSender,
  markWorking,
  type NewSender,
  openSmtpAccess,
  type SenderChange,
} from '../index.ts';
import { lockProof, updateProof } from './proof-table.ts';

const create = (companyId: string, more: Partial<NewSender>) =>
  within(companyId, (tx) => createSender(tx, deps, input(companyId, more), 'user', at));
const change = (companyId: string, senderId: string, given: SenderChange) =>
  within(companyId, (tx) => changeSender(tx, deps, { companyId, senderId }, given, 'user', at));
const prove = (companyId: string, address: string) =>
  within(companyId, async (tx) => {
    await updateProof(tx, await lockProof(tx, companyId, address), { proven_at: at });
  });

/** Another address through the server of a sender that is there. */
async function beside(address: string) {
  const company = newCompany();
  const main = await makeSender(company);
  const made = await create(company, { address, viaSenderId: main.id, settings: undefined });
  assert.ok(made.ok);
  return { company, main, sender: made.sender };
}

describe('another address through the same server', () => {
  test('needs no code in the domain of the first one, and one in every other', async () => {
    const near = await beside('offers@vautrin.example');
    assert.deepEqual([near.sender.state, near.sender.problem], ['unchecked', null]);
    const far = await beside('claire@elsewhere.example');
    assert.deepEqual([far.sender.state, far.sender.problem], ['broken', 'address_not_confirmed']);
    assert.equal(await within(far.company, (tx) => markWorking(tx, far.sender.id, at)), false);
    await prove(far.company, 'claire@elsewhere.example');
    const again = await create(far.company, {
      address: 'claire@elsewhere.example',
      viaSenderId: far.main.id,
    });
    assert.equal(again.ok && again.sender.state, 'unchecked', 'once proven, it is proven for all');
  });

  test('signs in as the first one does, also after that one’s password was changed', async () => {
    const { company, main, sender } = await beside('offers@vautrin.example');
    const secret = async () => {
      const ref = { companyId: company, senderId: sender.id };
      const access = await within(company, (tx) => openSmtpAccess(tx, deps, ref));
      return access.ok ? [access.options.host, access.options.auth?.user, access.options.auth?.secret] : [];
    };
    assert.deepEqual(await secret(), ['mail.vautrin.example', 'claire', password]);
    assert.ok((await change(company, main.id, { password: 'new-one' })).ok);
    assert.deepEqual(await secret(), ['mail.vautrin.example', 'claire', 'new-one']);
    assert.ok((await change(company, sender.id, { password: 'own' })).ok);
    assert.ok((await change(company, main.id, { password: 'third' })).ok);
    assert.deepEqual((await secret())[2], 'own', 'with a password of its own it stands alone');
  });

  test('is refused where the other sender is not there, or not the company’s', async () => {
    const company = newCompany();
    const stranger = await makeSender(newCompany());
    for (const viaSenderId of ['snd_nobody', stranger.id])
      assert.deepEqual(await create(company, { viaSenderId }), { ok: false, reason: 'via_not_found' });
  });
});

describe('where answers go', () => {
  test('needs no proof in the domain of the address, and a code in every other', async () => {
    const company = newCompany();
    const near = await create(company, { replyTo: 'office@vautrin.example' });
    assert.equal(near.ok && near.sender.replyToProven, true);
    const far = await create(company, { replyTo: 'office@elsewhere.example' });
    assert.ok(far.ok);
    assert.deepEqual([far.sender.replyToProven, far.sender.state], [false, 'unchecked'], 'it may send');
    await prove(company, 'office@elsewhere.example');
    const changed = await change(company, far.sender.id, { replyTo: 'office@third.example' });
    assert.equal(changed.ok && changed.sender.replyToProven, false);
    const back = await change(company, far.sender.id, { replyTo: 'office@elsewhere.example' });
    assert.equal(back.ok && back.sender.replyToProven, true);
    const moved = await change(company, far.sender.id, { replyTo: null });
    assert.equal(moved.ok && moved.sender.replyToProven, true, 'nowhere is proven enough');
    const kept = await inCompany(database, company, (tx) => getSender(tx, company, far.sender.id));
    assert.equal(kept?.replyTo, null);
  });
});
