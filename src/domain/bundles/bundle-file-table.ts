import { type Selectable, sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { Bundle, BundleFile } from './bundle.ts';
import type { BundleTables } from './bundle-table.ts';

type BundleTx = Tx<BundleTables>;
type OfBundle = Pick<Bundle, 'companyId' | 'id'>;

/** Says which dispatches a bundle will hold, in their order. */
export async function insertPlaces(
  tx: BundleTx,
  bundle: OfBundle,
  dispatchIds: readonly string[],
): Promise<void> {
  await sql`insert into evidence_bundle_files (bundle_id, company_id, place, dispatch_id, name)
    select ${bundle.id}, ${bundle.companyId}, at, id, 'evidence-' || id || '.asice'
    from unnest(${[...dispatchIds]}::text[]) with ordinality as given (id, at)`.execute(tx);
}

/** Takes the first place that is not made, counts the try, and returns it; null when all are made or given up. */
export async function takePlace(
  tx: BundleTx,
  bundle: OfBundle,
  mostTries: number,
): Promise<BundleFile | null> {
  await sql`update evidence_bundle_files set is_failed = true where bundle_id = ${bundle.id} and company_id = ${bundle.companyId}
    and place > 0 and sha256 is null and tries >= ${mostTries}`.execute(tx);
  const { rows } = await sql<Row>`
    update evidence_bundle_files set tries = tries + 1 where bundle_id = ${bundle.id} and company_id = ${bundle.companyId}
      and place = (select min(place) from evidence_bundle_files
        where bundle_id = ${bundle.id} and place > 0 and sha256 is null and not is_failed)
    returning *`.execute(tx);
  return rows[0] ? toFile(rows[0]) : null;
}

/** Writes down that a file was made. */
export async function fillPlace(tx: BundleTx, bundle: OfBundle, file: BundleFile): Promise<void> {
  const facts = file.facts ? JSON.stringify(file.facts) : null;
  await tx
    .insertInto('evidence_bundle_files')
    .values({
      bundle_id: bundle.id,
      company_id: bundle.companyId,
      place: file.place,
      dispatch_id: file.dispatchId,
      name: file.name,
      sha256: file.sha256,
      bytes: file.bytes,
      facts,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['bundle_id', 'place'])
        .doUpdateSet({ sha256: file.sha256, bytes: file.bytes, facts, is_failed: false }),
    )
    .execute();
}

/** The files of a bundle, the index first. */
export async function selectBundleFiles(tx: BundleTx, bundle: OfBundle): Promise<BundleFile[]> {
  const rows = await tx
    .selectFrom('evidence_bundle_files')
    .selectAll()
    .where('company_id', '=', bundle.companyId)
    .where('bundle_id', '=', bundle.id)
    .orderBy('place')
    .execute();
  return rows.map(toFile);
}

/** Forgets the bytes of a bundle, and what its index said; how many dispatches it held stays. */
export async function clearPlaces(tx: BundleTx, bundle: OfBundle): Promise<void> {
  await tx
    .updateTable('evidence_bundle_files')
    .set({ sha256: null, facts: null })
    .where('company_id', '=', bundle.companyId)
    .where('bundle_id', '=', bundle.id)
    .execute();
}

type Row = Selectable<BundleTables['evidence_bundle_files']>;

function toFile(row: Row): BundleFile {
  return {
    place: row.place,
    dispatchId: row.dispatch_id,
    name: row.name,
    isFailed: row.is_failed,
    sha256: row.sha256,
    bytes: row.bytes === null ? null : Number(row.bytes),
    facts: row.facts,
  };
}
