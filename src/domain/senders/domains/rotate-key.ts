import { day } from '#base/time';
import { type Actor, type EvidenceTables, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import type { DomainResult } from './add-domain.ts';
import type { DomainKey } from './domain.ts';
import type { DomainDeps } from './domain-deps.ts';
import {
  type DomainTables,
  insertKey,
  selectDomain,
  selectKeys,
  toDomain,
  toKey,
  updateDomain,
  updateKey,
} from './domain-table.ts';
import { keyName, requiredRecords } from './expected-records.ts';
import { unchecked } from './judge-record.ts';
import { makeDomainKey } from './make-keys.ts';

/**
 * Mails are tried for three days, and a receiver that looks again (a filter, a forwarder) may do so days later: the record of an
 * old key stays for a week after its last use.
 */
const oldKeyDays = 7;

/**
 * Signs with the spare key from now on and makes a new spare, whose record is to be published next. Refuses while the spare's
 * record was not found by the last check: mail would be signed with a key that nobody can look up.
 */
export async function rotateKey(
  tx: Tx<DomainTables & EvidenceTables>,
  deps: Pick<DomainDeps, 'key' | 'host'>,
  ref: { readonly companyId: string; readonly domainId: string },
  actor: Actor,
  now: Date,
): Promise<DomainResult> {
  const row = await selectDomain(tx, ref.companyId, { id: ref.domainId }, true);
  if (!row) return { ok: false, reason: 'not_found' };
  const keys = (await selectKeys(tx, ref.companyId, [row.id])).filter(
    (key) => key.algorithm === 'rsa-sha256',
  );
  const spare = keys.find((key) => key.state === 'spare');
  const signing = keys.find((key) => key.state === 'signing');
  const published = row.records.find((one) => spare && one.name === keyName(row.name, spare.selector));
  if (!spare || !signing || !published?.valid) return { ok: false, reason: 'spare_key_not_published' };
  const number = Math.max(...(await selectKeys(tx, ref.companyId, [row.id])).map((key) => key.number)) + 1;
  const owner = { id: row.id, companyId: row.company_id, mark: row.mark };
  const next = await makeDomainKey(
    deps.key,
    { domain: owner, number, algorithm: 'rsa-sha256', state: 'spare' },
    now,
  );
  await updateKey(tx, signing, { state: 'old', retired_at: now });
  await updateKey(tx, spare, { state: 'signing', signing_since: now });
  await insertKey(tx, next);
  const all = await selectKeys(tx, ref.companyId, [row.id]);
  const expected = requiredRecords(row.name, all.map(toKey), deps.host);
  const advised = row.records.filter((one) => !one.required && one.purpose !== 'dkim_ed25519');
  const records = [
    ...expected.map((one) => {
      const known = row.records.find((old) => old.name === one.name && old.type === one.type);
      return known ? { ...known, ...one } : unchecked(one);
    }),
    ...advised,
  ];
  // The new spare is missing because it was made just now: that is no loss, so the domain stays as it is.
  await updateDomain(tx, row, { records });
  const data = { domain: row.id, name: row.name, from: signing.selector, to: spare.selector };
  await record(tx, [{ type: 'key.rotated', companyId: row.company_id, at: now, actor, data }]);
  return { ok: true, domain: toDomain({ ...row, records }, all) };
}

/** From when on the record of an old key may be deleted; null for a key in use. */
export function removableFrom(key: DomainKey): Date | null {
  return key.retiredAt ? new Date(key.retiredAt.getTime() + oldKeyDays * day) : null;
}
