import { normaliseVatId } from '#domain/documents';
import { domainOf } from '#mail/address';
import type { Tx } from '#stores/database';
import { selectBlocking } from './block-table.ts';
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
export async function findPartner(tx: Tx<NetworkTables>, sought: Sought): Promise<Partner | null> {
  const [found] = await findPartners(tx, [sought]);
  return found?.partner ?? null;
}

/** Who was found for a customer. */
export interface Found {
  readonly partner: Partner | null;
  /** The name of the company that was found and receives nothing from the one that asks; null: there is none. */
  readonly unreachable: string | null;
}

/** The same for many customers of one company, in their order and in as many questions as for one. */
export async function findPartners(tx: Tx<NetworkTables>, sought: readonly Sought[]): Promise<Found[]> {
  const named = await selectNamed(
    tx,
    sought.flatMap((one) => [vatName(one), domainName(one)]).filter((name) => name !== null),
  );
  const partners = sought.map((one) => partnerAmong(one, named));
  const ids = [...new Set(partners.flatMap((one) => one?.companyId ?? []))];
  const blocking = await selectBlocking(tx, sought[0]?.companyId ?? '', ids);
  return partners.map((partner) => {
    const isBlocked = partner !== null && blocking.has(partner.companyId);
    return isBlocked ? { partner: null, unreachable: partner.companyName } : { partner, unreachable: null };
  });
}

function partnerAmong(sought: Sought, named: ReadonlyMap<Name, readonly Named[]>): Partner | null {
  const byVat = onlyNamed(sought.companyId, vatName(sought), named);
  if (byVat) return byVat.partner;
  const byDomain = onlyNamed(sought.companyId, domainName(sought), named);
  const vatId = sought.vatId ? normaliseVatId(sought.vatId) : null;
  if (!byDomain || (vatId && byDomain.vatId && byDomain.vatId !== vatId)) return null;
  return byDomain.partner;
}

function vatName({ vatId }: Sought): Name | null {
  const normal = vatId ? normaliseVatId(vatId) : null;
  return normal ? `vat:${normal}` : null;
}

function domainName({ addresses }: Sought): Name | null {
  const domains = new Set(addresses.map((address) => domainOf(address).toLowerCase()));
  const [domain] = domains;
  return domains.size === 1 && domain ? `domain:${domain}` : null;
}

function onlyNamed(
  asker: string,
  name: Name | null,
  named: ReadonlyMap<Name, readonly Named[]>,
): { readonly partner: Partner; readonly vatId: string | null } | null {
  const [found, ...others] = (name && named.get(name)) || [];
  if (!name || !found || others.length > 0 || found.companyId === asker) return null;
  const { companyId, companyName, proof, vatId } = found;
  return { partner: { companyId, companyName, name, proof }, vatId };
}
