import type { Selectable } from 'kysely';
import type { Tx } from '#stores/database';

export interface ProofTables {
  proven_addresses: {
    company_id: string;
    address: string;
    code_mac: Buffer | null;
    mailed_at: Date | null;
    mailed_count: number;
    tries: number;
    proven_at: Date | null;
  };
}

export type ProofRow = Selectable<ProofTables['proven_addresses']>;
type ProofTx = Tx<ProofTables>;

/** The proof of an address, locked until the transaction ends; made when it is not there. */
export async function lockProof(tx: ProofTx, companyId: string, address: string): Promise<ProofRow> {
  await tx
    .insertInto('proven_addresses')
    .values({ company_id: companyId, address, mailed_count: 0, tries: 0 })
    .onConflict((on) => on.doNothing())
    .execute();
  return tx
    .selectFrom('proven_addresses')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('address', '=', address)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

export async function updateProof(
  tx: ProofTx,
  row: Pick<ProofRow, 'company_id' | 'address'>,
  changes: Partial<ProofRow>,
): Promise<void> {
  await tx
    .updateTable('proven_addresses')
    .set(changes)
    .where('company_id', '=', row.company_id)
    .where('address', '=', row.address)
    .execute();
}

/** Tells whether somebody of the company has shown that this mailbox is theirs. */
export async function isProven(tx: ProofTx, companyId: string, address: string): Promise<boolean> {
  const row = await tx
    .selectFrom('proven_addresses')
    .select('proven_at')
    .where('company_id', '=', companyId)
    .where('address', '=', address)
    .executeTakeFirst();
  return row?.proven_at != null;
}
