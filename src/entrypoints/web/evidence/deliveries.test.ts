import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import PostalMime from 'postal-mime';
import type { Message } from '#domain/outbox';
import { getDelivery } from '#domain/registered';
import { linksOf, linkTokens } from '#domain/tracking';
import { asWorker } from '#stores/database';
import { visitDelivery } from '../../../../test/delivery-visitor.ts';
import { until } from '../../../../test/installation.ts';
import { testPressing } from '../../../../test/pressing.ts';

let pressing: Awaited<ReturnType<typeof testPressing>>;
before(async () => {
  pressing = await testPressing();
});
after(() => pressing.close());

const stateOf = async ({ id }: Message) =>
  (await asWorker(pressing.installation.database, (tx) => getDelivery(tx, id)))?.state;

/** The page of a delivery in a browser that has shown the code. */
async function verified({ id, address }: Message) {
  const [link] = await asWorker(pressing.installation.database, (tx) => linksOf(tx, [id]));
  const recipient = visitDelivery(
    pressing.app,
    `/r/${linkTokens(pressing.installation.linkKey, id, link?.generation ?? 1).page}`,
  );
  assert.equal((await recipient.post('code')).status, 303);
  const code = await until(
    'the code has come',
    async () => {
      const { rows } = await pressing.installation.database.owner.query<{ raw: Buffer }>(
        'select raw from sandbox_mails where recipient = $1',
        [address],
      );
      const mails = await Promise.all(rows.map(({ raw }) => PostalMime.parse(raw)));
      return mails.flatMap((mail) => /^(\d{8})\s/.exec(mail.text ?? '')?.[1] ?? [])[0];
    },
    60_000,
  );
  assert.equal((await recipient.post('verify', { code: code ?? '' })).status, 303);
  return recipient;
}

test('a running delivery is listed with its days, and withdrawn by its button, once', async () => {
  const message = await pressing.sendRegistered('w@button.example');
  assert.match(await pressing.page('/deliveries'), /w@button\.example[\s\S]*?days left/);
  const to = `/deliveries/${message.id}/withdraw`;
  assert.match(await pressing.press(to, '/deliveries'), /It was withdrawn\./);
  assert.equal(await stateOf(message), 'withdrawn');
  assert.match(await pressing.press(to, '/deliveries'), /It is too late: it was answered or opened\./);
  const missing = await pressing.browser.post('/deliveries/msg_00000000000000000000000000/withdraw', {
    csrf: await pressing.browser.token('/deliveries'),
  });
  assert.equal(missing.status, 404);
});

test('a running delivery is listed by the command with its days, and withdrawn by it, once', async () => {
  const message = await pressing.sendRegistered('w@command.example');
  const listed = await pressing.run('deliveries', '--running');
  assert.equal(listed.code, 0, listed.said);
  const line = new RegExp(
    `^${message.id} · registered · w@command\\.example · waiting · \\d days left$`,
    'm',
  );
  assert.match(listed.out, line);
  const done = await pressing.run('delivery', 'withdraw', message.id);
  assert.deepEqual([done.code, done.out], [0, `${message.id} is withdrawn.`]);
  assert.equal(await stateOf(message), 'withdrawn');
  assert.ok(!(await pressing.run('deliveries', '--running')).out.includes(message.id));
  assert.ok((await pressing.run('deliveries')).out.includes(message.id));
  for (const id of [message.id, 'msg_00000000000000000000000000']) {
    const refused = await pressing.run('delivery', 'withdraw', id);
    assert.equal(refused.code, 1);
    assert.match(refused.said, /^[A-Z].{10,}\.$/m);
  }
});

test('a running delivery says in the list and to the command to which colleague it was handed, and when no longer', async () => {
  const message = await pressing.sendRegistered('boss@office.example');
  const recipient = await verified(message);
  const to = { name: 'Ben Klerk', address: 'ben@office.example' };
  assert.equal((await recipient.post('delegate', to)).status, 303);
  assert.match(await pressing.page('/deliveries'), /Handed to Ben Klerk \(ben@office\.example\)/);
  assert.match(
    (await pressing.run('deliveries', '--running')).out,
    /boss@office\.example.* · Ben Klerk <ben@office\.example>$/m,
  );
  const { items } = JSON.parse((await pressing.run('deliveries', '--running', '--json')).out);
  const listed = items.find((one: { messageId: string }) => one.messageId === message.id);
  assert.equal(listed.delegates[0].name, 'Ben Klerk');
  const own = await (await recipient.get()).text();
  const delegate = /name="delegate" value="(msg_\w+)"/.exec(own)?.[1] ?? '';
  assert.equal((await recipient.post('take-back', { delegate })).status, 303);
  assert.match(await pressing.page('/deliveries'), /No longer handed to Ben Klerk/);
  assert.match((await pressing.run('deliveries')).out, /Ben Klerk <ben@office\.example> \(ended\)/);
});
