import {
  getIncamail,
  isWorthKeeping,
  keepReceipt,
  keepUntied,
  matchReceipt,
  type ReadReceipt,
  readReceipt,
} from '#domain/registered';
import type { CheckedSignature } from '#mail/dkim';
import { inCompany, type Tx } from '#stores/database';
import type { ReturnedMail } from './returned-mail.ts';
import type { ReadingTables, ReturnsNeeds } from './returns.ts';

type ReadNeeds = Pick<ReturnsNeeds, 'database' | 'clock'>;

/** Reads a mail as a receipt of the company's provider; null for every other mail. */
export async function readAsReceipt(
  needs: ReadNeeds,
  companyId: string,
  bytes: Uint8Array,
): Promise<ReadReceipt | null> {
  const account = await inCompany(needs.database, companyId, (tx) => getIncamail(tx, companyId));
  return account ? readReceipt(bytes, account, needs.clock()) : null;
}

/** Whether a receipt in a mailbox is to be kept: it is about a message of ours, or came to the account itself, where somebody has to say of which it is. */
export async function isToKeep(
  needs: ReadNeeds,
  mail: Pick<ReturnedMail, 'companyId' | 'senderId'>,
  receipt: ReadReceipt,
): Promise<boolean> {
  const { companyId } = mail;
  return inCompany(
    needs.database,
    companyId,
    async (tx: Tx<ReadingTables>) =>
      (await mayWait(tx, mail, receipt)) ||
      (await matchReceipt(tx, companyId, receipt, needs.clock())) !== null,
  );
}

/** Other people's mailboxes are not searched for receipts of what was not sent from here. */
async function mayWait(
  tx: Tx<ReadingTables>,
  { companyId, senderId }: Pick<ReturnedMail, 'companyId' | 'senderId'>,
  receipt: ReadReceipt,
): Promise<boolean> {
  if (!isWorthKeeping(receipt)) return false;
  const account = await getIncamail(tx, companyId);
  return account !== null && (senderId === null || senderId === account.senderId);
}

/** Ties a kept receipt to its message; one of none waits for a person. Tells whether it was of one. */
export async function takeReceipt(
  tx: Tx<ReadingTables>,
  mail: Pick<ReturnedMail, 'companyId' | 'senderId' | 'sha256' | 'receivedAt' | 'via' | 'id'>,
  receipt: ReadReceipt,
  signature: CheckedSignature,
): Promise<boolean> {
  const { companyId, sha256, receivedAt, via, id } = mail;
  const { result, domain, aligned, keys } = signature;
  const dkim = {
    ...{ via, returnedMail: id, dkim: result },
    ...(domain ? { dkimDomain: domain, dkimAligned: aligned } : {}),
    ...(keys ? { dnsSha256: [keys.sha256] } : {}),
  };
  const kept = { sha256, receivedAt, dkim };
  const match = await matchReceipt(tx, companyId, receipt, receivedAt);
  if (match) await keepReceipt(tx, receipt, match, kept);
  else if (await mayWait(tx, mail, receipt)) await keepUntied(tx, companyId, receipt, kept);
  return match !== null;
}
