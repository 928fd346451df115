import type { Clock } from '#base/time';
import { after, hour, minute } from '#base/time';
import { type EvidenceTables, type Fact, type FollowedEvent, follow, record } from '#domain/evidence';
import { composeCopy, copyMaterial, getMessages, isAside, type OutboxTables } from '#domain/outbox';
import { filesSentCopies, type SenderTables, sendersByIds } from '#domain/senders';
import type { TrackingTables } from '#domain/tracking';
import { type FiledCopy, fileSentCopy, type ImapAccess } from '#mail/imap';
import { asWorker, type Database, type Tx } from '#stores/database';
import type { FileStore } from '#stores/files';
import type { MailboxProblem } from './mailbox.ts';
import { type MailboxTables, selectMailbox } from './mailbox-table.ts';
import { type OpeningDeps, withMailbox } from './provider-mailbox.ts';
import { replaceCopies } from './replace-copies.ts';
import {
  askForSentCopy,
  claimSentCopy,
  insertSentCopy,
  type SentCopyRow,
  type SentCopyTables,
  updateSentCopy,
} from './sent-copy-table.ts';

type Tables = MailboxTables & SentCopyTables & OutboxTables & SenderTables & TrackingTables & EvidenceTables;

export interface CopyNeeds {
  readonly database: Database<Tables>;
  readonly files: FileStore;
  readonly senders: OpeningDeps;
  /** Key of the marks by which a copy is known to be ours. */
  readonly returnKey: Uint8Array;
  readonly clock: Clock;
  /** The staff's own page of a document: where the links of a copy lead. */
  readonly staffPage: (documentId: string) => string;
}

const batch = 500;
const leaseMs = 10 * minute;
const providerMs = minute;
const retryMs = [minute, 5 * minute, 30 * minute, 2 * hour, 8 * hour];
const mostTries = 12; // three days

/**
 * Notes, by the log, which dispatches want a copy in their sender's Sent folder: those whose first mail left after its owner asked for
 * it. The mail is gone by then: nothing here delays it or makes it fail. Returns how many events there were.
 */
export function noteCopies(database: Database<Tables>, busy: 'skip' | 'wait' = 'skip'): Promise<number> {
  return follow(database, { name: 'sent_copies', limit: batch, busy }, async (tx, events) => {
    const left = events.filter((event) => hasLeft.has(event.type));
    for (const companyId of new Set(left.map((event) => event.companyId)))
      await note(
        tx,
        companyId,
        left.filter((event) => event.companyId === companyId),
      );
  });
}

const hasLeft: ReadonlySet<string> = new Set(['message.handed_off', 'message.accepted']);

async function note(tx: Tx<Tables>, companyId: string, left: readonly FollowedEvent[]): Promise<void> {
  const ids = left.flatMap((event) => event.messageId ?? []);
  const messages = new Map((await getMessages(tx, companyId, { ids })).map((one) => [one.id, one]));
  const senderIds = [...new Set([...messages.values()].map((one) => one.senderId))];
  const senders = new Map((await sendersByIds(tx, senderIds)).map((one) => [one.id, one]));
  const since = new Map<string, Date | null>();
  for (const id of senderIds)
    since.set(id, (await selectMailbox(tx, companyId, id))?.keep_sent_since ?? null);
  for (const { messageId, dispatchId, at } of left) {
    const message = messages.get(messageId ?? '');
    const wanted = message && since.get(message.senderId);
    if (!dispatchId || !message || isAside(message) || !wanted || wanted > at) continue;
    const of = { company_id: companyId, sender_id: message.senderId, message_id: message.id };
    const copy = { ...of, dispatch_id: dispatchId, created_at: at };
    // Copies that the provider files are looked for when the other recipients have theirs too.
    if (filesSentCopies(senders.get(message.senderId) ?? null))
      await askForSentCopy(tx, { ...copy, due_at: after(at, providerMs) });
    else if (message.role === 'to') await insertSentCopy(tx, { ...copy, due_at: at });
  }
}

/** Files one copy that is due; false when there is none. Filed twice it is not: the folder is asked before (`fileSentCopy`). */
export async function fileNextCopy(needs: CopyNeeds): Promise<boolean> {
  const now = needs.clock();
  const copy = await asWorker(needs.database, (tx) => claimSentCopy(tx, { now, until: after(now, leaseMs) }));
  if (!copy) return false;
  const done = await fileOne(needs, copy);
  await asWorker(needs.database, (tx) => settle(tx, copy, done, needs.clock()));
  return true;
}

type Done =
  | FiledCopy
  | { readonly ok: false; readonly problem: MailboxProblem | 'not_wanted' | 'copies_missing' };

async function fileOne(needs: CopyNeeds, copy: SentCopyRow): Promise<Done> {
  const { company_id: companyId, sender_id: senderId, message_id: messageId } = copy;
  const { material, mailbox } = await asWorker(needs.database, async (tx) => ({
    mailbox: await selectMailbox(tx, companyId, senderId),
    material: await copyMaterial(tx, companyId, messageId),
  }));
  if (!mailbox?.keep_sent_since || !material) return { ok: false, problem: 'not_wanted' };
  const { message } = material;
  const [sender] = await asWorker(needs.database, (tx) => sendersByIds(tx, [senderId]));
  const page = needs.staffPage(message.documentId);
  const use = filesSentCopies(sender ?? null)
    ? (access: ImapAccess) => replaceCopies(needs, { copy, material, page }, access)
    : async (access: ImapAccess) => {
        const bytes = await composeCopy(needs.files, material, page);
        const sentAt = message.settledAt ?? message.createdAt;
        return fileSentCopy(access, { bytes, messageId: message.internetId, sentAt });
      };
  const used = await withMailbox<Done>(needs, mailbox, use);
  return used.ok ? used.result : { ok: false, problem: used.reason };
}

async function settle(tx: Tx<Tables>, copy: SentCopyRow, done: Done, now: Date): Promise<void> {
  if (done.ok) {
    await updateSentCopy(tx, copy, { done_at: now, folder: done.folder, problem: null });
    await record(tx, [fact(copy, 'sender.copy_filed', { folder: done.folder, done: done.done }, now)]);
    return;
  }
  const { problem } = done;
  const isOver = problem === 'not_wanted' || copy.tries >= mostTries;
  const wait = retryMs[Math.min(copy.tries, retryMs.length) - 1] ?? minute;
  await updateSentCopy(tx, copy, isOver ? { done_at: now, problem } : { due_at: after(now, wait), problem });
  // A line that breaks once is no news; what a person has to mend is, at once.
  const isNews = problem !== 'not_wanted' && (!passing.has(problem) || copy.tries >= retryMs.length);
  if (isNews && problem !== copy.problem)
    await record(tx, [fact(copy, 'sender.copy_failed', { problem }, now)]);
}

const passing: ReadonlySet<string> = new Set([
  'copies_missing',
  'provider_unreachable',
  'connection_refused',
  'connection_timeout',
  'network_error',
  'host_not_found',
]);

function fact(
  copy: SentCopyRow,
  type: 'sender.copy_filed' | 'sender.copy_failed',
  data: Readonly<Record<string, string>>,
  at: Date,
): Fact {
  const { company_id: companyId, dispatch_id: dispatchId, message_id: messageId, sender_id: sender } = copy;
  return { type, companyId, dispatchId, messageId, at, actor: 'system', data: { sender, ...data } };
}
