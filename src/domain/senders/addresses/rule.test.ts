import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { asWorker } from '#stores/database';
import { at, database, eventsOf, makeSender, newCompany, within } from '../bench.test-suite.ts';
import {
  chooseSender,
  deleteSender,
  getSenderRule,
  markBroken,
  markWorking,
  type NewRule,
  type SenderQuestion,
  setSenderRule,
} from '../index.ts';

const set = (companyId: string, given: NewRule, alsoPointsTo: Record<string, string> = {}) =>
  within(companyId, (tx) => setSenderRule(tx, { companyId, given, alsoPointsTo, actor: 'user' }, at));
const ask = async (companyId: string, question: Partial<SenderQuestion>) => {
  const chosen = await within(companyId, (tx) =>
    chooseSender(tx, companyId, { kind: 'invoice', userId: 'usr_A', ...question }),
  );
  return chosen.ok ? [chosen.sender.address, chosen.reason] : chosen.reason;
};

/** A company with a default and another address, both of which work. */
async function company() {
  const id = newCompany();
  const usual = await makeSender(id);
  const offers = await makeSender(id, { address: 'offers@vautrin.example' });
  for (const one of [usual, offers]) await asWorker(database, (tx) => markWorking(tx, one.id, at));
  await within(id, async (tx) => {
    await tx.updateTable('senders').set({ is_default: false }).where('company_id', '=', id).execute();
    await tx.updateTable('senders').set({ is_default: true }).where('id', '=', usual.id).execute();
  });
  return { id, usual: usual.address, offers };
}

describe('by the rule', () => {
  test('per kind, a kind with an address sends from it, and another from the company’s, with that reason', async () => {
    const { id, usual, offers } = await company();
    assert.ok((await set(id, { rule: 'per_kind', kinds: { quote: offers.id } })).ok);
    assert.deepEqual(await ask(id, { kind: 'quote' }), [offers.address, 'per_kind']);
    assert.deepEqual(await ask(id, { kind: 'invoice' }), [usual, 'no_address_of_kind']);
    assert.deepEqual(await ask(id, { kind: null }), [usual, 'company_default']);
    assert.deepEqual(await ask(id, { kind: 'invoice', templateSenderId: offers.id }), [
      usual,
      'no_address_of_kind',
    ]);
    assert.deepEqual(await ask(id, { kind: 'invoice', requestedSenderId: offers.id }), [
      offers.address,
      'chosen',
    ]);
  });

  test('per user, a user with an address sends from it, and another from the company’s, with that reason', async () => {
    const { id, usual, offers } = await company();
    assert.ok((await set(id, { rule: 'per_user', users: { usr_A: offers.id } })).ok);
    assert.deepEqual(await ask(id, { userId: 'usr_A' }), [offers.address, 'per_user']);
    assert.deepEqual(await ask(id, { userId: 'usr_B' }), [usual, 'no_address_of_user']);
    assert.deepEqual(await ask(id, { userId: null }), [usual, 'company_default']);
  });

  test('per template the text decides; when it is chosen at sending, nothing but the choice does', async () => {
    const { id, usual, offers } = await company();
    const tied = { templateSenderId: offers.id };
    assert.deepEqual(await ask(id, tied), [offers.address, 'per_template'], 'as long as no rule was set');
    assert.ok((await set(id, { rule: 'at_send' })).ok);
    assert.deepEqual(await ask(id, tied), [usual, 'company_default']);
    assert.ok((await set(id, { rule: 'per_template' }, { tpl_1: offers.id })).ok);
    assert.deepEqual(await ask(id, tied), [offers.address, 'per_template']);
    assert.deepEqual(await ask(id, {}), [usual, 'company_default']);
  });

  test('what one rule assigns is kept while another is in force', async () => {
    const { id, offers } = await company();
    assert.ok((await set(id, { rule: 'per_kind', kinds: { quote: offers.id } })).ok);
    assert.ok((await set(id, { rule: 'at_send' })).ok);
    assert.ok((await set(id, { rule: 'per_kind' })).ok);
    assert.deepEqual(await ask(id, { kind: 'quote' }), [offers.address, 'per_kind']);
  });
});

describe('a sender that does not work', () => {
  test('cannot be put into a rule, by whichever way the rule points to it', async () => {
    const { id, offers } = await company();
    await asWorker(database, (tx) => markBroken(tx, offers.id, 'wrong_password', at));
    const unchecked = await makeSender(id, { address: 'new@vautrin.example' });
    const refused = (points: string[]) => ({ ok: false, reason: 'rule_sender_not_valid', points });
    assert.deepEqual(
      await set(id, { rule: 'per_kind', kinds: { quote: offers.id, order: unchecked.id } }),
      refused(['order', 'quote']),
    );
    assert.deepEqual(await set(id, { rule: 'per_user', users: { usr_A: 'snd_nobody' } }), refused(['usr_A']));
    assert.deepEqual(await set(id, { rule: 'per_template' }, { tpl_1: offers.id }), refused(['tpl_1']));
    const rule = await within(id, (tx) => getSenderRule(tx, id));
    assert.deepEqual(rule, { rule: 'per_template', users: {}, kinds: {} }, 'nothing was changed');
  });

  test('keeps its place in the rule when it breaks: its mails wait, and nothing goes out from another', async () => {
    const { id, offers } = await company();
    assert.ok((await set(id, { rule: 'per_kind', kinds: { quote: offers.id } })).ok);
    await asWorker(database, (tx) => markBroken(tx, offers.id, 'wrong_password', at));
    assert.deepEqual(await ask(id, { kind: 'quote' }), [offers.address, 'per_kind']);
    assert.equal((await set(id, { rule: 'per_kind' })).ok, false, 'and setting the rule anew is refused');
  });

  test('is not deleted while the rule in force points to it, and leaves the others when it is', async () => {
    const { id, offers } = await company();
    const remove = () =>
      within(id, (tx) => deleteSender(tx, { companyId: id, senderId: offers.id }, 'user', at));
    assert.ok((await set(id, { rule: 'per_kind', kinds: { quote: offers.id } })).ok);
    assert.deepEqual(await remove(), { ok: false, reason: 'sender_in_rule' });
    assert.ok((await set(id, { rule: 'at_send' })).ok);
    assert.deepEqual(await remove(), { ok: true });
    assert.deepEqual((await within(id, (tx) => getSenderRule(tx, id))).kinds, {});
    const types = (await eventsOf(id)).map((event) => event.type);
    assert.equal(types.filter((type) => type === 'sender.rule_set').length, 2);
  });
});
