import { ImapFlow } from 'imapflow';

/** Where a mailbox is and how to sign in; `secret` goes nowhere else. */
export interface ImapAccess {
  readonly host: string;
  readonly port: number;
  readonly security: 'implicit' | 'starttls' | 'none';
  readonly user: string;
  readonly secret: string;
  readonly verifyCertificate: boolean;
}

/** Why a mailbox cannot be read, as a stable word. */
export type ImapProblem =
  | 'connection_refused'
  | 'connection_timeout'
  | 'host_not_found'
  | 'certificate_invalid'
  | 'tls_failed'
  | 'wrong_password'
  | 'network_error'
  | 'protocol_error';

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

const connectMs = 20_000;
const silenceMs = 5 * 60_000; // IDLE is renewed before servers hang up at 29 minutes, and routers at far less

/** Opens the inbox with EXAMINE, so that the server itself refuses every change. Never rejects. */
export async function openMailbox(access: ImapAccess): Promise<OpenedMailbox> {
  const client = new ImapFlow({
    host: access.host,
    port: access.port,
    secure: access.security === 'implicit',
    doSTARTTLS: access.security === 'implicit' ? undefined : access.security === 'starttls',
    tls: { rejectUnauthorized: access.verifyCertificate },
    auth: { user: access.user, pass: access.secret },
    logger: false,
    emitLogs: false,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs * 2,
    maxIdleTime: silenceMs,
  });
  client.on('error', () => undefined); // what breaks is seen by whoever waits or asks
  try {
    await client.connect();
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
    close: async () => {
      await Promise.race([
        client.logout(),
        new Promise((resolve) => setTimeout(resolve, 2000).unref()),
      ]).catch(() => undefined);
      client.close();
    },
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

const byCode: Readonly<Record<string, ImapProblem>> = {
  ECONNREFUSED: 'connection_refused',
  ETIMEDOUT: 'connection_timeout',
  CONNECT_TIMEOUT: 'connection_timeout',
  GREEETING_TIMEOUT: 'connection_timeout',
  ENOTFOUND: 'host_not_found',
  EAI_AGAIN: 'host_not_found',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate_invalid',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate_invalid',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate_invalid',
  CERT_HAS_EXPIRED: 'certificate_invalid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate_invalid',
  ECONNRESET: 'network_error',
  EPIPE: 'network_error',
};

function problemOf(error: unknown): { problem: ImapProblem; answer: string } {
  const { code, authenticationFailed, responseText, message } = error as {
    code?: string;
    authenticationFailed?: boolean;
    responseText?: string;
    message?: string;
  };
  const answer = String(responseText ?? message ?? '').slice(0, 1000);
  if (authenticationFailed) return { problem: 'wrong_password', answer };
  if (code?.startsWith('ERR_SSL') || code?.startsWith('ERR_TLS_'))
    return { problem: byCode[code] ?? 'tls_failed', answer };
  return { problem: byCode[code ?? ''] ?? 'protocol_error', answer };
}
