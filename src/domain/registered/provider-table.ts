import { type ColumnType, type Selectable, sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { ReceiptKind, ReceiptVerdict } from './incamail/receipt.ts';
import type { ProviderName, ProviderService, SaidBy, Standing } from './provider-service.ts';
import type { UntiedTables } from './untied-receipt-table.ts';

export interface ProviderTables extends UntiedTables {
  provider_accounts: {
    company_id: string;
    provider: ProviderName;
    is_active: boolean;
    sender_id: string;
    marking: 'subject' | 'header' | 'none';
    header_name: string;
    suffix: string;
    receipts_from: string[];
    roots: string;
    max_bytes: number;
    changed_at: Date;
  };
  provider_deliveries: {
    message_id: string;
    company_id: string;
    dispatch_id: string;
    document_ids: string[];
    provider: ProviderName;
    service: ProviderService;
    address: string;
    state: Standing;
    state_at: Date;
    said_by: SaidBy;
    created_at: Date;
  };
  provider_receipts: {
    id: string;
    company_id: string;
    message_id: string;
    dispatch_id: string;
    provider: ProviderName;
    kind: ReceiptKind;
    kind_from: 'pdf' | 'mail' | 'neither';
    matched_by: 'message_id' | 'address' | 'person';
    mail_sha256: string;
    pdf_sha256: string | null;
    pdf_name: string | null;
    verdict: ColumnType<ReceiptVerdict, string, string>;
    counted: boolean;
    received_at: Date;
  };
}

type ProviderTx = Tx<ProviderTables>;
export type AccountRow = Selectable<ProviderTables['provider_accounts']>;
export type ProviderDelivery = Selectable<ProviderTables['provider_deliveries']>;
export type ReceiptRow = Selectable<ProviderTables['provider_receipts']>;

export async function selectAccount(
  tx: ProviderTx,
  companyId: string,
  provider: ProviderName,
): Promise<AccountRow | null> {
  const row = await tx
    .selectFrom('provider_accounts')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('provider', '=', provider)
    .executeTakeFirst();
  return row ? { ...row, max_bytes: Number(row.max_bytes) } : null;
}

export async function upsertAccount(tx: ProviderTx, row: AccountRow): Promise<void> {
  const { company_id, provider, ...settings } = row;
  await tx
    .insertInto('provider_accounts')
    .values({ company_id, provider, ...settings })
    .onConflict((conflict) => conflict.columns(['company_id', 'provider']).doUpdateSet(settings))
    .execute();
}

export async function insertProviderDeliveries(
  tx: ProviderTx,
  rows: readonly ProviderDelivery[],
): Promise<void> {
  if (rows.length > 0)
    await tx
      .insertInto('provider_deliveries')
      .values([...rows])
      .execute();
}

/** What was handed to providers, newest first; `isRunning` leaves out what is at its end. */
export function selectProviderDeliveries(
  tx: ProviderTx,
  companyId: string,
  which:
    | { readonly limit: number; readonly isRunning?: boolean }
    | { readonly dispatchId: string }
    | { readonly messageId: string },
): Promise<ProviderDelivery[]> {
  const all = tx.selectFrom('provider_deliveries').selectAll().where('company_id', '=', companyId);
  const chosen =
    'messageId' in which
      ? all.where('message_id', '=', which.messageId)
      : 'dispatchId' in which
        ? all.where('dispatch_id', '=', which.dispatchId)
        : all
            .$if(which.isRunning === true, (query) => query.where('state', 'in', openStates))
            .limit(which.limit);
  return chosen.orderBy('created_at', 'desc').orderBy('message_id', 'desc').execute();
}

const openStates: readonly Standing[] = ['waiting', 'submitted'];

/** One of them, locked until the transaction ends. */
export async function lockProviderDelivery(
  tx: ProviderTx,
  companyId: string,
  messageId: string,
): Promise<ProviderDelivery | null> {
  const row = await tx
    .selectFrom('provider_deliveries')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('message_id', '=', messageId)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** Those of which receipts may still come, made since then: `open` ones are not at their end; `doubtful` ones are, but nobody has signed that. */
export function selectUnfinished(
  tx: ProviderTx,
  companyId: string,
  which: { readonly kind: 'open' | 'doubtful'; readonly since: Date },
  limit: number,
): Promise<ProviderDelivery[]> {
  return tx
    .selectFrom('provider_deliveries')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('created_at', '>=', which.since)
    .where('state', which.kind === 'open' ? 'in' : 'not in', openStates)
    .$if(which.kind === 'doubtful', (query) => query.where('said_by', '<>', 'signed'))
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute();
}

export async function updateStanding(
  tx: ProviderTx,
  of: Pick<ProviderDelivery, 'company_id' | 'message_id'>,
  said: Pick<ProviderDelivery, 'state' | 'state_at' | 'said_by'>,
): Promise<void> {
  await tx
    .updateTable('provider_deliveries')
    .set(said)
    .where('company_id', '=', of.company_id)
    .where('message_id', '=', of.message_id)
    .execute();
}

/**
 * Ends those whose mail did not get to the provider: it was canceled for good, rejected, given up, or came back. Of what the provider has
 * confirmed, only a mail that came back says more. Returns how many ended.
 */
export async function endUnsent(tx: ProviderTx, at: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    update provider_deliveries set state_at = ${at}, said_by = 'message',
      state = case when messages.delivery = 'canceled' then 'withdrawn' else 'undeliverable' end
    from messages where messages.id = provider_deliveries.message_id and (
      (state = 'waiting' and (messages.delivery in ('rejected', 'expired')
        or (messages.delivery = 'canceled' and messages.detail is distinct from 'to_send_anew')))
      or (state in ('waiting', 'submitted') and messages.delivery = 'bounced'))`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/** Keeps a receipt; false when the same mail was kept for this message before. */
export async function insertReceipt(tx: ProviderTx, row: ReceiptRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('provider_receipts')
    .values({ ...row, verdict: JSON.stringify(row.verdict) })
    .onConflict((conflict) => conflict.columns(['company_id', 'message_id', 'mail_sha256']).doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** What this very PDF was before: a receipt of another message, then it is none of this one; or one that has counted for this one already. */
export async function useOfPdf(
  tx: ProviderTx,
  of: { readonly companyId: string; readonly messageId: string; readonly pdfSha256: string },
): Promise<'none' | 'of_another' | 'counted'> {
  const { rows } = await sql<{ other: boolean | null; counted: boolean | null }>`
    select bool_or(message_id <> ${of.messageId}) other, bool_or(message_id = ${of.messageId} and counted) counted
    from provider_receipts where company_id = ${of.companyId} and pdf_sha256 = ${of.pdfSha256}`.execute(tx);
  if (rows[0]?.counted) return 'counted';
  return rows[0]?.other ? 'of_another' : 'none';
}

/** Receipts of a company are tied one after the other, so that none is taken twice; until the transaction ends. */
export async function lockReceipts(tx: ProviderTx, companyId: string, provider: ProviderName): Promise<void> {
  await tx
    .selectFrom('provider_accounts')
    .select('company_id')
    .where('company_id', '=', companyId)
    .where('provider', '=', provider)
    .forUpdate()
    .execute();
}

export type ReceiptKey =
  | { readonly dispatchId: string }
  | { readonly messageIds: readonly string[] }
  | { readonly id: string };

/** Receipts of a company in the order in which they came. */
export async function selectReceipts(
  tx: ProviderTx,
  companyId: string,
  which: ReceiptKey,
): Promise<ReceiptRow[]> {
  if ('messageIds' in which && which.messageIds.length === 0) return [];
  const all = tx.selectFrom('provider_receipts').selectAll().where('company_id', '=', companyId);
  const chosen =
    'dispatchId' in which
      ? all.where('dispatch_id', '=', which.dispatchId)
      : 'id' in which
        ? all.where('id', '=', which.id)
        : all.where('message_id', 'in', [...which.messageIds]);
  return chosen.orderBy('received_at').orderBy('id').execute();
}
