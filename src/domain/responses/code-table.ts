import type { Selectable } from 'kysely';
import type { Tx } from '#stores/database';
import type { ResponseTables } from './response-table.ts';

type CodeTx = Tx<ResponseTables>;
export type CodeRow = Selectable<ResponseTables['codes']>;

export async function insertCode(tx: CodeTx, row: CodeRow): Promise<void> {
  await tx.insertInto('codes').values(row).execute();
}

/** The newest code of a message, purpose and session, locked until the transaction ends. */
export async function lockCode(
  tx: CodeTx,
  of: Pick<CodeRow, 'company_id' | 'message_id' | 'purpose' | 'session'>,
): Promise<CodeRow | undefined> {
  return tx
    .selectFrom('codes')
    .selectAll()
    .where('company_id', '=', of.company_id)
    .where('message_id', '=', of.message_id)
    .where('purpose', '=', of.purpose)
    .where('session', '=', of.session)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateCode(
  tx: CodeTx,
  row: Pick<CodeRow, 'company_id' | 'id'>,
  change: { readonly tries?: number; readonly used_at?: Date },
): Promise<void> {
  await tx
    .updateTable('codes')
    .set(change)
    .where('company_id', '=', row.company_id)
    .where('id', '=', row.id)
    .execute();
}

export async function countCodes(
  tx: CodeTx,
  of: Pick<CodeRow, 'company_id' | 'message_id'>,
  since: Date,
): Promise<number> {
  const { count } = await tx
    .selectFrom('codes')
    .select((row) => row.fn.countAll<string>().as('count'))
    .where('company_id', '=', of.company_id)
    .where('message_id', '=', of.message_id)
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow();
  return Number(count);
}
