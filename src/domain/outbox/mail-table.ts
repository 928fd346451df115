import { type Selectable, sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { OutboxTables } from './outbox-tables.ts';

/** A mail in the archive: its own part, sealed (`mail-seal.ts`), and the hashes of the shared ones. */
export type ArchivedMail = Selectable<OutboxTables['mails']>;

/** Archives mails; one that is archived already stays as it is. */
export async function insertMails(tx: Tx<OutboxTables>, mails: readonly ArchivedMail[]): Promise<void> {
  if (mails.length === 0) return;
  await sql`
    insert into mails (message_id, company_id, head, parts, tail, bytes, sha256, created_at, sealed)
    select * from unnest(${mails.map((mail) => mail.message_id)}::text[], ${mails.map((mail) => mail.company_id)}::text[],
      ${mails.map((mail) => mail.head)}::bytea[], ${mails.map((mail) => JSON.stringify(mail.parts))}::jsonb[],
      ${mails.map((mail) => mail.tail)}::bytea[], ${mails.map((mail) => mail.bytes)}::int[],
      ${mails.map((mail) => mail.sha256)}::text[], ${mails.map((mail) => mail.created_at)}::timestamptz[],
      ${mails.map((mail) => mail.sealed)}::boolean[])
    on conflict (message_id) do nothing`.execute(tx);
}

/** Deletes the archived mails of these messages and returns the SHA-256 of each. */
export async function deleteMails(
  tx: Tx<OutboxTables>,
  companyId: string,
  messageIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ sha256: string }>`delete from mails where company_id = ${companyId}
    and message_id = any (${[...messageIds]}::text[]) returning sha256`.execute(tx);
  return rows.map((row) => row.sha256);
}

export function selectMails(tx: Tx<OutboxTables>, messageIds: readonly string[]): Promise<ArchivedMail[]> {
  if (messageIds.length === 0) return Promise.resolve([]);
  return tx.selectFrom('mails').selectAll().where('message_id', 'in', messageIds).execute();
}

/** Up to `limit` mails that are not sealed yet, locked; those that another process has in its hands are passed over. */
export function selectUnsealed(tx: Tx<OutboxTables>, limit: number): Promise<ArchivedMail[]> {
  const waiting = tx.selectFrom('mails').selectAll().where('sealed', '=', false);
  return waiting.orderBy('message_id').limit(limit).forUpdate().skipLocked().execute();
}

export async function updateSealed(tx: Tx<OutboxTables>, mails: readonly ArchivedMail[]): Promise<void> {
  await sql`update mails set head = one.head, sealed = true
    from unnest(${mails.map((mail) => mail.message_id)}::text[], ${mails.map((mail) => mail.head)}::bytea[]) as one (id, head)
    where mails.message_id = one.id`.execute(tx);
}
