import type { ImapFlow } from 'imapflow';
import { connectImap, type ImapAccess, type ImapProblem, leaveImap, problemOf } from './connect-imap.ts';

export type FiledCopy =
  /** `filed`: it was put there. `there`: one with this Message-ID lay there already, so nothing was done. */
  | { readonly ok: true; readonly done: 'filed' | 'there'; readonly folder: string }
  | { readonly ok: false; readonly problem: ImapProblem | 'no_sent_folder'; readonly answer: string };

/**
 * Puts a copy of a mail that was sent into the Sent folder, marked as read, unless one with its Message-ID is there: asked again
 * after a crash, or at a provider that keeps copies itself, it files nothing twice. `messageId` has no angle brackets. Never rejects.
 */
export async function fileSentCopy(
  access: ImapAccess,
  mail: { readonly bytes: Buffer; readonly messageId: string; readonly sentAt: Date },
): Promise<FiledCopy> {
  const connected = await connectImap(access);
  if (!connected.ok) return connected;
  const { client } = connected;
  try {
    const folder = await findSentFolder(client);
    if (folder === null) return { ok: false, problem: 'no_sent_folder', answer: '' };
    await client.mailboxOpen(folder, { readOnly: true });
    const found = await client.search({ header: { 'Message-ID': mail.messageId } }, { uid: true });
    if (found && found.length > 0) return { ok: true, done: 'there', folder };
    const put = await client.append(folder, mail.bytes, ['\\Seen'], mail.sentAt);
    return put ? { ok: true, done: 'filed', folder } : { ok: false, problem: 'protocol_error', answer: '' };
  } catch (error) {
    return { ok: false, ...problemOf(error) };
  } finally {
    await leaveImap(client);
  }
}

/**
 * The folder for sent mail: the one that the server marks as such (RFC 6154 §2, `\Sent`), else one with a name that mail programs
 * use for it in any language. Null: there is none.
 */
export async function findSentFolder(client: ImapFlow): Promise<string | null> {
  const sent = (await client.list()).filter(({ specialUse, flags }) => {
    return specialUse === '\\Sent' && !flags.has('\\Noselect');
  });
  const marked = sent.find((one) => one.specialUseSource === 'extension');
  return (marked ?? sent[0])?.path ?? null;
}
