import type { Clock } from '#base/time';
import {
  type CopyMaterial,
  composeCopy,
  getMessages,
  isAside,
  markHeader,
  type OutboxTables,
  readMessageMark,
} from '#domain/outbox';
import { linksOf, markCopiesCleared, type TrackingTables } from '#domain/tracking';
import { type FiledCopy, type ImapAccess, replaceSentCopies } from '#mail/imap';
import { asWorker, type Database } from '#stores/database';
import type { FileStore } from '#stores/files';
import type { SentCopyRow } from './sent-copy-table.ts';

/** Copies appear within seconds; a server that is behind is asked a few times more, then what is there is all there is. */
const patientTries = 4;

interface Job {
  readonly copy: SentCopyRow;
  readonly material: CopyMaterial;
  /** The staff's own page of the document. */
  readonly page: string;
}

interface Needs {
  readonly database: Database<OutboxTables & TrackingTables>;
  readonly files: FileStore;
  readonly returnKey: Uint8Array;
  readonly clock: Clock;
}

/**
 * Replaces the copies that the provider has filed for each recipient of a dispatch, with that recipient's picture and links, by one without
 * any. Only what carries the Message-ID of a message of this dispatch and our own mark for it is moved, and only to the trash. From then
 * on an opening counts as the recipient's.
 */
export async function replaceCopies(
  needs: Needs,
  { copy, material, page }: Job,
  access: ImapAccess,
): Promise<FiledCopy | { readonly ok: false; readonly problem: 'copies_missing' }> {
  const { company_id: companyId, dispatch_id: dispatchId } = copy;
  const left = await asWorker(needs.database, async (tx) => {
    const all = await getMessages(tx, companyId, { dispatchIds: [dispatchId] });
    const links = await linksOf(
      tx,
      all.map((one) => one.id),
    );
    const cleared = new Set(links.filter((one) => one.copiesClearedAt).map((one) => one.messageId));
    return all.filter((one) => hasLeft.has(one.delivery) && !isAside(one) && !cleared.has(one.id));
  });
  const byMessageId = new Map(left.map((one) => [one.internetId, one.id]));
  const isOurs = (head: Buffer, id: string): boolean =>
    markIn(head, needs.returnKey) === (byMessageId.get(id) ?? '');
  // Not the Message-ID of a mail that left: Gmail takes two mails with the same one and date for the same mail and keeps one of them.
  const messageId = `copy.${material.message.internetId}`;
  const clean = {
    messageId,
    bytes: await composeCopy(needs.files, material, page, messageId),
    sentAt: material.message.settledAt ?? material.message.createdAt,
  };
  const replaced = await replaceSentCopies(access, { clean, others: [...byMessageId.keys()], isOurs });
  if (!replaced.ok) return replaced;
  const { folder, missing, done } = replaced;
  const gone = left.filter((one) => !missing.includes(one.internetId)).map((one) => one.id);
  await asWorker(needs.database, (tx) => markCopiesCleared(tx, companyId, gone, needs.clock()));
  if (missing.length > 0 && copy.tries < patientTries) return { ok: false, problem: 'copies_missing' };
  return { ok: true, done, folder };
}

/** Taken by the provider; a later bounce does not take its copy away. */
const hasLeft: ReadonlySet<string> = new Set(['handed_off', 'accepted', 'bounced', 'complained']);

function markIn(head: Buffer, returnKey: Uint8Array): string | null {
  const line = new RegExp(`^${markHeader}:\\s*(\\S+)\\s*$`, 'im').exec(head.toString('latin1'));
  return line?.[1] ? readMessageMark(returnKey, line[1]) : null;
}
