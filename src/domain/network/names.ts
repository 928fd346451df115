import { type AccountTables, type Company, getCompany } from '#domain/accounts';
import { normaliseVatId } from '#domain/documents';
import { type DomainTables, listDomains } from '#domain/senders';
import type { Tx } from '#stores/database';
import {
  lockNames,
  type NetworkTables,
  replaceNames,
  selectConfirmation,
  selectListing,
} from './listing-table.ts';
import type { ProvenName } from './name.ts';

export type NamingTables = NetworkTables & AccountTables & DomainTables;

/** What a company has proven to be called, whether it is listed or not. A claim that nobody checked is not among it. */
export async function provenNames(tx: Tx<NamingTables>, company: Company): Promise<ProvenName[]> {
  const vatId = vatIdOf(company);
  const confirmed = vatId ? await selectConfirmation(tx, vatId) : null;
  const domains = await listDomains(tx, company.id);
  return [
    ...(vatId && confirmed?.companyId === company.id
      ? [{ name: `vat:${vatId}` as const, proof: 'operator' as const }]
      : []),
    // A domain in `warning` has lost its records less than a day ago: see the states of a domain.
    ...domains
      .filter(({ state }) => state === 'valid' || state === 'warning')
      .map((domain) => ({ name: `domain:${domain.name}` as const, proof: 'dns' as const })),
  ];
}

/** The VAT id that a company says it has, as it is compared; null where it says none. */
export function vatIdOf(company: Pick<Company, 'vatId'>): string | null {
  return company.vatId ? normaliseVatId(company.vatId) : null;
}

/** Brings what a company is found by up to date; one that is not listed is found by nothing. */
export async function refreshNames(tx: Tx<NamingTables>, companyId: string): Promise<void> {
  await lockNames(tx, companyId);
  const company = await getCompany(tx, companyId);
  const isListed = company !== null && (await selectListing(tx, companyId)) !== null;
  const names = isListed ? await provenNames(tx, company) : [];
  await replaceNames(
    tx,
    companyId,
    names.map(({ name, proof }) => ({
      company_id: companyId,
      name,
      proof,
      company_name: company?.name ?? '',
      vat_id: company ? vatIdOf(company) : null,
    })),
  );
}
