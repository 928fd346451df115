import type { Tx } from '#stores/database';
import { listSenders } from './read-senders.ts';
import { isHouseSender, type Sender } from './sender.ts';
import type { SenderTables } from './sender-table.ts';

/**
 * Who mails a code beside a mail of `sender`: the platform, where that mail leaves by the seller's own server. Whoever runs it could read the code, and
 * answer in the recipient's place (ADR 255). Without a platform that works it is the sender after all.
 */
export async function codeSenderFor(tx: Tx<SenderTables>, sender: Sender): Promise<Sender> {
  if (sender.method === 'sandbox' || isHouseSender(sender)) return sender;
  const all = await listSenders(tx, sender.companyId);
  return all.find((one) => one.method === 'platform' && one.state === 'valid') ?? sender;
}
