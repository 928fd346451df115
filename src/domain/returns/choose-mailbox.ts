import type { EvidenceTables } from '#domain/evidence';
import { changeSender, deleteSender, getSender, isProviderSender, type SenderTables } from '#domain/senders';
import { isTied, type TemplateTables, untieSender } from '#domain/templates';
import type { Tx } from '#stores/database';
import {
  connectMailbox,
  disconnectMailbox,
  type MailboxConnected,
  type MailboxRefusal,
} from './connect-mailbox.ts';
import type { MailboxInput } from './mailbox.ts';
import { type MailboxTables, selectMailbox, toMailbox } from './mailbox-table.ts';
import { followMailboxChoice, type OpeningDeps } from './provider-mailbox.ts';

type ChooseTx = Tx<MailboxTables & SenderTables & EvidenceTables>;
type Ref = Parameters<typeof followMailboxChoice>[2];

/** Of an account at Google or Microsoft nothing is said: where its mailbox is follows from the account, and copies are always tidied up. */
export type MailboxChoice = Partial<MailboxInput>;

export type MailboxChosen =
  | MailboxConnected
  | {
      readonly ok: false;
      readonly reason: MailboxRefusal | 'account_has_its_server' | 'mailbox_not_granted' | 'host_missing';
    };

/**
 * Lets the mailbox of any sender that has one be read: by the settings that are given, or at Google and Microsoft by what the owner of the
 * account has granted. Refuses `mailbox_not_granted` where he has not yet, and settings for a mailbox whose place is known.
 */
export async function chooseMailbox(
  tx: ChooseTx,
  deps: OpeningDeps,
  ref: Ref,
  choice: MailboxChoice,
  now: Date,
): Promise<MailboxChosen> {
  const sender = await getSender(tx, ref.companyId, ref.senderId);
  if (!sender || sender.deletedAt) return { ok: false, reason: 'not_found' };
  if (!isProviderSender(sender)) {
    const { host, port, security } = choice;
    if (sender.method === 'smtp' && (host === undefined || port === undefined || security === undefined))
      return { ok: false, reason: 'host_missing' };
    const where = { host: host ?? '', port: port ?? 0, security: security ?? 'implicit' } as const;
    return connectMailbox(tx, deps, ref, { user: null, ...choice, ...where }, now);
  }
  if (Object.values(choice).some((value) => value !== undefined && value !== null))
    return { ok: false, reason: 'account_has_its_server' };
  const changed = await changeSender(tx, deps, ref, { usesMailbox: true }, ref.actor, now);
  if (!changed.ok) return { ok: false, reason: 'not_found' };
  const done = await followMailboxChoice(tx, deps, ref, now);
  const row = done === 'connected' ? await selectMailbox(tx, ref.companyId, ref.senderId) : null;
  return row ? { ok: true, mailbox: toMailbox(row) } : { ok: false, reason: 'mailbox_not_granted' };
}

/** Reads a mailbox no more, and at Google and Microsoft does not ask for it again; false when none was connected. */
export async function leaveMailbox(tx: ChooseTx, deps: OpeningDeps, ref: Ref, now: Date): Promise<boolean> {
  const sender = await getSender(tx, ref.companyId, ref.senderId);
  if (sender && !sender.deletedAt && isProviderSender(sender))
    await changeSender(tx, deps, ref, { usesMailbox: false }, ref.actor, now);
  return disconnectMailbox(tx, ref, now);
}

/**
 * Takes a sender out of use (`deleteSender`) and ends the reading of its mailbox: its password or grant is gone with it. Reports that only
 * that mailbox would have shown are not seen any more; those to a return path of ours still are. Refuses `sender_in_rule` also while texts
 * are tied to it and go out from it by the rule in force: another one is put there first.
 */
export async function removeSender(
  tx: Tx<MailboxTables & SenderTables & EvidenceTables & TemplateTables>,
  ref: Ref,
  now: Date,
): ReturnType<typeof deleteSender> {
  const { companyId, senderId } = ref;
  if (await isTied(tx, companyId, senderId)) return { ok: false, reason: 'sender_in_rule' };
  const removed = await deleteSender(tx, ref, ref.actor, now);
  if (!removed.ok) return removed;
  await untieSender(tx, companyId, senderId);
  await disconnectMailbox(tx, ref, now);
  return removed;
}
