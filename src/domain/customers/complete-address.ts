import type { Tx } from '#stores/database';
import { type AddressProposal, type ContactTables, selectCompletions } from './contact-table.ts';
import { nameKey } from './customer.ts';
import type { CustomerTables } from './customer-table.ts';

const mostProposals = 8; // what fits under a field without scrolling
const longestText = 100;

/**
 * What somebody who types the text may mean: contacts whose address begins with it, or whose name or customer's name has it
 * in it; used last come first, eight at most. An empty text proposes nothing.
 */
export async function completeAddress(
  tx: Tx<CustomerTables & ContactTables>,
  companyId: string,
  text: string,
): Promise<AddressProposal[]> {
  const typed = text.trim().slice(0, longestText);
  if (typed === '' || typed.includes('\0')) return [];
  return selectCompletions(tx, companyId, { text: typed, nameKey: nameKey(typed), limit: mostProposals });
}
