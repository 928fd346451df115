import { newId } from '#base/ids';
import { inCompany, notify } from '#stores/database';
import type { Arrival } from './returned-mail.ts';
import { insertReturnedMail } from './returned-mail-table.ts';
import type { ReturnsNeeds } from './returns.ts';

/** The channel on which workers hear that a mail has come back. */
export const mailReturned = 'envoi_returned';

/**
 * Keeps a mail that came back: its bytes in the files store and a row that waits to be read, both durable when this returns. False
 * when it was kept before: a server that missed our answer sends it again. Throws StorageFull.
 */
export async function keepMail(
  needs: Pick<ReturnsNeeds, 'database' | 'files' | 'clock'>,
  arrival: Arrival,
): Promise<boolean> {
  const { bytes, ...known } = arrival;
  const now = needs.clock();
  const sha256 = await needs.files.put(arrival.companyId, bytes);
  return inCompany(needs.database, arrival.companyId, async (tx) => {
    const row = { ...known, id: newId('returnedMail', now), sha256, receivedAt: now, size: bytes.length };
    const isNew = await insertReturnedMail(tx, row);
    if (isNew) await notify(tx, mailReturned, '');
    return isNew;
  });
}
