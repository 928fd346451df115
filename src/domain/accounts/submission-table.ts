import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '#stores/database';
import type { TrackingMode } from './company.ts';

export interface SubmissionTables {
  submission_logins: {
    id: string;
    company_id: string;
    user_id: string;
    name: string;
    username: string;
    secret_hash: Buffer;
    hint: string;
    tracking: TrackingMode;
    attach: boolean;
    link: boolean;
    own_text: boolean;
    created_at: Date;
    last_used_at: Date | null;
    revoked_at: Date | null;
  };
}

export type LoginRow = Selectable<SubmissionTables['submission_logins']>;
type LoginTx = Tx<SubmissionTables>;

export async function insertLogin(
  tx: LoginTx,
  row: Insertable<SubmissionTables['submission_logins']>,
): Promise<void> {
  await tx.insertInto('submission_logins').values(row).execute();
}

/** The login of that name, of whatever company, unless it was revoked. */
export function selectLogin(tx: LoginTx, username: string): Promise<LoginRow | undefined> {
  return tx
    .selectFrom('submission_logins')
    .selectAll()
    .where('username', '=', username)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
}

/** The logins of a company that were not revoked, oldest first. */
export function selectLogins(tx: LoginTx, companyId: string): Promise<LoginRow[]> {
  return tx
    .selectFrom('submission_logins')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export async function updateLogin(
  tx: LoginTx,
  companyId: string,
  id: string,
  change: { last_used_at?: Date; revoked_at?: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('submission_logins')
    .set(change)
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
