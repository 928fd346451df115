import { type ColumnType, type Selectable, sql } from 'kysely';
import type { EventData } from '#domain/evidence';
import type { Tx } from '#stores/database';
import type { ReceiptKind, ReceiptVerdict } from './incamail/receipt.ts';
import type { ProviderName } from './provider-service.ts';

export interface UntiedTables {
  untied_receipts: {
    id: string;
    company_id: string;
    provider: ProviderName;
    kind: ReceiptKind;
    mail_sha256: string;
    pdf_sha256: string | null;
    verdict: ColumnType<ReceiptVerdict, string, string>;
    dkim: ColumnType<EventData, string, string>;
    from_address: string;
    subject: string;
    received_at: Date;
    settled_as: Settled | null;
    settled_at: Date | null;
    settled_by: string | null;
    message_id: string | null;
  };
}

/** `found`: the same PDF came again, in a mail that named its message. */
export type Settled = 'tied' | 'found' | 'set_aside';

type UntiedTx = Tx<UntiedTables>;
export type UntiedReceipt = Selectable<UntiedTables['untied_receipts']>;

/** Keeps one; false when this PDF, or this mail where it has none, was kept before. */
export async function insertUntied(
  tx: UntiedTx,
  row: Omit<UntiedReceipt, 'settled_as' | 'settled_at' | 'settled_by' | 'message_id'>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('untied_receipts')
    .values({ ...row, verdict: JSON.stringify(row.verdict), dkim: JSON.stringify(row.dkim) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Those that wait for a person, oldest first. */
export function selectUntied(tx: UntiedTx, companyId: string, limit: number): Promise<UntiedReceipt[]> {
  return tx
    .selectFrom('untied_receipts')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('settled_as', 'is', null)
    .orderBy('received_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** One that was kept, whatever became of it; null when there is none. */
export async function selectUntiedOne(
  tx: UntiedTx,
  companyId: string,
  id: string,
): Promise<UntiedReceipt | null> {
  const row = await tx
    .selectFrom('untied_receipts')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

export type UntiedKey = { readonly id: string } | { readonly pdfSha256: string };

/** Says what became of one that waits; returns its id, or null when none does. */
export async function settleUntied(
  tx: UntiedTx,
  companyId: string,
  which: UntiedKey,
  how: {
    readonly as: Settled;
    readonly at: Date;
    readonly by: string | null;
    readonly messageId: string | null;
  },
): Promise<string | null> {
  const row = await tx
    .updateTable('untied_receipts')
    .set({ settled_as: how.as, settled_at: how.at, settled_by: how.by, message_id: how.messageId })
    .where('company_id', '=', companyId)
    .where('settled_as', 'is', null)
    .where('id' in which ? 'id' : 'pdf_sha256', '=', 'id' in which ? which.id : which.pdfSha256)
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function countUntied(tx: UntiedTx, companyId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from untied_receipts
    where company_id = ${companyId} and settled_as is null`.execute(tx);
  return rows[0]?.count ?? 0;
}
