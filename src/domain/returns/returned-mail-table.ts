import { type Generated, type Selectable, sql } from 'kysely';
import type { HouseMailTables } from '#domain/housemail';
import type { Tx } from '#stores/database';
import type { MailboxTables } from './mailbox-table.ts';
import type { MatchedBy, ReturnedMail, Via } from './returned-mail.ts';
import type { SelfTestTables } from './self-test/self-test-table.ts';
import type { SentCopyTables } from './sent-copy-table.ts';

export interface ReturnsTables extends MailboxTables, HouseMailTables, SentCopyTables, SelfTestTables {
  returned_mails: {
    id: string;
    company_id: string;
    message_id: string | null;
    via: Via;
    sender_id: string | null;
    envelope_from: string;
    client_ip: string | null;
    client_name: string | null;
    sha256: string;
    bytes: number;
    received_at: Date;
    due_at: Date;
    tries: Generated<number>;
    kind: string | null;
    matched_by: MatchedBy | null;
    done_at: Date | null;
  };
  told_reports: { company_id: string; message_id: string; digest: string; told_at: Date };
}

type ReturnsTx = Tx<ReturnsTables>;

/** Keeps a mail; false when the same bytes about the same message are kept already. */
export async function insertReturnedMail(
  tx: ReturnsTx,
  mail: Omit<ReturnedMail, 'tries'> & { readonly size: number },
): Promise<boolean> {
  const { rows } = await sql`
    insert into returned_mails (id, company_id, message_id, via, sender_id, envelope_from, client_ip, client_name, sha256, bytes,
      received_at, due_at)
    values (${mail.id}, ${mail.companyId}, ${mail.messageId}, ${mail.via}, ${mail.senderId}, ${mail.envelopeFrom}, ${mail.clientIp},
      ${mail.clientName}, ${mail.sha256}, ${mail.size}, ${mail.receivedAt}, ${mail.receivedAt})
    on conflict (company_id, sha256, coalesce(message_id, '')) do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/** Takes mails that wait to be read, until `until`: whoever dies with them in hand gives them back by that. */
export async function leaseReturnedMails(
  tx: ReturnsTx,
  lease: { readonly now: Date; readonly until: Date; readonly limit: number },
): Promise<ReturnedMail[]> {
  const { rows } = await sql<Selectable<ReturnsTables['returned_mails']>>`
    with due as (select id from returned_mails where done_at is null and due_at <= ${lease.now}
      order by due_at limit ${lease.limit} for update skip locked)
    update returned_mails set due_at = ${lease.until}, tries = tries + 1 from due where returned_mails.id = due.id
    returning returned_mails.*`.execute(tx);
  return rows.map(toReturnedMail);
}

/** Writes down what a mail was found to be. `messageId` is the message that it is about. */
export async function finishReturnedMail(
  tx: ReturnsTx,
  mail: Pick<ReturnedMail, 'id' | 'companyId'>,
  found: { readonly kind: string; readonly matchedBy: MatchedBy | null; readonly at: Date },
): Promise<void> {
  await tx
    .updateTable('returned_mails')
    .set({ kind: found.kind, matched_by: found.matchedBy, done_at: found.at })
    .where('company_id', '=', mail.companyId)
    .where('id', '=', mail.id)
    .execute();
}

export async function postponeReturnedMail(
  tx: ReturnsTx,
  mail: Pick<ReturnedMail, 'id' | 'companyId'>,
  dueAt: Date,
): Promise<void> {
  await tx
    .updateTable('returned_mails')
    .set({ due_at: dueAt })
    .where('company_id', '=', mail.companyId)
    .where('id', '=', mail.id)
    .execute();
}

/** Notes that this was told of a message; false when it was told before. */
export async function insertTold(
  tx: ReturnsTx,
  told: {
    readonly companyId: string;
    readonly messageId: string;
    readonly digest: string;
    readonly at: Date;
  },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('told_reports')
    .values({ company_id: told.companyId, message_id: told.messageId, digest: told.digest, told_at: told.at })
    .onConflict((conflict) => conflict.columns(['message_id', 'digest']).doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

function toReturnedMail(row: Selectable<ReturnsTables['returned_mails']>): ReturnedMail {
  return {
    id: row.id,
    companyId: row.company_id,
    messageId: row.message_id,
    via: row.via,
    senderId: row.sender_id,
    envelopeFrom: row.envelope_from,
    clientIp: row.client_ip,
    clientName: row.client_name,
    sha256: row.sha256,
    receivedAt: row.received_at,
    tries: row.tries,
  };
}

/** Those of the hashes that other mails which came back have too. */
export async function selectShared(
  tx: ReturnsTx,
  companyId: string,
  mails: readonly { readonly id: string; readonly sha256: string }[],
): Promise<Set<string>> {
  const { rows } = await sql<{
    sha256: string;
  }>`select distinct sha256 from returned_mails where company_id = ${companyId}
    and sha256 = any (${mails.map((one) => one.sha256)}::text[]) and id <> all (${mails.map((one) => one.id)}::text[])`.execute(
    tx,
  );
  return new Set(rows.map((row) => row.sha256));
}
