import { record } from '#domain/evidence';
import { asWorker } from '#stores/database';
import { about } from './decide-delivery.ts';
import { etsi } from './delivery.ts';
import { updateDelivery } from './delivery-table.ts';
import { queueMails } from './mail-queue-table.ts';
import type { RegisteredDeps } from './registered-deps.ts';
import { lockWaiting } from './waiting-table.ts';

const atOnce = 50;

/**
 * A notice that was rejected, given up or came back has told nobody: its delivery is over, whatever its days, and never counts as expired. The
 * sender gets a receipt of that; the recipient, whom nothing reaches, none. Once somebody has shown the code, a mail that comes back changes nothing.
 * Returns how many ended.
 */
export async function endUndeliverable(deps: Pick<RegisteredDeps, 'database'>, now: Date): Promise<number> {
  return asWorker(deps.database, async (tx) => {
    const over = await lockWaiting(tx, { kind: 'undelivered' }, atOnce);
    for (const { messageId } of over)
      await updateDelivery(tx, messageId, { state: 'undeliverable', decided_at: now });
    await queueMails(
      tx,
      over.map(({ messageId, companyId }) => ({
        ...{ message_id: messageId, company_id: companyId, at: now },
        ...{ kind: 'undeliverable', side: 'sender' as const },
      })),
    );
    const data = { etsi: etsi('NotificationForAcceptanceFailure') };
    await record(
      tx,
      over.map((one) => ({
        ...about(one, now),
        type: 'notification.failed',
        actor: 'system' as const,
        data,
      })),
    );
    return over.length;
  });
}
