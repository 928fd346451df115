import type { Tx } from '#stores/database';
import type { OutboxTables } from './outbox-tables.ts';

type OutboxTx = Tx<OutboxTables>;

/** Notes since when these messages are said to be in the wrong mailbox; null: they are not. */
export async function updateMisdirected(
  tx: OutboxTx,
  companyId: string,
  ids: readonly string[],
  at: Date | null,
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable('messages')
    .set({ misdirected_at: at })
    .where('company_id', '=', companyId)
    .where('id', 'in', [...ids])
    .execute();
}

/** The messages to these addresses that are said to be in the wrong mailbox. */
export async function selectMisdirected(
  tx: OutboxTx,
  companyId: string,
  addresses: readonly string[],
): Promise<{ readonly id: string; readonly address: string; readonly documentId: string }[]> {
  if (addresses.length === 0) return [];
  const rows = await tx
    .selectFrom('messages')
    .select(['id', 'address', 'document_id'])
    .where('company_id', '=', companyId)
    .where('misdirected_at', 'is not', null)
    .where((where) =>
      where.eb(
        where.fn('lower', ['address']),
        'in',
        addresses.map((one) => one.toLowerCase()),
      ),
    )
    .execute();
  return rows.map((row) => ({ id: row.id, address: row.address, documentId: row.document_id }));
}
