import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { listUntied } from '#domain/registered';
import { inCompany } from '#stores/database';
import { arrive, connectIncamail } from '../../../../test/incamail-account.ts';
import { until } from '../../../../test/installation.ts';
import { testPressing } from '../../../../test/pressing.ts';
import { type FakeIncamail, startIncamail } from '../../../../test/servers/index.ts';

let fake: FakeIncamail;
let pressing: Awaited<ReturnType<typeof testPressing>>;
before(async () => {
  fake = await startIncamail();
  pressing = await testPressing((installation) => connectIncamail(installation, fake));
});
after(async () => {
  await pressing.close();
  await fake.close();
});

/** The same invoice twice to one person through the provider: a receipt that refers to neither fits both. */
async function waiting(address: string) {
  const document = await pressing.installation.addInvoice();
  const wish = { to: [address], service: 'incamail_registered' as const };
  const sent = [
    ...(await pressing.installation.send(document, wish)),
    ...(await pressing.installation.send(document, wish)),
  ];
  await until('the provider has the mails', () =>
    Promise.resolve(fake.smtp.mails.filter((one) => one.to[0]?.startsWith(address)).length === 2),
  );
  await arrive(pressing.installation, await fake.receipt(address, 'accepted', { refers: false }));
  const { database, companyId } = pressing.installation;
  const [receipt] = await inCompany(database, companyId, (tx) => listUntied(tx, companyId, 5));
  assert.ok(receipt && sent[0] && sent[1]);
  return { receipt: receipt.id, first: sent[0].id, second: sent[1].id };
}

test('a receipt that matches no dispatch is tied to the e-mail that was chosen beside it, once; the list then says what it says', async () => {
  const { receipt, first, second } = await waiting('tie@button.example');
  const shown = await pressing.page('/deliveries');
  assert.match(shown, /Receipts that match no dispatch/);
  assert.ok(shown.includes(`action="/deliveries/receipts/${receipt}/tie"`));
  for (const id of [first, second]) assert.ok(shown.includes(`<option value="${id}">`), id);
  const to = `/deliveries/receipts/${receipt}/tie`;
  const tied = await pressing.press(to, '/deliveries', { message: second });
  assert.match(tied, /The receipt is tied to the e-mail\./);
  assert.doesNotMatch(tied, /Receipts that match no dispatch/);
  assert.match(tied, /Accepted, says the provider’s receipt/);
  assert.match(
    await pressing.press(to, '/deliveries', { message: first }),
    /Somebody has decided on this receipt already\./,
  );
});

test('a receipt that matches no dispatch is set aside by its button; without a choice, and of what is not there, nothing is tied', async () => {
  const { receipt } = await waiting('aside@button.example');
  const csrf = await pressing.browser.token('/deliveries');
  for (const message of ['', 'msg_00000000000000000000000000'])
    assert.equal(
      (await pressing.browser.post(`/deliveries/receipts/${receipt}/tie`, { csrf, message })).status,
      404,
    );
  const aside = await pressing.press(`/deliveries/receipts/${receipt}/set-aside`, '/deliveries');
  assert.match(aside, /The receipt is set aside; it stays archived\./);
  const mail = await pressing.browser.get(`/deliveries/receipts/${receipt}/mail.eml`);
  assert.equal(mail.headers.get('content-type'), 'message/rfc822');
});

test('a receipt that matches no dispatch is listed, tied and set aside by commands', async () => {
  assert.equal((await pressing.run('receipts')).out, 'No receipt waits.');
  const one = await waiting('tie@command.example');
  const listed = await pressing.run('receipts');
  assert.match(listed.out, new RegExp(`^${one.receipt} · .* · accepted · signature valid · `, 'm'));
  const tied = await pressing.run('receipt', 'tie', one.receipt, one.first);
  assert.deepEqual(
    [tied.code, tied.out],
    [0, `${one.receipt} is tied to ${one.first}; the state follows it.`],
  );
  const again = await pressing.run('receipt', 'tie', one.receipt, one.second);
  assert.equal(again.code, 1);
  assert.match(again.said, /^[A-Z].{10,}\.$/m);
  const other = await waiting('aside@command.example');
  assert.deepEqual(
    (await pressing.run('receipt', 'set-aside', other.receipt)).out,
    `${other.receipt} waits no longer.`,
  );
  assert.equal((await pressing.run('receipt', 'set-aside', other.receipt)).code, 1);
  assert.equal((await pressing.run('receipts')).out, 'No receipt waits.');
});
