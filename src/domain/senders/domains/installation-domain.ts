import { asWorker } from '#stores/database';
import type { House } from '../house.ts';
import { addDomain } from './add-domain.ts';
import { type DomainRecord, installationId } from './domain.ts';
import type { DomainDeps } from './domain-deps.ts';
import { readDomainName } from './domain-name.ts';
import { selectDomain } from './domain-table.ts';
import { lookAtRecords } from './look-at-records.ts';

/**
 * Makes the installation's own domain, with keys for what leaves from its no-reply address, unless it is there. A name that only
 * means this machine gets none.
 */
export async function ensureInstallationDomain(
  deps: Pick<DomainDeps, 'key' | 'host' | 'database'> & { readonly house: House },
  now: Date,
): Promise<void> {
  const { platformDomain } = deps.house;
  if (!readDomainName(platformDomain).ok) return;
  await asWorker(deps.database, async (tx) => {
    if (await selectDomain(tx, installationId, { name: platformDomain })) return;
    await addDomain(
      tx,
      deps,
      { companyId: installationId, name: platformDomain, by: 'Envoi' },
      'system',
      now,
    );
  });
}

/** What the DNS says about a domain that nobody has added: its policy and SPF. No keys are made for it. */
export async function lookAtStranger(deps: DomainDeps, name: string): Promise<DomainRecord[]> {
  const records = await lookAtRecords(deps.ownDns(), name, [], deps.host);
  return records.filter((record) => !record.required);
}
