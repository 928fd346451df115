import { openSecret, sealSecret } from '#base/crypto';
import { type EventData, type EvidenceTables, type Fact, record } from '#domain/evidence';
import {
  getSender,
  guardedLookup,
  hostAllowed,
  normaliseHost,
  openSmtpAccess,
  type SenderTables,
  type SmtpDeps,
} from '#domain/senders';
import type { ImapAccess } from '#mail/imap';
import type { Tx } from '#stores/database';
import { type Mailbox, type MailboxInput, type MailboxProblem, mailboxPurpose } from './mailbox.ts';
import {
  deleteMailbox,
  type MailboxRow,
  type MailboxTables,
  selectMailbox,
  toMailbox,
  upsertMailbox,
} from './mailbox-table.ts';

type ConnectTx = Tx<MailboxTables & SenderTables & EvidenceTables>;
type Ref = { readonly companyId: string; readonly senderId: string };

export type MailboxRefusal =
  | 'not_found'
  | 'method_has_no_mailbox'
  | 'host_invalid'
  | 'host_not_allowed'
  | 'port_invalid'
  | 'password_missing';

export type MailboxConnected =
  | { readonly ok: true; readonly mailbox: Mailbox }
  | { readonly ok: false; readonly reason: MailboxRefusal };

/**
 * Lets the mailbox of a sender be read for what comes back. A worker opens it within seconds; whether that works stands in its
 * state. Refuses senders that have no mailbox of their own, and a user of its own without a password.
 */
export async function connectMailbox(
  tx: ConnectTx,
  deps: Pick<SmtpDeps, 'key' | 'hostPolicy'>,
  ref: Ref & { readonly actor: 'user' | 'program'; readonly by: string },
  input: MailboxInput,
  now: Date,
): Promise<MailboxConnected> {
  const sender = await getSender(tx, ref.companyId, ref.senderId);
  if (!sender || sender.deletedAt) return { ok: false, reason: 'not_found' };
  if (sender.method !== 'smtp') return { ok: false, reason: 'method_has_no_mailbox' };
  const host = normaliseHost(input.host);
  if (!host) return { ok: false, reason: 'host_invalid' };
  if (!hostAllowed(host, deps.hostPolicy)) return { ok: false, reason: 'host_not_allowed' };
  const { port, security, user } = input;
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return { ok: false, reason: 'port_invalid' };
  const known = await selectMailbox(tx, ref.companyId, ref.senderId);
  const secret =
    input.password === undefined
      ? (known?.secret ?? null)
      : input.password
        ? sealSecret(deps.key, mailboxPurpose(ref.senderId), input.password)
        : null;
  if (secret === null && (user !== null || !sender.hasPassword))
    return { ok: false, reason: 'password_missing' };
  await upsertMailbox(tx, {
    sender_id: ref.senderId,
    company_id: ref.companyId,
    ...{ host, port, security, secret, user_name: user },
    verify_certificate: input.verifyCertificate ?? true,
    keep_sent_since: keepSince(input.keepSent, known?.keep_sent_since ?? null, now),
    created_at: now,
  });
  const row = await selectMailbox(tx, ref.companyId, ref.senderId);
  await record(tx, [fact('sender.mailbox_connected', ref, { host }, now)]);
  return row ? { ok: true, mailbox: toMailbox(row) } : { ok: false, reason: 'not_found' };
}

/** What left before somebody asked for copies is not copied. */
function keepSince(wanted: boolean | undefined, before: Date | null, now: Date): Date | null {
  if (wanted === undefined) return before;
  return wanted ? (before ?? now) : null;
}

/** Reads a sender's mailbox no more and forgets its password; false when none was connected. */
export async function disconnectMailbox(
  tx: ConnectTx,
  ref: Ref & { readonly actor: 'user' | 'program'; readonly by: string },
  now: Date,
): Promise<boolean> {
  if (!(await deleteMailbox(tx, ref.companyId, ref.senderId))) return false;
  await record(tx, [fact('sender.mailbox_disconnected', ref, {}, now)]);
  return true;
}

/** How to open a mailbox; the result holds the secret. */
export async function mailboxAccess(
  tx: Tx<MailboxTables & SenderTables>,
  deps: SmtpDeps,
  row: MailboxRow,
): Promise<
  | { readonly ok: true; readonly access: ImapAccess; readonly address: string }
  | { readonly ok: false; readonly reason: MailboxProblem }
> {
  const smtp = await openSmtpAccess(tx, deps, { companyId: row.company_id, senderId: row.sender_id });
  if (!smtp.ok)
    return { ok: false, reason: smtp.reason === 'host_not_allowed' ? smtp.reason : 'secret_unreadable' };
  if (!hostAllowed(row.host, deps.hostPolicy)) return { ok: false, reason: 'host_not_allowed' };
  const own = row.secret ? opened(deps.key, row.sender_id, row.secret) : undefined;
  const secret = own === undefined ? smtp.options.auth?.secret : own;
  const user = row.user_name ?? smtp.options.auth?.user;
  if (typeof secret !== 'string' || !user) return { ok: false, reason: 'secret_unreadable' };
  const { host, port, security, verify_certificate: verifyCertificate } = row;
  const lookup = guardedLookup(deps.hostPolicy, deps.smtp?.lookup);
  const access = { host, port, security, user, secret, verifyCertificate, lookup };
  return { ok: true, access, address: smtp.sender.address };
}

function opened(key: Uint8Array, senderId: string, sealed: Buffer): string | null {
  try {
    return openSecret(key, mailboxPurpose(senderId), sealed);
  } catch {
    return null;
  }
}

function fact(
  type: 'sender.mailbox_connected' | 'sender.mailbox_disconnected',
  ref: Ref & { readonly actor: 'user' | 'program'; readonly by: string },
  data: EventData,
  at: Date,
): Fact {
  const { companyId, actor, by, senderId } = ref;
  return { type, companyId, at, actor, data: { sender: senderId, by, ...data } };
}
