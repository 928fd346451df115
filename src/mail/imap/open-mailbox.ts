import type { ImapFlow } from 'imapflow';
import { connectImap, type ImapAccess, type ImapProblem, leaveImap, problemOf } from './connect-imap.ts';

/** A mail as far as its head tells. */
export interface MailHead {
  readonly uid: number;
  /** Octets of the whole mail. */
  readonly size: number;
  /** The header block as it lies there. */
  readonly head: Buffer;
  readonly receivedAt: Date | null;
}

/** An inbox that is open for reading only: nothing in it can be marked or deleted through this. */
export interface ReadableMailbox {
  /** Another one means that all numbers were given anew (RFC 3501 §2.3.1.1). */
  readonly uidValidity: number;
  readonly uidNext: number;
  /** Heads of the mails with that number and later ones, at most `limit`. */
  heads(fromUid: number, limit: number): Promise<readonly MailHead[]>;
  /** Numbers of the mails that came since then, oldest first. */
  uidsSince(date: Date): Promise<readonly number[]>;
  /** The first `maxBytes` of a mail; null when it is gone. */
  fetch(uid: number, maxBytes: number): Promise<Buffer | null>;
  /** Waits until something may have come (IDLE, RFC 2177), the connection ends, or the signal is given. True: it is still open. */
  wait(signal: AbortSignal, ms: number): Promise<boolean>;
  close(): Promise<void>;
}

export type OpenedMailbox =
  | { readonly ok: true; readonly mailbox: ReadableMailbox }
  | { readonly ok: false; readonly problem: ImapProblem; readonly answer: string };

/** Opens the inbox with EXAMINE, so that the server itself refuses every change. Never rejects. */
export async function openMailbox(access: ImapAccess): Promise<OpenedMailbox> {
  const connected = await connectImap(access);
  if (!connected.ok) return connected;
  const { client } = connected;
  try {
    const box = await client.mailboxOpen('INBOX', { readOnly: true });
    return { ok: true, mailbox: makeReadable(client, Number(box.uidValidity), box.uidNext) };
  } catch (error) {
    client.close();
    return { ok: false, ...problemOf(error) };
  }
}

function makeReadable(client: ImapFlow, uidValidity: number, uidNext: number): ReadableMailbox {
  return {
    uidValidity,
    uidNext,
    heads: async (fromUid, limit) => {
      const found = (await client.search({ uid: `${fromUid}:*` }, { uid: true })) || [];
      // `n:*` gives the last one whatever its number (RFC 3501 §6.4.8).
      const uids = found
        .filter((uid) => uid >= fromUid)
        .toSorted((a, b) => a - b)
        .slice(0, limit);
      if (uids.length === 0) return [];
      const heads: MailHead[] = [];
      const query = { uid: true, size: true, headers: true, internalDate: true } as const;
      for await (const mail of client.fetch(uids, query, { uid: true })) {
        const { uid, size = 0, headers, internalDate } = mail;
        heads.push({ uid, size, head: headers ?? Buffer.alloc(0), receivedAt: dateOf(internalDate) });
      }
      return heads.sort((a, b) => a.uid - b.uid);
    },
    uidsSince: async (date) => {
      const found = await client.search({ since: date }, { uid: true });
      return found ? found.toSorted((a, b) => a - b) : [];
    },
    fetch: async (uid, maxBytes) => {
      const mail = await client.fetchOne(String(uid), { source: { maxLength: maxBytes } }, { uid: true });
      return mail ? (mail.source ?? null) : null;
    },
    wait: (signal, ms) => waitFor(client, signal, ms),
    close: () => leaveImap(client),
  };
}

function dateOf(value: Date | string | undefined): Date | null {
  return value === undefined ? null : new Date(value);
}

/** The client idles by itself when nothing is asked of it. */
async function waitFor(client: ImapFlow, signal: AbortSignal, ms: number): Promise<boolean> {
  if (signal.aborted || !client.usable) return client.usable;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      client.off('exists', done);
      client.off('close', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    client.on('exists', done);
    client.on('close', done);
    signal.addEventListener('abort', done, { once: true });
    client.idle().catch(() => undefined);
  });
  return client.usable;
}
