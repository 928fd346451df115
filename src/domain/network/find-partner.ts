import { normaliseVatId } from '#domain/documents';
import { domainOf } from '#mail/address';
import type { Tx } from '#stores/database';
import { type Named, selectNamed } from './listing-table.ts';
import type { Name, Proof } from './name.ts';
import type { NetworkTables } from './network-tables.ts';

/** A company that can be handed documents, and why it is taken for the customer. */
export interface Partner {
  readonly companyId: string;
  readonly companyName: string;
  readonly name: Name;
  readonly proof: Proof;
}

export interface Sought {
  /** Who asks: never found himself. */
  readonly companyId: string;
  /** Of the customer, as the document or the company's own records say; null: not known. */
  readonly vatId: string | null;
  /** Whom the mail goes to. */
  readonly addresses: readonly string[];
}

/**
 * Finds the one listed company that a customer is, or null. The VAT id decides where it is known there; else the domain, when all addresses
 * lie in it and it belongs to one company, whose own VAT id does not contradict: an accountant's mailbox is not the customer.
 */
export async function findPartner(
  tx: Tx<NetworkTables>,
  { companyId, vatId: typed, addresses }: Sought,
): Promise<Partner | null> {
  const vatId = typed ? normaliseVatId(typed) : null;
  const byVat = vatId ? await onlyNamed(tx, companyId, `vat:${vatId}`) : null;
  if (byVat) return byVat.partner;
  const domains = new Set(addresses.map((address) => domainOf(address).toLowerCase()));
  const [domain] = domains;
  if (domains.size !== 1 || !domain) return null;
  const byDomain = await onlyNamed(tx, companyId, `domain:${domain}`);
  if (!byDomain || (vatId && byDomain.vatId && byDomain.vatId !== vatId)) return null;
  return byDomain.partner;
}

async function onlyNamed(
  tx: Tx<NetworkTables>,
  companyId: string,
  name: Name,
): Promise<{ readonly partner: Partner; readonly vatId: string | null } | null> {
  const [found, ...others]: Named[] = await selectNamed(tx, name);
  if (!found || others.length > 0 || found.companyId === companyId) return null;
  const { companyName, proof, vatId } = found;
  return { partner: { companyId: found.companyId, companyName, name, proof }, vatId };
}
