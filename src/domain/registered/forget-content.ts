import type { Tx } from '#stores/database';
import { type RegisteredTables, selectDeliveries, updateDelivery } from './delivery-table.ts';

/** Whether nobody can still open the content of a dispatch behind a code for the first time: each of its deliveries is at an end. */
export async function isContentForgettable(
  tx: Tx<RegisteredTables>,
  companyId: string,
  dispatchId: string,
): Promise<boolean> {
  const deliveries = await selectDeliveries(tx, companyId, { dispatchId });
  return deliveries.every((one) => one.state !== 'waiting');
}

/** Forgets the numbers of phones of whoever got these messages; codes go to his mailbox from then on. */
export async function forgetMobiles(tx: Tx<RegisteredTables>, messageIds: readonly string[]): Promise<void> {
  for (const messageId of messageIds) await updateDelivery(tx, messageId, { mobile: null });
}

/** Deletes the keys of a dispatch's sealed content, which opens no more; returns the hashes of its sealed files. Receipts and records stay. */
export async function forgetContent(
  tx: Tx<RegisteredTables>,
  companyId: string,
  dispatchId: string,
): Promise<string[]> {
  const deliveries = await selectDeliveries(tx, companyId, { dispatchId });
  for (const { messageId } of deliveries) await updateDelivery(tx, messageId, { content_key: null });
  return deliveries.flatMap((one) => one.content?.map((part) => part.sealedSha256) ?? []);
}
