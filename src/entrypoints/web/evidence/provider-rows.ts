import { getDocuments } from '#domain/documents';
import {
  listProviderDeliveries,
  listReceipts,
  type ProviderDelivery,
  type ReceiptRow,
} from '#domain/registered';
import type { Tx } from '#stores/database';
import type { View } from '../kit/index.ts';
import type { WebTables } from '../needs.ts';
import type { DeliveryRow } from '../screens/deliveries.tsx';
import type { ReceiptModel } from '../screens/receipt.tsx';

const mostShown = 200;

/** What was handed to outside providers, with the receipts that came back. */
export async function providerRows(tx: Tx<WebTables>, view: View, companyId: string): Promise<DeliveryRow[]> {
  const deliveries = await listProviderDeliveries(tx, companyId, { limit: mostShown });
  const ids = [...new Set(deliveries.flatMap((one) => one.document_ids))];
  const documents = new Map((await getDocuments(tx, companyId, ids)).map((one) => [one.id, one]));
  const messageIds = deliveries.map((one) => one.message_id);
  const receipts = await listReceipts(tx, companyId, { messageIds });
  return deliveries.map((one) => ({
    message: one.message_id,
    address: one.address,
    document: one.document_ids
      .map((id) => documents.get(id)?.number ?? documents.get(id)?.fileName ?? '')
      .join(', '),
    service: one.service,
    state: 'by_provider',
    said: view.t(standingKey(one)),
    at: one.created_at,
    daysLeft: null,
    receipts: receipts
      .filter((receipt) => receipt.message_id === one.message_id)
      .map((receipt) => receiptModel(view, receipt)),
  }));
}

/** Where no receipt says how it ended, its own mail does. */
function standingKey({ state, said_by }: Pick<ProviderDelivery, 'state' | 'said_by'>) {
  return said_by === 'message'
    ? (`deliveries.unsent.${state as 'withdrawn' | 'undeliverable'}` as const)
    : (`deliveries.receipt.${state as 'waiting'}` as const);
}

/** A receipt in words: what it says, and what its signature is worth. */
export function receiptModel(
  view: View,
  receipt: Pick<ReceiptRow, 'id' | 'kind' | 'verdict' | 'received_at' | 'pdf_sha256'> & { counted?: boolean },
): ReceiptModel {
  const { t } = view;
  const { result, signer, signers = [], addedAfter = 0 } = receipt.verdict;
  const names = [...new Set(signers.map((one) => one.signer))].join(', ');
  const said = [
    t(`receipt.verdict.${result}`, { signer: names || (signer ?? '') }),
    addedAfter > 0 ? t('receipt.addedAfter', { bytes: addedAfter }) : '',
    receipt.counted === false ? t('receipt.notCounted') : '',
  ];
  return {
    id: receipt.id,
    what: t(`receipt.kind.${receipt.kind}`),
    verdict: said.filter(Boolean).join(' '),
    at: receipt.received_at,
    hasPdf: receipt.pdf_sha256 !== null,
  };
}
