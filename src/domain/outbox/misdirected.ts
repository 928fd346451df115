import { linksOf, type TrackingTables } from '#domain/tracking';
import { sameAddress } from '#mail/address';
import type { Tx } from '#stores/database';
import { selectMisdirected, updateMisdirected } from './misdirected-table.ts';
import type { OutboxTables } from './outbox-tables.ts';

type MisdirectedTx = Tx<OutboxTables & TrackingTables>;

/** Documents on their way to an address. */
export interface OnItsWay {
  readonly address: string;
  readonly documentIds: readonly string[];
}

/** Notes that whoever reads the mailbox of a message says that it was not meant for it. */
export function markMisdirected(
  tx: Tx<OutboxTables>,
  message: { readonly companyId: string; readonly id: string },
  now: Date,
): Promise<void> {
  return updateMisdirected(tx, message.companyId, [message.id], now);
}

/** For each mail, in their order: the earlier messages about one of its documents that were not meant for that mailbox. */
export async function misdirectedBefore(
  tx: MisdirectedTx,
  companyId: string,
  mails: readonly OnItsWay[],
): Promise<string[][]> {
  const found = await selectMisdirected(tx, companyId, [...new Set(mails.map((one) => one.address))]);
  if (found.length === 0) return mails.map(() => []);
  const links = await linksOf(
    tx,
    found.map((one) => one.id),
  );
  const documents = new Map(links.map((link) => [link.messageId, link.documentIds]));
  return mails.map(({ address, documentIds }) =>
    found.flatMap((one) => {
      const about = documents.get(one.id) ?? [one.documentId];
      const isSame = sameAddress(one.address, address) && about.some((id) => documentIds.includes(id));
      return isSame ? [one.id] : [];
    }),
  );
}

/** A person says that the mailbox is right all the same: what was said of it before counts no more for these documents. */
export async function clearMisdirected(tx: MisdirectedTx, companyId: string, mail: OnItsWay): Promise<void> {
  const [ids = []] = await misdirectedBefore(tx, companyId, [mail]);
  await updateMisdirected(tx, companyId, ids, null);
}
