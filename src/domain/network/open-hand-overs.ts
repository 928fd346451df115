import { newId } from '#base/ids';
import type { Condition } from '#domain/outbox';
import { notify, type Tx } from '#stores/database';
import type { Partner } from './find-partner.ts';
import { insertHandOvers } from './hand-over-table.ts';
import type { NetworkTables } from './network-tables.ts';

/** The channel on which the worker hears that there may be something to carry across. */
export const networkDue = 'envoi_network';

export interface NewHandOvers {
  readonly companyId: string;
  readonly dispatchId: string;
  readonly documentIds: readonly string[];
  readonly partner: Partner;
  readonly subject: string;
  /** What the sender writes with it, as plain text. */
  readonly text: string;
  readonly condition: Condition | null;
  readonly dueAt: Date;
}

/** Plans to hand these documents to a partner, one by one, when their dispatch is due. */
export async function openHandOvers(tx: Tx<NetworkTables>, of: NewHandOvers, now: Date): Promise<void> {
  const { companyId, dispatchId, partner, subject, text, condition, dueAt } = of;
  await insertHandOvers(
    tx,
    of.documentIds.map((documentId) => ({
      id: newId('handOver', now),
      companyId,
      dispatchId,
      documentId,
      partnerId: partner.companyId,
      partnerName: partner.companyName,
      name: partner.name,
      proof: partner.proof,
      subject,
      text,
      condition,
      state: 'waiting',
      problem: null,
      dueAt,
      deliveredAt: null,
      receivedId: null,
      decidedAt: null,
      reason: null,
      createdAt: now,
    })),
  );
  await notify(tx, networkDue, '');
}
