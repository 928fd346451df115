import { domainOf } from '#mail/address';
import type { Tx } from '#stores/database';
import { selectDomain } from '../domains/domain-table.ts';
import { type SenderRow, type SenderTables, selectSender } from '../sender-table.ts';
import { isProven } from './proof-table.ts';

type ProofTx = Tx<SenderTables>;
type Named = Pick<SenderRow, 'company_id' | 'method' | 'address' | 'reply_to' | 'via_sender_id'>;

/**
 * Tells whether a code has to be mailed to the sender's address before anything goes out from it: nothing vouches for one that leaves
 * unauthenticated, or through the server of a sender in another domain. Records vouch for own domains, a server for its own account.
 */
export async function addressNeedsProof(tx: ProofTx, row: Named): Promise<boolean> {
  const isVouchedFor =
    row.method === 'open'
      ? await isOwnDomain(tx, row.company_id, domainOf(row.address))
      : row.method !== 'smtp' || row.via_sender_id === null || (await isNeighbour(tx, row));
  return !isVouchedFor && !(await isProven(tx, row.company_id, row.address));
}

/** Answers that shall go into the domain of the address need no proof; into another one, a code has to come back from there. */
export async function replyToNeedsProof(tx: ProofTx, row: Named): Promise<boolean> {
  if (row.reply_to === null || domainOf(row.reply_to) === domainOf(row.address)) return false;
  if (await isOwnDomain(tx, row.company_id, domainOf(row.reply_to))) return false;
  return !(await isProven(tx, row.company_id, row.reply_to));
}

/** The sender as it is stored, with what has to be proven. */
export async function withProofs(tx: ProofTx, row: SenderRow): Promise<SenderRow> {
  const held = { state: 'broken', problem: 'address_not_confirmed' } as const;
  return {
    ...row,
    reply_to_proven: !(await replyToNeedsProof(tx, row)),
    ...((await addressNeedsProof(tx, row)) ? held : {}),
  };
}

async function isOwnDomain(tx: ProofTx, companyId: string, name: string): Promise<boolean> {
  const domain = await selectDomain(tx, companyId, { name });
  return domain?.state === 'valid' || domain?.state === 'warning';
}

async function isNeighbour(tx: ProofTx, row: Named): Promise<boolean> {
  const main = row.via_sender_id ? await selectSender(tx, row.company_id, row.via_sender_id) : undefined;
  return main !== undefined && domainOf(main.address) === domainOf(row.address);
}
