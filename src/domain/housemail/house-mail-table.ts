import { type Generated, type Selectable, sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { HouseContent, HouseMail, HouseOutcome } from './house-mail.ts';

export interface HouseMailTables {
  house_mails: {
    id: string;
    company_id: string;
    kind: HouseContent['kind'];
    address: string;
    content: HouseContent | null;
    message_id: string | null;
    due_at: Date;
    tries: Generated<number>;
    first_tried_at: Date | null;
    dot_at: Date | null;
    problem: string | null;
    outcome: HouseOutcome | null;
    done_at: Date | null;
    created_at: Date;
  };
}

type HouseTx = Tx<HouseMailTables>;

export async function insertHouseMail(
  tx: HouseTx,
  mail: Pick<HouseMail, 'id' | 'companyId' | 'address' | 'messageId' | 'createdAt'> & {
    readonly content: HouseContent;
  },
): Promise<void> {
  await tx
    .insertInto('house_mails')
    .values({
      id: mail.id,
      company_id: mail.companyId,
      kind: mail.content.kind,
      address: mail.address,
      content: JSON.stringify(mail.content) as never,
      message_id: mail.messageId,
      due_at: mail.createdAt,
      created_at: mail.createdAt,
    })
    .execute();
}

/** Takes mails that are due, until `until`: whoever dies with them in hand gives them back by that. */
export async function leaseHouseMails(
  tx: HouseTx,
  lease: { readonly now: Date; readonly until: Date; readonly limit: number },
): Promise<HouseMail[]> {
  const { rows } = await sql<Selectable<HouseMailTables['house_mails']>>`
    with due as (select id from house_mails where done_at is null and due_at <= ${lease.now}
      order by due_at limit ${lease.limit} for update skip locked)
    update house_mails set due_at = ${lease.until}, tries = tries + 1,
      first_tried_at = coalesce(first_tried_at, ${lease.now}) from due where house_mails.id = due.id
    returning house_mails.*`.execute(tx);
  return rows.map(toHouseMail);
}

type Taken = Pick<HouseMail, 'id' | 'companyId' | 'tries'>;

/** Notes that the end of a mail is about to leave; false when somebody else has taken it meanwhile. */
export async function markDot(tx: HouseTx, mail: Taken, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await own(tx, mail).set({ dot_at: at }).executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Ends a mail; its content is forgotten. False when somebody else has taken it meanwhile. */
export async function finishHouseMail(
  tx: HouseTx,
  mail: Taken,
  end: { readonly outcome: HouseOutcome; readonly problem: string | null; readonly at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await own(tx, mail)
    .set({ outcome: end.outcome, problem: end.problem, done_at: end.at, content: null })
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Puts a mail off. Nothing of this try can still arrive, so its dot is forgotten. */
export async function postponeHouseMail(
  tx: HouseTx,
  mail: Taken,
  next: { readonly dueAt: Date; readonly problem: string | null },
): Promise<void> {
  await own(tx, mail).set({ due_at: next.dueAt, problem: next.problem, dot_at: null }).execute();
}

function own(tx: HouseTx, { companyId, id, tries }: Taken) {
  return tx
    .updateTable('house_mails')
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .where('tries', '=', tries)
    .where('done_at', 'is', null);
}

/** Ends a mail of which a report says that it did not arrive; null when it was ended so before, or is gone. */
export async function refuseSent(
  tx: HouseTx,
  id: string,
  problem: string,
): Promise<Pick<HouseMail, 'companyId' | 'messageId' | 'address'> | null> {
  const row = await tx
    .updateTable('house_mails')
    .set({ outcome: 'refused', problem })
    .where('id', '=', id)
    .where('outcome', 'in', ['sent', 'unconfirmed'])
    .returning(['company_id', 'message_id', 'address'])
    .executeTakeFirst();
  return row ? { companyId: row.company_id, messageId: row.message_id, address: row.address } : null;
}

/** How many mails were passed on about a message since then. */
export async function countPassedOn(
  tx: HouseTx,
  of: { readonly companyId: string; readonly messageId: string; readonly since: Date },
): Promise<number> {
  const row = await tx
    .selectFrom('house_mails')
    .select((all) => all.fn.countAll<number>().as('count'))
    .where('company_id', '=', of.companyId)
    .where('message_id', '=', of.messageId)
    .where('created_at', '>', of.since)
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function deleteDoneBefore(tx: HouseTx, before: Date): Promise<void> {
  await tx.deleteFrom('house_mails').where('done_at', '<', before).execute();
}

function toHouseMail(row: Selectable<HouseMailTables['house_mails']>): HouseMail {
  return {
    id: row.id,
    companyId: row.company_id,
    kind: row.kind,
    address: row.address,
    content: row.content,
    messageId: row.message_id,
    dueAt: row.due_at,
    tries: row.tries,
    firstTriedAt: row.first_tried_at,
    dotAt: row.dot_at,
    problem: row.problem,
    createdAt: row.created_at,
  };
}
