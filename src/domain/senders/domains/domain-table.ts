import { type Selectable, sql } from 'kysely';
import type { DkimAlgorithm } from '#mail/dkim';
import type { Tx } from '#stores/database';
import type { DomainKey, DomainRecord, DomainState, KeyState, SendingDomain } from './domain.ts';

export interface DomainTables {
  domains: {
    id: string;
    company_id: string;
    name: string;
    mark: string;
    state: DomainState;
    records: readonly DomainRecord[];
    checked_at: Date | null;
    missing_since: Date | null;
    fallback_sender_id: string | null;
    created_by: string;
    created_at: Date;
    deleted_at: Date | null;
  };
  domain_keys: {
    id: string;
    company_id: string;
    domain_id: string;
    number: number;
    selector: string;
    algorithm: DkimAlgorithm;
    secret: Buffer;
    record: string;
    state: KeyState;
    created_at: Date;
    signing_since: Date | null;
    retired_at: Date | null;
  };
}

export type DomainRow = Selectable<DomainTables['domains']>;
export type DomainKeyRow = Selectable<DomainTables['domain_keys']>;
type DomainTx = Tx<DomainTables>;

export async function insertDomain(
  tx: DomainTx,
  row: DomainRow,
  keys: readonly DomainKeyRow[],
): Promise<void> {
  await tx
    .insertInto('domains')
    .values({ ...row, records: JSON.stringify(row.records) as never })
    .execute();
  await tx
    .insertInto('domain_keys')
    .values([...keys])
    .execute();
}

export async function insertKey(tx: DomainTx, key: DomainKeyRow): Promise<void> {
  await tx.insertInto('domain_keys').values(key).execute();
}

/** The company's domain with this id or name, unless it was taken out of use; locked where it is to be changed. */
export async function selectDomain(
  tx: DomainTx,
  companyId: string,
  which: { readonly id: string } | { readonly name: string },
  lock = false,
): Promise<DomainRow | undefined> {
  let query = tx
    .selectFrom('domains')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('deleted_at', 'is', null);
  query = 'id' in which ? query.where('id', '=', which.id) : query.where('name', '=', which.name);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

export async function selectDomains(tx: DomainTx, companyId: string): Promise<DomainRow[]> {
  return tx
    .selectFrom('domains')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** The companies for which a domain is proved just now, whoever proved it first. */
export async function selectProvers(tx: DomainTx, name: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('domains')
    .select('company_id')
    .where('name', '=', name)
    .where('state', '=', 'valid')
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => row.company_id);
}

/** Of which company a domain is. */
export async function selectDomainOwner(tx: DomainTx, id: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('domains')
    .select('company_id')
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row?.company_id;
}

/** Domains of all companies that are to be checked again: the oldest check first, those never checked before all. */
export async function selectDomainsToCheck(
  tx: DomainTx,
  before: { readonly daily: Date; readonly hourly: Date },
  limit: number,
): Promise<Pick<DomainRow, 'id' | 'company_id'>[]> {
  return tx
    .selectFrom('domains')
    .select(['id', 'company_id'])
    .where('deleted_at', 'is', null)
    .where((on) =>
      on.or([
        on('checked_at', 'is', null),
        on('checked_at', '<', before.daily),
        on.and([on('state', 'in', ['warning', 'broken']), on('checked_at', '<', before.hourly)]),
      ]),
    )
    .orderBy(sql`checked_at nulls first`)
    .limit(limit)
    .execute();
}

/** The keys of some domains, old ones included, with their sealed secrets. */
export async function selectKeys(
  tx: DomainTx,
  companyId: string,
  domainIds: readonly string[],
): Promise<DomainKeyRow[]> {
  if (domainIds.length === 0) return [];
  return tx
    .selectFrom('domain_keys')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('domain_id', 'in', [...domainIds])
    .where('state', '!=', 'gone')
    .orderBy('number')
    .execute();
}

export async function updateDomain(
  tx: DomainTx,
  row: Pick<DomainRow, 'id' | 'company_id'>,
  changes: Partial<DomainRow>,
): Promise<void> {
  const records = changes.records ? { records: JSON.stringify(changes.records) as never } : {};
  await tx
    .updateTable('domains')
    .set({ ...changes, ...records })
    .where('company_id', '=', row.company_id)
    .where('id', '=', row.id)
    .execute();
}

export async function updateKey(
  tx: DomainTx,
  row: Pick<DomainKeyRow, 'id' | 'company_id'>,
  changes: Partial<DomainKeyRow>,
): Promise<void> {
  await tx
    .updateTable('domain_keys')
    .set(changes)
    .where('company_id', '=', row.company_id)
    .where('id', '=', row.id)
    .execute();
}

export function toDomain(row: DomainRow, keys: readonly DomainKeyRow[]): SendingDomain {
  return {
    id: row.id,
    companyId: row.company_id,
    name: row.name,
    state: row.state,
    records: row.records,
    keys: keys.filter((key) => key.domain_id === row.id).map(toKey),
    checkedAt: row.checked_at,
    missingSince: row.missing_since,
    fallbackSenderId: row.fallback_sender_id,
    createdBy: row.created_by,
    createdAt: row.created_at,
  };
}

export function toKey(row: DomainKeyRow): DomainKey {
  const { id, number, selector, algorithm, record, state } = row;
  return {
    id,
    number,
    selector,
    algorithm,
    record,
    state,
    createdAt: row.created_at,
    signingSince: row.signing_since,
    retiredAt: row.retired_at,
  };
}
