import type { By } from '#domain/documents';
import { type EvidenceTables, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import { type Block, deleteBlock, insertBlock, selectBlocks } from './block-table.ts';
import type { NetworkTables } from './network-tables.ts';
import { selectReceived } from './received-table.ts';

type BlockTx = Tx<NetworkTables & EvidenceTables>;

/**
 * From now on a company receives nothing more from the one that this document came from; what it has stays. The other side learns that it
 * does not reach the company, not why. Twice is no mistake. Null when there is no such document.
 */
export async function blockSender(
  tx: BlockTx,
  { companyId, receivedId, by }: { readonly companyId: string; readonly receivedId: string; readonly by: By },
  now: Date,
): Promise<Block | null> {
  const received = await selectReceived(tx, companyId, receivedId);
  if (!received) return null;
  const { fromId, fromName } = received;
  const isNew = await insertBlock(tx, { companyId, fromId, fromName, by: by.id ?? '', blockedAt: now });
  if (isNew) await note(tx, 'company.sender_blocked', { companyId, fromName, by }, now);
  return (await selectBlocks(tx, companyId)).find((one) => one.fromId === fromId) ?? null;
}

/** It may hand documents over again. False when it was not blocked. */
export async function liftBlock(
  tx: BlockTx,
  { companyId, fromId, by }: { readonly companyId: string; readonly fromId: string; readonly by: By },
  now: Date,
): Promise<boolean> {
  const lifted = await deleteBlock(tx, companyId, fromId);
  if (lifted) await note(tx, 'company.sender_unblocked', { companyId, fromName: lifted.fromName, by }, now);
  return lifted !== null;
}

async function note(
  tx: BlockTx,
  type: 'company.sender_blocked' | 'company.sender_unblocked',
  { companyId, fromName, by }: { readonly companyId: string; readonly fromName: string; readonly by: By },
  at: Date,
): Promise<void> {
  await record(tx, [
    { type, companyId, at, actor: by.actor, data: { by: by.id }, personal: { from: fromName } },
  ]);
}
