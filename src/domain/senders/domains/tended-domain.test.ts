import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { hour } from '#base/time';
import { readEvents, sequence } from '#domain/evidence';
import { asWorker } from '#stores/database';
import { type DomainLaboratory, domainLaboratory, problemsOf } from '../../../../test/domain-laboratory.ts';
import {
  chooseSender,
  createSender,
  getSender,
  removeDomain,
  rotateKey,
  type SendingDomain,
  setFallback,
} from '../index.ts';

let lab: DomainLaboratory;
before(async () => {
  lab = await domainLaboratory();
});
after(() => lab.close());

describe('a record that is lost', () => {
  let domain: SendingDomain;
  let senderId: string;
  const stateOf = async () => (await lab.within((tx) => getSender(tx, lab.company, senderId)))?.state;
  before(async () => {
    domain = await lab.add('lost.be');
    lab.publish(domain);
    domain = await lab.check(domain);
    const address = 'invoices@lost.be';
    const made = await lab.within((tx) =>
      createSender(
        tx,
        lab.deps,
        { companyId: lab.company, method: 'domain', address },
        'user',
        lab.clock.now,
      ),
    );
    assert.ok(made.ok && made.sender.state === 'valid');
    senderId = made.sender.id;
  });

  test('leaves the domain sending for 24 hours, then breaks it with its senders', async () => {
    lab.dns.remove('bounce.lost.be', 'MX');
    assert.deepEqual([(await lab.check(domain)).state, await stateOf()], ['warning', 'valid']);
    lab.clock.now = new Date(lab.clock.now.getTime() + 23 * hour);
    assert.deepEqual([(await lab.check(domain)).state, await stateOf()], ['warning', 'valid']);
    lab.clock.now = new Date(lab.clock.now.getTime() + hour);
    assert.deepEqual([(await lab.check(domain)).state, await stateOf()], ['broken', 'broken']);
  });

  test('is stood in for by the chosen sender only, and never in silence', async () => {
    const smtp = { host: 'h.example', security: 'none' } as const;
    const other = await lab.within((tx) =>
      createSender(
        tx,
        lab.deps,
        { companyId: lab.company, method: 'smtp', address: 'a@b.be', settings: smtp },
        'user',
        lab.clock.now,
      ),
    );
    assert.ok(other.ok);
    const ref = { companyId: lab.company, domainId: domain.id };
    const choose = () =>
      lab.within((tx) =>
        chooseSender(tx, lab.company, { requestedSenderId: senderId, kind: 'invoice', userId: null }),
      );
    const set = (id: string | null) => lab.within((tx) => setFallback(tx, ref, id));
    assert.deepEqual(
      await set(other.sender.id),
      { ok: false, reason: 'fallback_invalid' },
      'it was not tested yet',
    );
    await lab.database.owner.query(`update senders set state = 'valid' where id = '${other.sender.id}'`);
    assert.deepEqual(await set(other.sender.id), { ok: true });
    const chosen = await choose();
    assert.ok(chosen.ok);
    assert.deepEqual([chosen.sender.id, chosen.reason], [other.sender.id, 'domain_fallback']);
    await set(null);
    const held = await choose();
    assert.ok(held.ok && held.sender.id === senderId && held.sender.state === 'broken');
  });

  test('repairs everything when it is back; a silent DNS changes nothing', async () => {
    lab.dns.behave('fail');
    assert.equal((await lab.check(domain)).state, 'broken');
    lab.dns.behave('answer');
    lab.publish(domain);
    assert.deepEqual([(await lab.check(domain)).state, await stateOf()], ['valid', 'valid']);
    lab.dns.behave('fail');
    assert.equal((await lab.check(domain)).state, 'valid');
    lab.dns.behave('answer');
    await sequence(lab.database);
    const events = await asWorker(lab.database, (tx) =>
      readEvents(tx, { kind: 'after', logIndex: 0, companyId: lab.company, limit: 200 }),
    );
    const told = events.filter(({ data }) => data['domain'] === domain.id).map(({ type }) => type);
    assert.deepEqual(told, [
      'domain.added',
      'domain.verified',
      'domain.degraded',
      'domain.broken',
      'domain.repaired',
    ]);
  });

  test('keeps the domain from being removed while a sender uses it', async () => {
    const ref = { companyId: lab.company, domainId: domain.id };
    const removed = await lab.within((tx) => removeDomain(tx, ref, 'user', lab.clock.now));
    assert.deepEqual(removed, { ok: false, reason: 'domain_in_use' });
  });
});
describe('the signing key', () => {
  test('is changed for the spare once that is published, and a new spare is asked for', async () => {
    const domain = await lab.add('rotate.be');
    const ref = { companyId: lab.company, domainId: domain.id };
    const rotate = () => lab.within((tx) => rotateKey(tx, lab.deps, ref, 'user', lab.clock.now));
    assert.deepEqual(await rotate(), { ok: false, reason: 'spare_key_not_published' });
    lab.publish(domain);
    await lab.check(domain);
    const rotated = await rotate();
    assert.ok(rotated.ok);
    assert.deepEqual(
      rotated.domain.keys.map(({ number, state }) => [number, state]),
      [
        [1, 'old'],
        [2, 'signing'],
        [3, 'spare'],
      ],
    );
    const after = await lab.check(domain);
    assert.equal(after.state, 'valid', 'the new spare is not missed yet');
    assert.equal(problemsOf(after)['dkim_spare'], 'absent');
    assert.deepEqual(await rotate(), { ok: false, reason: 'spare_key_not_published' });
  });
});
