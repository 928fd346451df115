import { type Selectable, sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { Mailbox } from './mailbox.ts';

export interface MailboxTables {
  mailboxes: {
    sender_id: string;
    company_id: string;
    host: string;
    port: number;
    security: Mailbox['security'];
    user_name: string | null;
    secret: Buffer | null;
    verify_certificate: boolean;
    state: Mailbox['state'];
    problem: string | null;
    checked_at: Date | null;
    uid_validity: number | null;
    next_uid: number | null;
    read_at: Date | null;
    watched_by: string | null;
    watched_until: Date | null;
    keep_sent_since: Date | null;
    created_at: Date;
  };
}

/** A row with its sealed secret, which stays inside this folder. */
export type MailboxRow = Selectable<MailboxTables['mailboxes']>;
type MailboxTx = Tx<MailboxTables>;

export async function selectMailboxes(tx: MailboxTx, companyId: string): Promise<Mailbox[]> {
  const rows = await tx.selectFrom('mailboxes').selectAll().where('company_id', '=', companyId).execute();
  return rows.map(toMailbox);
}

export async function selectMailbox(
  tx: MailboxTx,
  companyId: string,
  senderId: string,
): Promise<MailboxRow | null> {
  const row = await tx
    .selectFrom('mailboxes')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('sender_id', '=', senderId)
    .executeTakeFirst();
  return row ?? null;
}

/** Writes where a mailbox is; reading begins anew with what comes from now on. */
export async function upsertMailbox(
  tx: MailboxTx,
  row: Pick<
    MailboxRow,
    | 'sender_id'
    | 'company_id'
    | 'host'
    | 'port'
    | 'security'
    | 'user_name'
    | 'secret'
    | 'verify_certificate'
    | 'keep_sent_since'
    | 'created_at'
  >,
): Promise<void> {
  const fresh = {
    ...{ state: 'unchecked' as const, problem: null, checked_at: null, uid_validity: null, next_uid: null },
    ...{ read_at: row.created_at, watched_by: null, watched_until: null },
  };
  const { sender_id, company_id, created_at, ...settings } = row;
  await tx
    .insertInto('mailboxes')
    .values({ ...row, ...fresh })
    .onConflict((conflict) => conflict.column('sender_id').doUpdateSet({ ...settings, ...fresh }))
    .execute();
}

export async function deleteMailbox(tx: MailboxTx, companyId: string, senderId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('mailboxes')
    .where('company_id', '=', companyId)
    .where('sender_id', '=', senderId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Takes mailboxes that nobody watches, for `worker` until `until`. */
export async function claimMailboxes(
  tx: MailboxTx,
  claim: { readonly worker: string; readonly now: Date; readonly until: Date; readonly limit: number },
): Promise<MailboxRow[]> {
  const { rows } = await sql<MailboxRow>`
    with free as (select sender_id from mailboxes where watched_until is null or watched_until < ${claim.now}
      order by sender_id limit ${claim.limit} for update skip locked)
    update mailboxes set watched_by = ${claim.worker}, watched_until = ${claim.until} from free
    where mailboxes.sender_id = free.sender_id returning mailboxes.*`.execute(tx);
  return rows;
}

/** Keeps a mailbox for this worker, or gives it back (`until` null). False when it was taken away or changed meanwhile. */
export async function keepMailbox(
  tx: MailboxTx,
  which: { readonly companyId: string; readonly senderId: string; readonly worker: string },
  until: Date | null,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('mailboxes')
    .set({ watched_until: until, ...(until ? {} : { watched_by: null }) })
    .where('company_id', '=', which.companyId)
    .where('sender_id', '=', which.senderId)
    .where('watched_by', '=', which.worker)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Writes how far a mailbox was read, or what is wrong with it. */
export async function updateMailbox(
  tx: MailboxTx,
  which: { readonly companyId: string; readonly senderId: string },
  columns: Partial<
    Pick<
      MailboxRow,
      'state' | 'problem' | 'checked_at' | 'uid_validity' | 'next_uid' | 'read_at' | 'watched_until'
    >
  >,
): Promise<void> {
  await tx
    .updateTable('mailboxes')
    .set(columns)
    .where('company_id', '=', which.companyId)
    .where('sender_id', '=', which.senderId)
    .execute();
}

export function toMailbox(row: MailboxRow): Mailbox {
  return {
    senderId: row.sender_id,
    companyId: row.company_id,
    host: row.host,
    port: row.port,
    security: row.security,
    user: row.user_name,
    hasPassword: row.secret !== null,
    verifyCertificate: row.verify_certificate,
    keepsSent: row.keep_sent_since !== null,
    state: row.state,
    problem: row.problem as Mailbox['problem'],
    checkedAt: row.checked_at,
  };
}
