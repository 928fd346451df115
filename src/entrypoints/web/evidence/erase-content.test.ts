import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Message } from '#domain/outbox';
import { until } from '../../../../test/installation.ts';
import { testPressing } from '../../../../test/pressing.ts';

let pressing: Awaited<ReturnType<typeof testPressing>>;
before(async () => {
  pressing = await testPressing();
});
after(() => pressing.close());

/** An ordinary mail that has left. */
async function sent(address: string): Promise<Message> {
  const [message] = await pressing.installation.send(await pressing.installation.addInvoice(), {
    to: [address],
  });
  assert.ok(message);
  await until('the mail has left', async () =>
    (await pressing.installation.messages(message.dispatchId)).every((one) => one.delivery === 'handed_off'),
  );
  return message;
}

test('the content of a dispatch is erased by its button, with a reason, once; the page of the e-mail says so', async () => {
  const message = await sent('e@button.example');
  const at = `/emails/${message.id}`;
  const to = `/dispatches/${message.dispatchId}/erase-content`;
  assert.ok((await pressing.page(at)).includes(`action="${to}"`));
  assert.match(await pressing.press(to, at, { reason: ' ', back: at }), /Say why\./);
  assert.match(
    await pressing.press(to, at, { reason: 'Wrong person', back: at }),
    /The content is erased\. All proofs still hold\./,
  );
  const after = await pressing.page(at);
  assert.match(after, /The content of this dispatch was erased on/);
  assert.ok(!after.includes(`action="${to}"`));
  assert.match(await pressing.press(to, at, { reason: 'Again', back: at }), /It was erased before\./);
  const elsewhere = await pressing.browser.post(to, {
    csrf: await pressing.browser.token(at),
    reason: 'x',
    back: 'https://x.example/',
  });
  assert.equal(elsewhere.headers.get('location'), '/emails');
});

test('the content of a dispatch stays while a delivery of it waits for its recipient', async () => {
  const message = await pressing.sendRegistered('e@waits.example');
  const at = `/emails/${message.id}`;
  const to = `/dispatches/${message.dispatchId}/erase-content`;
  assert.match(
    await pressing.press(to, at, { reason: 'Wrong person', back: at }),
    /Something of it may still leave or be opened/,
  );
});

test('the content of a dispatch is erased by the command, with a reason, once', async () => {
  const message = await sent('e@command.example');
  const without = await pressing.run('erase-content', message.dispatchId);
  assert.equal(without.code, 2);
  assert.match(without.said, /Say why with --reason\./);
  const done = await pressing.run('erase-content', message.dispatchId, '--reason', 'Wrong person');
  assert.equal(done.code, 0, done.said);
  // The recipient's mail, and the sender's own copy of it.
  assert.equal(done.out, 'Erased: 2 mails, 0 files. All proofs still hold.');
  const again = await pressing.run('erase-content', message.dispatchId, '--reason', 'Again');
  assert.equal(again.code, 1);
  assert.match(again.said, /^[A-Z].{10,}\.$/m);
});
