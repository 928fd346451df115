import type { KeyObject } from 'node:crypto';
import { minute } from '#base/time';
import { domainOf } from '#mail/address';
import type { DkimSigner } from '#mail/dkim';
import { asWorker, type Database } from '#stores/database';
import { installationId } from './domains/domain.ts';
import { type DomainKeyRow, type DomainTables, selectDomain, selectKeys } from './domains/domain-table.ts';
import { openDomainKey } from './domains/make-keys.ts';
import type { Sender } from './sender.ts';

/** The keys that sign the mails of a sender; none for one whose own server signs, or whose domain is not verified. */
export type Signers = (sender: Sender, now: Date) => Promise<readonly DkimSigner[]>;

type Kept = { readonly until: number; readonly keys: Promise<readonly Omit<DkimSigner, 'at'>[]> };

const keptMs = minute; // a rotated key is used within the minute; the record of the old one stays for a week

/** Opens signing keys and keeps them for a minute, so that a run of ten thousand mails opens each once. */
export function makeSigners(deps: {
  readonly database: Database<DomainTables>;
  readonly key: Uint8Array;
  readonly platformDomain: string;
}): Signers {
  const kept = new Map<string, Kept>();
  return async (sender, now) => {
    const owner = ownerOf(sender, deps.platformDomain);
    if (!owner) return [];
    const name = `${owner.companyId} ${owner.domain}`;
    const known = kept.get(name);
    const fresh: Kept =
      known && known.until > now.getTime()
        ? known
        : { until: now.getTime() + keptMs, keys: openKeys(deps, owner.companyId, owner.domain) };
    kept.set(name, fresh);
    fresh.keys.catch(() => kept.delete(name));
    return (await fresh.keys).map((key) => ({ ...key, at: now }));
  };
}

/** Whose key signs the mails of a sender; null: nobody here does. */
export function ownerOf(
  sender: Sender,
  platformDomain: string,
): { companyId: string; domain: string } | null {
  if (sender.method === 'domain') return { companyId: sender.companyId, domain: domainOf(sender.address) };
  // What leaves from the platform unauthenticated is at least known to come from it.
  const isPlatform = sender.method === 'platform' || sender.method === 'open';
  return isPlatform ? { companyId: installationId, domain: platformDomain } : null;
}

async function openKeys(
  { database, key: sealKey }: Parameters<typeof makeSigners>[0],
  companyId: string,
  name: string,
): Promise<readonly Omit<DkimSigner, 'at'>[]> {
  const rows = await asWorker(database, async (tx) => {
    const domain = await selectDomain(tx, companyId, { name });
    if (!domain || domain.state === 'pending') return [];
    const published = new Set(domain.records.filter((one) => one.valid).map((one) => one.name));
    const keys = await selectKeys(tx, companyId, [domain.id]);
    return keys.filter((one) => maySign(one, published, name));
  });
  return rows.map((row) => ({
    domain: name,
    selector: row.selector,
    algorithm: row.algorithm,
    privateKey: openDomainKey(sealKey, row) as KeyObject,
  }));
}

/** The second signature only where its record is there: a receiver that knows it must not find nothing. */
function maySign(key: DomainKeyRow, published: ReadonlySet<string>, domain: string): boolean {
  if (key.state !== 'signing') return false;
  return key.algorithm === 'rsa-sha256' || published.has(`${key.selector}._domainkey.${domain}`);
}
