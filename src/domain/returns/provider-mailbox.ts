import { type EvidenceTables, record } from '#domain/evidence';
import {
  type GrantDeps,
  getGrant,
  getSender,
  isProviderSender,
  mayOpenMailbox,
  type ProviderSender,
  type SenderTables,
  type SmtpDeps,
  sendersByIds,
  withAccessToken,
} from '#domain/senders';
import type { ImapAccess } from '#mail/imap';
import { asWorker, type Database, type Tx } from '#stores/database';
import { disconnectMailbox, mailboxAccess } from './connect-mailbox.ts';
import type { MailboxProblem } from './mailbox.ts';
import { type MailboxRow, type MailboxTables, selectMailbox, upsertMailbox } from './mailbox-table.ts';

/** What mailboxes are opened with. */
export type OpeningDeps = SmtpDeps & GrantDeps;

type Used<Result> =
  | { readonly ok: true; readonly result: Result; readonly sender: { readonly address: string } }
  | { readonly ok: false; readonly reason: MailboxProblem };

/**
 * Opens a sender's mailbox with its password, or with an access token of its account, and does something with it; a token that is refused
 * is renewed and tried once more. Network, so never inside a transaction.
 */
export async function withMailbox<Result extends { readonly ok: boolean; readonly problem?: string }>(
  needs: { readonly database: Database<MailboxTables & SenderTables>; readonly senders: OpeningDeps },
  row: MailboxRow,
  use: (access: ImapAccess) => Promise<Result>,
): Promise<Used<Result>> {
  const { senders: deps } = needs;
  const [sender] = await asWorker(needs.database, (tx) => sendersByIds(tx, [row.sender_id]));
  if (!sender || !isProviderSender(sender)) {
    const found = await asWorker(needs.database, (tx) => mailboxAccess(tx, deps, row));
    if (!found.ok) return found;
    return { ok: true, result: await use(found.access), sender: { address: found.address } };
  }
  const provider = deps.providers[sender.method];
  if (!provider) return { ok: false, reason: 'provider_not_set_up' };
  const used = await withAccessToken(
    deps,
    { companyId: row.company_id, senderId: row.sender_id },
    (secret, user) => use(accessTo(provider.imap, { user, secret })),
    (result) => result.problem === 'wrong_password',
  );
  if (!used.ok) return { ok: false, reason: used.problem };
  return { ok: true, result: used.result, sender: { address: sender.address } };
}

function accessTo(
  { host, port, security }: { readonly host: string; readonly port: number; readonly security: string },
  who: { readonly user: string; readonly secret: string },
): ImapAccess {
  const wanted = security === 'implicit' || security === 'none' ? security : 'starttls';
  return { host, port, security: wanted, verifyCertificate: true, method: 'xoauth2', ...who };
}

/**
 * Does what the owner of an account wants of its mailbox: connects it where he allows it and has granted it, else forgets it. Returns
 * `again` where he allows it here, but has to consent to it at the provider first.
 */
export async function followMailboxChoice(
  tx: Tx<MailboxTables & SenderTables & EvidenceTables>,
  deps: Pick<OpeningDeps, 'providers'>,
  ref: {
    readonly companyId: string;
    readonly senderId: string;
    readonly actor: 'user' | 'program';
    readonly by: string;
  },
  now: Date,
): Promise<'connected' | 'none' | 'again'> {
  const sender = await getSender(tx, ref.companyId, ref.senderId);
  if (!sender || !isProviderSender(sender) || !sender.usesMailbox) {
    await disconnectMailbox(tx, ref, now);
    return 'none';
  }
  const provider = deps.providers[sender.method];
  const grant = await getGrant(tx, ref);
  if (!provider || grant?.state !== 'live') return 'none';
  if (!mayOpenMailbox(provider, grant.scopes)) return 'again';
  if (!(await selectMailbox(tx, ref.companyId, ref.senderId)))
    await connect(tx, provider.imap, { ...ref, sender }, now);
  return 'connected';
}

async function connect(
  tx: Tx<MailboxTables & SenderTables & EvidenceTables>,
  { host, port }: { readonly host: string; readonly port: number },
  ref: Parameters<typeof followMailboxChoice>[2] & { readonly sender: ProviderSender },
  now: Date,
): Promise<void> {
  const { companyId, senderId, actor, by } = ref;
  await upsertMailbox(tx, {
    sender_id: senderId,
    company_id: companyId,
    ...{ host, port, security: 'implicit', secret: null, user_name: null, verify_certificate: true },
    keep_sent_since: now,
    created_at: now,
  });
  const data = { sender: senderId, by, host };
  await record(tx, [{ type: 'sender.mailbox_connected', companyId, at: now, actor, data }]);
}
