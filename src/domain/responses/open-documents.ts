import { getContactsByAddress } from '#domain/customers';
import { type Document, openDocumentsOf } from '#domain/documents';
import type { Link } from '#domain/tracking';
import { type RespondTx, readAbout } from './about.ts';
import { isForwardedTo } from './response-table.ts';

/**
 * What the customer of a link has still to pay, for whoever has proven the mailbox: null where the mailbox is none of the customer's contacts, or got
 * the document only from a colleague.
 */
export async function openDocumentsFor(tx: RespondTx, link: Link): Promise<Document[] | null> {
  const about = await readAbout(tx, link, link.documentIds[0] ?? '');
  const customerId = about?.document.customerId;
  if (!about || !customerId) return null;
  const { address } = about.message;
  const contacts = await getContactsByAddress(tx, link.companyId, [address]);
  if (!contacts.some((one) => one.customerId === customerId)) return null;
  if (await isForwardedTo(tx, link.companyId, address)) return null;
  return openDocumentsOf(tx, link.companyId, customerId);
}
