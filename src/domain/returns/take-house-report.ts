import { record } from '#domain/evidence';
import { houseMailFailed, replyFact } from '#domain/housemail';
import { getMessages, readHousePath } from '#domain/outbox';
import { readReport } from '#mail/report';
import { asWorker } from '#stores/database';
import type { ReturnsNeeds } from './returns.ts';

/** Tells whether an address is the return path of one of our own mails. */
export function isHousePath(needs: Pick<ReturnsNeeds, 'returnKey'>, address: string): boolean {
  return readHousePath(needs.returnKey, address) !== null;
}

/**
 * Reads what came back to the return path of one of our own mails. Of an answer that did not arrive after all the history of its message
 * tells, and a notice; of everything else nobody needs to know. The mail itself is not kept.
 */
export async function takeHouseReport(
  needs: Pick<ReturnsNeeds, 'database' | 'returnKey' | 'clock'>,
  address: string,
  bytes: Uint8Array,
): Promise<void> {
  const id = readHousePath(needs.returnKey, address);
  const report = await readReport(bytes);
  if (!id || report.kind !== 'bounce') return;
  const problem = report.recipients[0]?.class ?? 'unknown';
  await asWorker(needs.database, async (tx) => {
    const mail = await houseMailFailed(tx, id, problem);
    const [message] = mail?.messageId ? await getMessages(tx, mail.companyId, { ids: [mail.messageId] }) : [];
    if (!mail || !message) return;
    await record(tx, [
      replyFact('message.reply_kept', message, { problem, to: mail.address }, needs.clock()),
    ]);
  });
}
