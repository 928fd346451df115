import { getCompany, listCompanyIds } from '#domain/accounts';
import type { By } from '#domain/documents';
import { type EvidenceTables, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import { deleteListing, insertListing, selectListing } from './listing-table.ts';
import type { ProvenName } from './name.ts';
import { type NamingTables, provenNames, refreshNames, vatIdOf } from './names.ts';
import type { NetworkTables } from './network-tables.ts';

/** What a company sees of its own place in the network. */
export interface Standing {
  /** Null: not listed. */
  readonly listedAt: Date | null;
  readonly names: readonly ProvenName[];
  /** The VAT id that it says it has, but that nobody has confirmed; null where there is none or it is confirmed. */
  readonly unconfirmedVatId: string | null;
}

/** Reads it, from the company's own tables. */
export async function standingOf(tx: Tx<NamingTables>, companyId: string): Promise<Standing> {
  const company = await getCompany(tx, companyId);
  const names = company ? await provenNames(tx, company) : [];
  const vatId = company ? vatIdOf(company) : null;
  const isConfirmed = names.some(({ name }) => name.startsWith('vat:'));
  return {
    listedAt: await selectListing(tx, companyId),
    names,
    unconfirmedVatId: isConfirmed ? null : vatId,
  };
}

/** The standing of every company of the installation. For the operator. */
export async function standingsOfAll(
  tx: Tx<NamingTables>,
): Promise<(Standing & { readonly companyId: string; readonly company: string })[]> {
  const all = [];
  for (const companyId of await listCompanyIds(tx)) {
    const company = await getCompany(tx, companyId);
    if (company) all.push({ companyId, company: company.name, ...(await standingOf(tx, companyId)) });
  }
  return all;
}

/** Whether others may find the company. */
export async function isListed(tx: Tx<NetworkTables>, companyId: string): Promise<boolean> {
  return (await selectListing(tx, companyId)) !== null;
}

type Which = { readonly companyId: string; readonly by: By };

/** Lets other companies find this one. Twice is no mistake. */
export async function listCompany(
  tx: Tx<NamingTables & EvidenceTables>,
  { companyId, by }: Which,
  now: Date,
): Promise<void> {
  const isNew = await insertListing(tx, { companyId, by: by.id ?? '', at: now });
  await refreshNames(tx, companyId);
  if (isNew)
    await record(tx, [{ type: 'company.listed', companyId, at: now, actor: by.actor, data: { by: by.id } }]);
}

/** Nobody finds it any more, and what still waits is not handed over. What it has received stays. */
export async function unlistCompany(
  tx: Tx<NamingTables & EvidenceTables>,
  { companyId, by }: Which,
  now: Date,
): Promise<void> {
  const wasListed = await deleteListing(tx, companyId);
  await refreshNames(tx, companyId);
  if (wasListed)
    await record(tx, [
      { type: 'company.unlisted', companyId, at: now, actor: by.actor, data: { by: by.id } },
    ]);
}
