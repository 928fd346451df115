import type { EvidenceTables } from '#domain/evidence';
import { maySend, type SenderTables, sendersByIds } from '#domain/senders';
import { asWorker, type Database, inCompany } from '#stores/database';
import { releaseForSender } from './decide-message.ts';
import { selectSendersWaitedFor } from './message-table.ts';
import type { OutboxTables } from './outbox-tables.ts';

/**
 * Lets go out what waited for senders that work again without anybody having pressed a button: a record that is back in the DNS, an app
 * that its operator has mended. Returns how many messages went back into the queue.
 */
export async function releaseMended(
  database: Database<OutboxTables & SenderTables & EvidenceTables>,
  now: Date,
): Promise<number> {
  const senders = await asWorker(database, async (tx) =>
    sendersByIds(tx, await selectSendersWaitedFor(tx, 'sender_broken')),
  );
  let released = 0;
  for (const { id, companyId } of senders.filter((sender) => !sender.deletedAt && maySend(sender)))
    released += await inCompany(database, companyId, (tx) =>
      releaseForSender(tx, companyId, id, now, 'system'),
    );
  return released;
}
