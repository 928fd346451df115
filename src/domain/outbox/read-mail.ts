import type { Tx } from '#stores/database';
import type { FileStore } from '#stores/files';
import { encodedParts, restoreMail } from './compose-mail.ts';
import { selectMails } from './mail-table.ts';
import { selectMessages } from './message-table.ts';
import type { OutboxTables } from './outbox-tables.ts';

/** The exact bytes of a mail that was sent, or null when it has not been made yet. Throws when the archive is damaged. */
export async function readMailBytes(
  tx: Tx<OutboxTables>,
  files: FileStore,
  companyId: string,
  messageId: string,
): Promise<Buffer | null> {
  const [message] = await selectMessages(tx, companyId, { ids: [messageId] });
  const [archived] = message ? await selectMails(tx, [messageId]) : [];
  if (!archived) return null;
  const mail = await restoreMail({ parts: encodedParts(files, 0), files }, archived);
  return Buffer.concat(mail.chunks);
}
