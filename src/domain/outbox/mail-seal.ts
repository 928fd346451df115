import { asWorker, type Database } from '#stores/database';
import type { FileStore } from '#stores/files';
import { type ArchivedMail, selectUnsealed, updateSealed } from './mail-table.ts';
import type { OutboxTables } from './outbox-tables.ts';

/**
 * A mail as the archive keeps it: its text, with the recipient's links, encrypted with a key of its own, as files are. Its tail is the
 * last boundary line and tells nothing.
 */
export function sealMail({ seal }: Pick<FileStore, 'seal'>, mail: ArchivedMail): ArchivedMail {
  return mail.sealed
    ? mail
    : { ...mail, head: Buffer.from(seal.seal(placeOf(mail), mail.head)), sealed: true };
}

/** The text of an archived mail, sealed or kept from before mails were. Throws when its bytes were changed. */
export function openMail({ seal }: Pick<FileStore, 'seal'>, mail: ArchivedMail): Buffer {
  const head = mail.sealed ? seal.open(placeOf(mail), mail.head) : mail.head;
  if (!head) throw new Error(`The archived mail of ${mail.message_id} is not what was sent.`);
  return head;
}

/** Seals up to `limit` mails that were archived before mails were sealed; returns how many. Can stop and start again anywhere. */
export function sealOlderMails(
  deps: { readonly database: Database<OutboxTables>; readonly files: Pick<FileStore, 'seal'> },
  limit: number,
): Promise<number> {
  return asWorker(deps.database, async (tx) => {
    const mails = await selectUnsealed(tx, limit);
    await updateSealed(
      tx,
      mails.map((mail) => sealMail(deps.files, mail)),
    );
    return mails.length;
  });
}

/** Bound in: a mail's text cannot be put into the place of another one's, nor of a file. */
function placeOf({ company_id: companyId, message_id: id, sha256 }: ArchivedMail) {
  return { companyId, sha256: `${sha256} mail ${id}` };
}
