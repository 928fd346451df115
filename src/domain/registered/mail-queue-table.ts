import { type Selectable, sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { RegisteredTables } from './delivery-table.ts';

type RegisteredTx = Tx<RegisteredTables>;
export type QueuedMail = Selectable<RegisteredTables['delivery_mails']>;

/** Queues mails about a delivery; one of its kind to its side that is known already stays as it is. */
export async function queueMails(
  tx: RegisteredTx,
  mails: readonly Pick<QueuedMail, 'message_id' | 'company_id' | 'kind' | 'side' | 'at'>[],
): Promise<void> {
  if (mails.length === 0) return;
  await tx
    .insertInto('delivery_mails')
    .values(mails.map((mail) => ({ ...mail, due_at: mail.at, tries: 0, sent_at: null })))
    .onConflict((conflict) => conflict.columns(['message_id', 'kind', 'side']).doNothing())
    .execute();
}

/** Takes one due mail and puts its next try off, so that no other process takes it meanwhile; null when none is due. */
export async function takeDueMail(tx: RegisteredTx, now: Date, nextTry: Date): Promise<QueuedMail | null> {
  const { rows } = await sql<QueuedMail>`
    update delivery_mails set due_at = ${nextTry}, tries = tries + 1
    where (message_id, kind, side) = (select message_id, kind, side from delivery_mails
      where sent_at is null and due_at <= ${now} and tries < 20 order by due_at limit 1 for update skip locked)
    returning *`.execute(tx);
  return rows[0] ?? null;
}

/** Locks a mail until the transaction ends; false when it has been given away. */
export async function lockUnsentMail(tx: RegisteredTx, mail: QueuedMail): Promise<boolean> {
  const row = await tx
    .selectFrom('delivery_mails')
    .select('sent_at')
    .where('message_id', '=', mail.message_id)
    .where('kind', '=', mail.kind)
    .where('side', '=', mail.side)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined && row.sent_at === null;
}

/** Notes that a mail was given to the outbox: from then on it is the outbox that sees to it. */
export async function markMailSent(tx: RegisteredTx, mail: QueuedMail, at: Date): Promise<void> {
  await tx
    .updateTable('delivery_mails')
    .set({ sent_at: at })
    .where('message_id', '=', mail.message_id)
    .where('kind', '=', mail.kind)
    .where('side', '=', mail.side)
    .execute();
}
