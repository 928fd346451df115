import type { Tx } from '#stores/database';

export interface RefusalTables {
  tracking_refusals: { company_id: string; address_hash: Buffer; refused_at: Date };
  tracking_refusal_keys: { company_id: string; key: Buffer };
}

type RefusalTx = Tx<RefusalTables>;

/** The key of the company for hashes of addresses; null where nobody has refused yet. */
export async function selectRefusalKey(tx: RefusalTx, companyId: string): Promise<Buffer | null> {
  const row = await tx
    .selectFrom('tracking_refusal_keys')
    .select('key')
    .where('company_id', '=', companyId)
    .executeTakeFirst();
  return row?.key ?? null;
}

/** Keeps the key unless the company has one; where two come at once, the first stays. */
export async function insertRefusalKey(tx: RefusalTx, companyId: string, key: Buffer): Promise<void> {
  await tx
    .insertInto('tracking_refusal_keys')
    .values({ company_id: companyId, key })
    .onConflict((conflict) => conflict.column('company_id').doNothing())
    .execute();
}

/** Notes a refusal; the time of the first one stays. */
export async function insertRefusal(
  tx: RefusalTx,
  companyId: string,
  addressHash: Buffer,
  now: Date,
): Promise<void> {
  await tx
    .insertInto('tracking_refusals')
    .values({ company_id: companyId, address_hash: addressHash, refused_at: now })
    .onConflict((conflict) => conflict.columns(['company_id', 'address_hash']).doNothing())
    .execute();
}

export async function deleteRefusal(tx: RefusalTx, companyId: string, addressHash: Buffer): Promise<void> {
  await tx
    .deleteFrom('tracking_refusals')
    .where('company_id', '=', companyId)
    .where('address_hash', '=', addressHash)
    .execute();
}

/** Those of the hashes for which a refusal stands, as hex. */
export async function selectRefusals(
  tx: RefusalTx,
  companyId: string,
  hashes: readonly Buffer[],
): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const rows = await tx
    .selectFrom('tracking_refusals')
    .select('address_hash')
    .where('company_id', '=', companyId)
    .where('address_hash', 'in', [...hashes])
    .execute();
  return new Set(rows.map((row) => row.address_hash.toString('hex')));
}
