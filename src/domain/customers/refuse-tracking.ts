import type { EvidenceTables } from '#domain/evidence';
import type { Tx } from '#stores/database';
import { changeContact } from './change-customer.ts';
import { selectContactsByAddress } from './contact-table.ts';
import type { CustomerTables } from './customer-table.ts';
import { noteRefusal, type RefusalWay, refusalHows } from './refusal.ts';

/**
 * He refuses to be recorded, himself: it holds for every mail to come to that address, and every contact with it says so. `way`
 * stands there as how he said it.
 */
export async function refuseTracking(
  tx: Tx<CustomerTables & EvidenceTables>,
  of: { readonly companyId: string; readonly address: string; readonly way: RefusalWay },
  now: Date,
): Promise<void> {
  const { companyId, address, way } = of;
  await noteRefusal(tx, companyId, address, now);
  for (const contact of await selectContactsByAddress(tx, companyId, [address])) {
    const which = { companyId, customerId: contact.customerId, contactId: contact.id };
    const denied = { ...contact, tracking: 'denied', trackingHow: refusalHows[way] };
    await changeContact(tx, { ...which, by: { actor: 'system', id: null } }, denied, now);
  }
}
