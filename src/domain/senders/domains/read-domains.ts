import type { Tx } from '#stores/database';
import type { SendingDomain } from './domain.ts';
import {
  type DomainTables,
  selectDomain,
  selectDomainOwner,
  selectDomains,
  selectKeys,
  toDomain,
} from './domain-table.ts';

/** The company's domains, the oldest first. */
export async function listDomains(tx: Tx<DomainTables>, companyId: string): Promise<SendingDomain[]> {
  const rows = await selectDomains(tx, companyId);
  const keys = await selectKeys(
    tx,
    companyId,
    rows.map((row) => row.id),
  );
  return rows.map((row) => toDomain(row, keys));
}

/** A domain of the company by its id or name; null when there is none. */
export async function getDomain(
  tx: Tx<DomainTables>,
  companyId: string,
  which: { readonly id: string } | { readonly name: string },
): Promise<SendingDomain | null> {
  const row = await selectDomain(tx, companyId, which);
  return row ? toDomain(row, await selectKeys(tx, companyId, [row.id])) : null;
}

/** The domain with this id, whichever company it is of; for pages whose address was handed out by that company. */
export async function getDomainAnywhere(tx: Tx<DomainTables>, id: string): Promise<SendingDomain | null> {
  const companyId = await selectDomainOwner(tx, id);
  return companyId ? getDomain(tx, companyId, { id }) : null;
}
