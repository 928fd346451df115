import { type ColumnType, type Generated, type Selectable, sql } from 'kysely';
import type { Language } from '#base/language';
import type { EvidenceSummary } from '#domain/proofs';
import { isBehind, type NewestPlace, type Tx } from '#stores/database';
import type { Bundle, BundleState } from './bundle.ts';

export interface BundleTables {
  evidence_bundles: {
    id: string;
    company_id: string;
    customer_id: string | null;
    from_day: string | null;
    to_day: string | null;
    language: string;
    actor: Bundle['actor'];
    asked_by: string;
    state: BundleState;
    leased_until: Date | null;
    created_at: Date;
    ready_at: Date | null;
    expires_at: Date | null;
  };
  evidence_bundle_files: {
    bundle_id: string;
    company_id: string;
    place: number;
    dispatch_id: string | null;
    name: string;
    tries: Generated<number>;
    is_failed: Generated<boolean>;
    sha256: string | null;
    bytes: number | null;
    facts: ColumnType<EvidenceSummary | null, string | null, string | null>;
  };
}

type BundleTx = Tx<BundleTables>;
type Counted = Selectable<BundleTables['evidence_bundles']> &
  Pick<Bundle, 'dispatches' | 'made' | 'failed' | 'bytes'>;

export async function insertBundle(
  tx: BundleTx,
  bundle: Omit<Bundle, 'dispatches' | 'made' | 'failed' | 'bytes'>,
): Promise<void> {
  await tx
    .insertInto('evidence_bundles')
    .values({
      id: bundle.id,
      company_id: bundle.companyId,
      customer_id: bundle.customerId,
      from_day: bundle.from,
      to_day: bundle.to,
      language: bundle.language,
      actor: bundle.actor,
      asked_by: bundle.askedBy,
      state: bundle.state,
      leased_until: null,
      created_at: bundle.createdAt,
      ready_at: bundle.readyAt,
      expires_at: bundle.expiresAt,
    })
    .execute();
}

const counted = sql`(select count(*)::int from evidence_bundle_files where bundle_id = bundle.id and place > 0) as dispatches,
  (select count(*)::int from evidence_bundle_files where bundle_id = bundle.id and place > 0 and sha256 is not null) as made,
  (select count(*)::int from evidence_bundle_files where bundle_id = bundle.id and is_failed) as failed,
  (select coalesce(sum(bytes), 0)::float8 from evidence_bundle_files where bundle_id = bundle.id) as bytes`;

/** Which bundles of a company: one by its id, or the newest before a place in the list. */
export type BundleKey =
  | { readonly id: string }
  | { readonly before: NewestPlace | null; readonly limit: number };

/** Bundles of a company with their counts, newest first. */
export async function selectBundles(tx: BundleTx, companyId: string, key: BundleKey): Promise<Bundle[]> {
  const which = 'id' in key ? sql`and id = ${key.id}` : sql`and ${isBehind(key.before)}`;
  const { rows } = await sql<Counted>`
    select bundle.*, bundle.from_day::text as from_day, bundle.to_day::text as to_day, ${counted}
    from evidence_bundles bundle where company_id = ${companyId} ${which}
    order by created_at desc, id desc limit ${'limit' in key ? key.limit : 1}`.execute(tx);
  return rows.map(toBundle);
}

/** Takes the oldest waiting bundle until `until`, so that no other process works on it; null when none waits. */
export async function leaseBundle(tx: BundleTx, now: Date, until: Date): Promise<Bundle | null> {
  const { rows } = await sql<Counted>`
    with due as (select id from evidence_bundles
      where state = 'waiting' and (leased_until is null or leased_until <= ${now})
      order by created_at limit 1 for update skip locked)
    update evidence_bundles bundle set leased_until = ${until} from due where bundle.id = due.id
    returning bundle.*, bundle.from_day::text as from_day, bundle.to_day::text as to_day, ${counted}`.execute(
    tx,
  );
  return rows[0] ? toBundle(rows[0]) : null;
}

/** Gives a bundle back, and says that it is ready when `readyAt` is given. */
export async function releaseBundle(
  tx: BundleTx,
  { companyId, id }: Pick<Bundle, 'companyId' | 'id'>,
  ready: { readonly readyAt: Date; readonly expiresAt: Date } | null,
): Promise<void> {
  await tx
    .updateTable('evidence_bundles')
    .set({
      leased_until: null,
      ...(ready ? { state: 'ready' as const, ready_at: ready.readyAt, expires_at: ready.expiresAt } : {}),
    })
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .execute();
}

/** One bundle whose time is over, with its state changed; null when there is none. */
export async function expireBundle(
  tx: BundleTx,
  now: Date,
): Promise<Pick<Bundle, 'id' | 'companyId'> | null> {
  const { rows } = await sql<{ id: string; companyId: string }>`
    update evidence_bundles set state = 'expired' where id = (select id from evidence_bundles
      where state = 'ready' and expires_at <= ${now} order by expires_at limit 1 for update skip locked)
    returning id, company_id as "companyId"`.execute(tx);
  return rows[0] ?? null;
}

function toBundle(row: Counted): Bundle {
  return {
    id: row.id,
    companyId: row.company_id,
    customerId: row.customer_id,
    from: row.from_day,
    to: row.to_day,
    language: row.language as Language,
    actor: row.actor,
    askedBy: row.asked_by,
    state: row.state,
    createdAt: row.created_at,
    readyAt: row.ready_at,
    expiresAt: row.expires_at,
    dispatches: row.dispatches,
    made: row.made,
    failed: row.failed,
    bytes: row.bytes,
  };
}
