import assert from 'node:assert/strict';
import { splitHeaders } from '#mail/mime';
import { asWorker } from '#stores/database';
import type { TestInstallation } from '../installation.ts';
import type { Sink } from '../servers/index.ts';

/**
 * Holds what the server got against what the database says: no dispatch is lost, every mail that counts as handed off arrived
 * exactly once, and at most `mostUnconfirmed` are unconfirmed, each of which arrived once or not at all.
 */
export async function judgeArrivals(
  { database }: Pick<TestInstallation, 'database'>,
  sink: Sink,
  expected: { readonly dispatches: number; readonly mostUnconfirmed: number },
): Promise<void> {
  const messages = await asWorker(database, (tx) =>
    tx.selectFrom('messages').select(['internet_id', 'delivery']).execute(),
  );
  const arrived = countArrivals(sink);
  assert.equal(messages.length, expected.dispatches, 'none is lost');
  for (const { internet_id: id, delivery } of messages) {
    const times = arrived.get(id) ?? 0;
    if (delivery === 'unconfirmed') assert.ok(times <= 1, `${id} is unconfirmed and arrived ${times} times`);
    else assert.deepEqual([delivery, times], ['handed_off', 1], id);
  }
  const unconfirmed = messages.filter((message) => message.delivery === 'unconfirmed').length;
  assert.ok(
    unconfirmed <= expected.mostUnconfirmed,
    `${unconfirmed} unconfirmed, ${expected.mostUnconfirmed} were past the dot at the kills`,
  );
}

/** How often the mail of each Message-ID came. */
function countArrivals(sink: Sink): Map<string, number> {
  const arrived = new Map<string, number>();
  for (const { bytes } of sink.mails) {
    const { headers } = splitHeaders(bytes);
    const id = headers.find((header) => header.name.toLowerCase() === 'message-id')?.value ?? '';
    const bare = id.replace(/[<>]/g, '');
    arrived.set(bare, (arrived.get(bare) ?? 0) + 1);
  }
  return arrived;
}

/** Messages that are not settled yet. */
export async function waiting({ database }: Pick<TestInstallation, 'database'>): Promise<number> {
  const rows = await asWorker(database, (tx) =>
    tx
      .selectFrom('messages')
      .select('id')
      .where('delivery', 'in', ['queued', 'sending', 'deferred', 'scheduled'])
      .execute(),
  );
  return rows.length;
}
