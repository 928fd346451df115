import { type Generated, type Selectable, sql } from 'kysely';
import type { Tx } from '#stores/database';

export interface SentCopyTables {
  sent_copies: {
    dispatch_id: string;
    company_id: string;
    sender_id: string;
    message_id: string;
    due_at: Date;
    tries: Generated<number>;
    folder: string | null;
    problem: string | null;
    done_at: Date | null;
    created_at: Date;
  };
}

export type SentCopyRow = Selectable<SentCopyTables['sent_copies']>;
type CopyTx = Tx<SentCopyTables>;

/** Notes that a dispatch wants its copy; the first of its messages that left is the one. */
export async function insertSentCopy(
  tx: CopyTx,
  copy: Pick<
    SentCopyRow,
    'dispatch_id' | 'company_id' | 'sender_id' | 'message_id' | 'due_at' | 'created_at'
  >,
): Promise<void> {
  await tx
    .insertInto('sent_copies')
    .values(copy)
    .onConflict((on) => on.column('dispatch_id').doNothing())
    .execute();
}

/**
 * Notes that one more mail of a dispatch left by a provider that files a copy of each: it is looked for, also where those before are done.
 */
export async function askForSentCopy(tx: CopyTx, copy: Parameters<typeof insertSentCopy>[1]): Promise<void> {
  await tx
    .insertInto('sent_copies')
    .values(copy)
    .onConflict((on) =>
      on.column('dispatch_id').doUpdateSet({ due_at: copy.due_at, done_at: null, tries: 0, problem: null }),
    )
    .execute();
}

/** Takes a due copy until `until`: whoever crashes over it leaves it due again then. */
export async function claimSentCopy(
  tx: CopyTx,
  claim: { readonly now: Date; readonly until: Date },
): Promise<SentCopyRow | null> {
  const { rows } = await sql<SentCopyRow>`
    update sent_copies set due_at = ${claim.until}, tries = tries + 1
    where dispatch_id = (select dispatch_id from sent_copies where done_at is null and due_at <= ${claim.now}
      order by due_at limit 1 for update skip locked)
    returning *`.execute(tx);
  return rows[0] ?? null;
}

export async function updateSentCopy(
  tx: CopyTx,
  row: Pick<SentCopyRow, 'dispatch_id' | 'company_id'>,
  changes: Partial<Pick<SentCopyRow, 'due_at' | 'folder' | 'problem' | 'done_at'>>,
): Promise<void> {
  await tx
    .updateTable('sent_copies')
    .set(changes)
    .where('company_id', '=', row.company_id)
    .where('dispatch_id', '=', row.dispatch_id)
    .execute();
}
