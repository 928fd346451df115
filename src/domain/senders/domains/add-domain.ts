import { randomInt } from 'node:crypto';
import { newId } from '#base/ids';
import { type Actor, type EvidenceTables, record } from '#domain/evidence';
import { domainOf } from '#mail/address';
import type { Tx } from '#stores/database';
import type { Refused } from '../sender.ts';
import type { SenderTables } from '../sender-table.ts';
import { selectSenders } from '../sender-table.ts';
import type { DomainRefusal, SendingDomain } from './domain.ts';
import type { DomainDeps } from './domain-deps.ts';
import { readDomainName } from './domain-name.ts';
import {
  type DomainRow,
  type DomainTables,
  insertDomain,
  selectDomain,
  toDomain,
  updateDomain,
} from './domain-table.ts';
import { requiredRecords } from './expected-records.ts';
import { unchecked } from './judge-record.ts';
import { makeDomainKey } from './make-keys.ts';

export type DomainResult = { readonly ok: true; readonly domain: SendingDomain } | Refused<DomainRefusal>;

export interface NewDomain {
  readonly companyId: string;
  readonly name: string;
  /** A third key for the few receivers that know Ed25519 (RFC 8463); default false. */
  readonly ed25519?: boolean;
  /** Name of the person or program. */
  readonly by?: string;
}

/**
 * Adds a domain with its keys: one that signs, and a spare whose record is published from the start, so that the key can be
 * changed without a gap. It is `pending` until a check finds the records. Refuses what is no domain of a company's own.
 */
export async function addDomain(
  tx: Tx<DomainTables & EvidenceTables>,
  deps: Pick<DomainDeps, 'key' | 'host'>,
  input: NewDomain,
  actor: Actor,
  now: Date,
): Promise<DomainResult> {
  const read = readDomainName(input.name);
  if (!read.ok) return read;
  if (await selectDomain(tx, input.companyId, { name: read.name }))
    return { ok: false, reason: 'domain_exists' };
  const row: DomainRow = {
    ...emptyRow(now),
    company_id: input.companyId,
    name: read.name,
    created_by: input.by ?? '',
  };
  const owner = { id: row.id, companyId: row.company_id, mark: row.mark };
  const keys = [
    await makeDomainKey(
      deps.key,
      { domain: owner, number: 1, algorithm: 'rsa-sha256', state: 'signing' },
      now,
    ),
    await makeDomainKey(deps.key, { domain: owner, number: 2, algorithm: 'rsa-sha256', state: 'spare' }, now),
    ...(input.ed25519
      ? [
          await makeDomainKey(
            deps.key,
            { domain: owner, number: 3, algorithm: 'ed25519-sha256', state: 'signing' },
            now,
          ),
        ]
      : []),
  ];
  const bare = toDomain(row, keys);
  const records = requiredRecords(row.name, bare.keys, deps.host).map(unchecked);
  await insertDomain(tx, { ...row, records }, keys);
  const data = { domain: row.id, name: row.name };
  await record(tx, [{ type: 'domain.added', companyId: row.company_id, at: now, actor, data }]);
  return { ok: true, domain: { ...bare, records } };
}

/** Takes a domain out of use and forgets its keys. Refuses while a sender still uses it. */
export async function removeDomain(
  tx: Tx<DomainTables & SenderTables & EvidenceTables>,
  ref: { readonly companyId: string; readonly domainId: string },
  actor: Actor,
  now: Date,
): Promise<{ readonly ok: true; readonly name: string } | Refused<DomainRefusal>> {
  const row = await selectDomain(tx, ref.companyId, { id: ref.domainId }, true);
  if (!row) return { ok: false, reason: 'not_found' };
  const senders = await selectSenders(tx, ref.companyId);
  if (senders.some((sender) => sender.method === 'domain' && domainOf(sender.address) === row.name))
    return { ok: false, reason: 'domain_in_use' };
  await updateDomain(tx, row, { deleted_at: now });
  const data = { domain: row.id, name: row.name };
  await record(tx, [{ type: 'domain.removed', companyId: row.company_id, at: now, actor, data }]);
  return { ok: true, name: row.name };
}

function emptyRow(now: Date): Omit<DomainRow, 'company_id' | 'name' | 'created_by'> {
  return {
    id: newId('domain', now),
    mark: newMark(),
    state: 'pending',
    records: [],
    checked_at: null,
    missing_since: null,
    fallback_sender_id: null,
    created_at: now,
    deleted_at: null,
  };
}

/** Four letters without vowels, so that they make no word. */
function newMark(): string {
  const letters = 'bcdfghjkmnpqrstvwxz23456789';
  return Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
}
