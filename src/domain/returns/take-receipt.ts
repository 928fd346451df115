import { getIncamail, keepReceipt, matchReceipt, type ReadReceipt, readReceipt } from '#domain/registered';
import type { SignatureVerdict } from '#mail/dkim';
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

/** Whether a receipt is about a message of ours. */
export async function isAboutUs(needs: ReadNeeds, companyId: string, receipt: ReadReceipt): Promise<boolean> {
  const find = (tx: Tx<ReadingTables>) => matchReceipt(tx, companyId, receipt, needs.clock());
  return (await inCompany(needs.database, companyId, find)) !== null;
}

/** Ties a kept receipt to its message. False when it is of none: then it says nothing. */
export async function takeReceipt(
  tx: Tx<ReadingTables>,
  mail: Pick<ReturnedMail, 'companyId' | 'sha256' | 'receivedAt' | 'via' | 'id'>,
  receipt: ReadReceipt,
  signature: SignatureVerdict,
): Promise<boolean> {
  const match = await matchReceipt(tx, mail.companyId, receipt, mail.receivedAt);
  if (!match) return false;
  const dkim = {
    via: mail.via,
    returnedMail: mail.id,
    dkim: signature.result,
    ...(signature.domain ? { dkimDomain: signature.domain, dkimAligned: signature.aligned } : {}),
  };
  await keepReceipt(tx, receipt, match, { sha256: mail.sha256, receivedAt: mail.receivedAt, dkim });
  return true;
}
