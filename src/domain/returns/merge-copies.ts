import { getMessages, isAside, markHeader, type OutboxTables, readMessageMark } from '#domain/outbox';
import { type FiledCopy, type ImapAccess, mergeSentCopies } from '#mail/imap';
import { asWorker, type Database } from '#stores/database';
import type { SentCopyRow } from './sent-copy-table.ts';

/** Copies appear within seconds; a server that is behind is asked a few times more, then what is there is all there is. */
const patientTries = 4;

/**
 * Leaves one of the copies that the provider has filed for each recipient of a dispatch: that of the message which `copy` names. Only
 * what carries the Message-ID of another message of this dispatch and our own mark for it is moved, and only to the trash.
 */
export async function mergeCopies(
  needs: { readonly database: Database<OutboxTables>; readonly returnKey: Uint8Array },
  copy: SentCopyRow,
  access: ImapAccess,
): Promise<FiledCopy | { readonly ok: false; readonly problem: 'copies_missing' }> {
  const { company_id: companyId, dispatch_id: dispatchId, message_id: messageId } = copy;
  const all = await asWorker(needs.database, (tx) =>
    getMessages(tx, companyId, { dispatchIds: [dispatchId] }),
  );
  const kept = all.find((message) => message.id === messageId);
  const left = all.filter((one) => one.delivery === 'handed_off' && !isAside(one) && one.id !== messageId);
  if (!kept || left.length === 0) return { ok: true, done: 'there', folder: '' };
  const byMessageId = new Map([kept, ...left].map((one) => [one.internetId, one.id]));
  const isOurs = (head: Buffer, id: string): boolean =>
    markIn(head, needs.returnKey) === (byMessageId.get(id) ?? '');
  const others = left.map((one) => one.internetId);
  const merged = await mergeSentCopies(access, { keep: kept.internetId, others, isOurs });
  if (!merged.ok) return merged;
  const isWaiting = merged.missing > 0 && copy.tries < patientTries;
  return isWaiting
    ? { ok: false, problem: 'copies_missing' }
    : { ok: true, done: 'there', folder: merged.folder };
}

function markIn(head: Buffer, returnKey: Uint8Array): string | null {
  const line = new RegExp(`^${markHeader}:\\s*(\\S+)\\s*$`, 'im').exec(head.toString('latin1'));
  return line?.[1] ? readMessageMark(returnKey, line[1]) : null;
}
