import { day, hour } from '#base/time';
import { asWorker } from '#stores/database';
import { checkDomain } from './check-domain.ts';
import type { DomainDeps } from './domain-deps.ts';
import { selectDomainsToCheck } from './domain-table.ts';

const atOnce = 20;

/**
 * Looks again at every domain once a day, and every hour at one whose records are missing. Returns whether there may be more to
 * do. Two workers that look at the same one write down the same.
 */
export async function recheckDomains(deps: DomainDeps): Promise<boolean> {
  const now = deps.now().getTime();
  const before = { daily: new Date(now - day), hourly: new Date(now - hour) };
  const due = await asWorker(deps.database, (tx) => selectDomainsToCheck(tx, before, atOnce));
  for (const { id, company_id } of due)
    await checkDomain(deps, { companyId: company_id, domainId: id, actor: 'system' });
  return due.length === atOnce;
}
