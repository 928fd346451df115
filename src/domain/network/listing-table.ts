import { sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { Name, Proof } from './name.ts';
import type { NetworkTables } from './network-tables.ts';

export type { NetworkTables } from './network-tables.ts';

type NetworkTx = Tx<NetworkTables>;
type NameRow = NetworkTables['network_names'];

/** Lists a company; false where it is listed already. */
export async function insertListing(
  tx: NetworkTx,
  listing: { readonly companyId: string; readonly by: string; readonly at: Date },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('network_listings')
    .values({ company_id: listing.companyId, listed_by: listing.by, listed_at: listing.at })
    .onConflict((conflict) => conflict.column('company_id').doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Takes a company off the list; false where it was not on it. */
export async function deleteListing(tx: NetworkTx, companyId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('network_listings')
    .where('company_id', '=', companyId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Since when a company is listed; null where it is not. */
export async function selectListing(tx: NetworkTx, companyId: string): Promise<Date | null> {
  const row = await tx
    .selectFrom('network_listings')
    .select('listed_at')
    .where('company_id', '=', companyId)
    .executeTakeFirst();
  return row?.listed_at ?? null;
}

export interface Confirmation {
  readonly vatId: string;
  readonly companyId: string;
  readonly note: string;
  readonly at: Date;
}

/** Writes a confirmation; false where that VAT id belongs to a company already. */
export async function insertConfirmation(tx: NetworkTx, one: Confirmation): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('vat_confirmations')
    .values({ vat_id: one.vatId, company_id: one.companyId, note: one.note, confirmed_at: one.at })
    .onConflict((conflict) => conflict.column('vat_id').doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function deleteConfirmation(tx: NetworkTx, vatId: string): Promise<void> {
  await tx.deleteFrom('vat_confirmations').where('vat_id', '=', vatId).execute();
}

/** Who a VAT id was confirmed for. Under row-level security a company sees its own confirmations only. */
export async function selectConfirmation(tx: NetworkTx, vatId: string): Promise<Confirmation | null> {
  const row = await tx
    .selectFrom('vat_confirmations')
    .selectAll()
    .where('vat_id', '=', vatId)
    .executeTakeFirst();
  return row ? { vatId: row.vat_id, companyId: row.company_id, note: row.note, at: row.confirmed_at } : null;
}

/** Waits for whoever works out the names of the company just now: each then sees what the other has written. Held until the transaction ends. */
export async function lockNames(tx: Tx<NetworkTables>, companyId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`network names ${companyId}`}, 0))`.execute(tx);
}

export async function replaceNames(
  tx: NetworkTx,
  companyId: string,
  names: readonly NameRow[],
): Promise<void> {
  await tx.deleteFrom('network_names').where('company_id', '=', companyId).execute();
  if (names.length > 0)
    await tx
      .insertInto('network_names')
      .values([...names])
      .execute();
}

/** Who is found under a name. */
export interface Named {
  readonly companyId: string;
  readonly companyName: string;
  readonly vatId: string | null;
  readonly proof: Proof;
}

/**
 * All companies that are listed under exactly these names, by name. The transaction says the names first: without that, row-level security
 * shows a company its own names only (see `doors` in `secure-tables.ts`).
 */
export async function selectNamed(tx: NetworkTx, names: readonly Name[]): Promise<Map<Name, Named[]>> {
  const asked = [...new Set(names)].filter((name) => !name.includes('\n'));
  if (asked.length === 0) return new Map();
  const say = (text: string) => sql`select set_config('envoi.network_name', ${text}, true)`.execute(tx);
  await say(asked.join('\n'));
  const rows = await tx.selectFrom('network_names').selectAll().where('name', 'in', asked).execute();
  await say('');
  const found = new Map<Name, Named[]>();
  for (const row of rows) {
    const named = {
      companyId: row.company_id,
      companyName: row.company_name,
      vatId: row.vat_id,
      proof: row.proof,
    };
    const name = row.name as Name;
    found.set(name, [...(found.get(name) ?? []), named]);
  }
  return found;
}
