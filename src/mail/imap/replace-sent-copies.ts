import type { ImapFlow } from 'imapflow';
import { connectImap, type ImapAccess, type ImapProblem, leaveImap, problemOf } from './connect-imap.ts';
import { findSentFolder } from './file-sent-copy.ts';

export type ReplacedCopies =
  /** `missing`: mails of which no copy lies there (yet, or any more). `done` is about the clean one: put there now, or there already. */
  | {
      readonly ok: true;
      readonly folder: string;
      readonly done: 'filed' | 'there';
      readonly missing: readonly string[];
    }
  | { readonly ok: false; readonly problem: ImapProblem | 'no_sent_folder'; readonly answer: string };

/**
 * Puts one clean copy into the Sent folder, marked as read, and moves those that the server has filed for each recipient to the trash, where
 * their owner still finds them. Only what `isOurs` says is moved, and nothing while the clean one is not seen to be there; asked again, it does
 * nothing twice. Never rejects.
 */
export async function replaceSentCopies(
  access: ImapAccess,
  copies: {
    readonly clean: { readonly bytes: Buffer; readonly messageId: string; readonly sentAt: Date };
    /** Message-IDs without angle brackets. */
    readonly others: readonly string[];
    readonly isOurs: (head: Buffer, messageId: string) => boolean;
  },
): Promise<ReplacedCopies> {
  const connected = await connectImap(access);
  if (!connected.ok) return connected;
  const { client } = connected;
  try {
    const folder = await findSentFolder(client);
    const trash = (await client.list()).find((one) => one.specialUse === '\\Trash')?.path;
    if (folder === null || trash === undefined) return { ok: false, problem: 'no_sent_folder', answer: '' };
    await client.mailboxOpen(folder);
    const done = await putClean(client, folder, copies.clean);
    if (!done) return { ok: false, problem: 'protocol_error', answer: '' };
    const found: number[] = [];
    const missing: string[] = [];
    for (const id of copies.others) {
      const uids = await findOurs(client, id, copies.isOurs);
      if (uids.length === 0) missing.push(id);
      found.push(...uids);
    }
    if (found.length > 0) await client.messageMove(found, trash, { uid: true });
    return { ok: true, folder, done, missing };
  } catch (error) {
    return { ok: false, ...problemOf(error) };
  } finally {
    await leaveImap(client);
  }
}

/** Null: the server took it, and it is not there. */
async function putClean(
  client: ImapFlow,
  folder: string,
  { bytes, messageId, sentAt }: { readonly bytes: Buffer; readonly messageId: string; readonly sentAt: Date },
): Promise<'filed' | 'there' | null> {
  if ((await find(client, messageId)).length > 0) return 'there';
  await client.append(folder, bytes, ['\\Seen'], sentAt);
  await client.noop();
  return (await find(client, messageId)).length > 0 ? 'filed' : null;
}

async function find(client: ImapFlow, messageId: string): Promise<number[]> {
  return (await client.search({ header: { 'Message-ID': messageId } }, { uid: true })) || [];
}

async function findOurs(
  client: ImapFlow,
  messageId: string,
  isOurs: (head: Buffer, messageId: string) => boolean,
): Promise<number[]> {
  const ours: number[] = [];
  for (const uid of await find(client, messageId)) {
    const mail = await client.fetchOne(String(uid), { headers: true }, { uid: true });
    const head = mail ? mail.headers : undefined;
    if (head && isOurs(head, messageId)) ours.push(uid);
  }
  return ours;
}
