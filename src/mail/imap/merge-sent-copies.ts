import type { ImapFlow } from 'imapflow';
import { connectImap, type ImapAccess, type ImapProblem, leaveImap, problemOf } from './connect-imap.ts';
import { findSentFolder } from './file-sent-copy.ts';

export type MergedCopies =
  /** `missing`: of so many mails no copy lies there (yet, or any more). */
  | { readonly ok: true; readonly folder: string; readonly moved: number; readonly missing: number }
  | { readonly ok: false; readonly problem: ImapProblem | 'no_sent_folder'; readonly answer: string };

/**
 * Leaves one copy in the Sent folder where the server has filed one for each recipient: those of `others` go to the trash, where their
 * owner still finds them. Only what `isOurs` says is moved, and nothing while the one to keep is not there. Never rejects.
 */
export async function mergeSentCopies(
  access: ImapAccess,
  copies: {
    /** Message-IDs without angle brackets. */
    readonly keep: string;
    readonly others: readonly string[];
    readonly isOurs: (head: Buffer, messageId: string) => boolean;
  },
): Promise<MergedCopies> {
  const connected = await connectImap(access);
  if (!connected.ok) return connected;
  const { client } = connected;
  try {
    const folder = await findSentFolder(client);
    const trash = (await client.list()).find((one) => one.specialUse === '\\Trash')?.path;
    if (folder === null || trash === undefined) return { ok: false, problem: 'no_sent_folder', answer: '' };
    await client.mailboxOpen(folder);
    const all = copies.others.length;
    if ((await find(client, copies.keep, copies.isOurs)).length === 0)
      return { ok: true, folder, moved: 0, missing: all + 1 };
    const found = [];
    for (const id of copies.others) found.push(await find(client, id, copies.isOurs));
    const uids = found.flat();
    if (uids.length > 0) await client.messageMove(uids, trash, { uid: true });
    return { ok: true, folder, moved: uids.length, missing: found.filter((one) => one.length === 0).length };
  } catch (error) {
    return { ok: false, ...problemOf(error) };
  } finally {
    await leaveImap(client);
  }
}

async function find(
  client: ImapFlow,
  messageId: string,
  isOurs: (head: Buffer, messageId: string) => boolean,
): Promise<number[]> {
  const uids = (await client.search({ header: { 'Message-ID': messageId } }, { uid: true })) || [];
  const ours: number[] = [];
  for (const uid of uids) {
    const mail = await client.fetchOne(String(uid), { headers: true }, { uid: true });
    const head = mail ? mail.headers : undefined;
    if (head && isOurs(head, messageId)) ours.push(uid);
  }
  return ours;
}
