import { sendersWithMails } from '#domain/overview';
import { listSenders, sendersByIds } from '#domain/senders';
import type { Tx } from '#stores/database';
import type { View } from '../kit/index.ts';
import type { WebTables } from '../needs.ts';

/** The senders that a list of e-mails can be narrowed to: those that there are, then those that were removed and have e-mails. */
export async function senderChoices(
  tx: Tx<WebTables>,
  { t }: View,
  companyId: string,
): Promise<{ readonly id: string; readonly address: string }[]> {
  const present = await listSenders(tx, companyId);
  const known = new Set(present.map(({ id }) => id));
  const others = (await sendersWithMails(tx, companyId)).filter((id) => !known.has(id));
  const removed = (await sendersByIds(tx, others)).filter((one) => one.companyId === companyId);
  return [
    ...present.map(({ id, address }) => ({ id, address })),
    ...removed.map(({ id, address }) => ({ id, address: t('emails.sender.removed', { address }) })),
  ];
}
