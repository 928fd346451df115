import type { Tx } from '#stores/database';
import type { OverviewTables, ViewPlace } from './overview-tables.ts';

/** A list as somebody keeps it: a name for the query in its address. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly query: string;
}

/** Whose list it is. */
export interface ViewOwner {
  readonly companyId: string;
  readonly userId: string;
  readonly place: ViewPlace;
}

type ViewTx = Tx<Pick<OverviewTables, 'saved_views'>>;

/** The views of a person by name. */
export function selectViews(tx: ViewTx, owner: ViewOwner): Promise<SavedView[]> {
  return ownedBy(tx, owner).select(['id', 'name', 'query']).orderBy('name').execute();
}

/** Keeps a view; one of the same name is replaced. */
export async function upsertView(tx: ViewTx, owner: ViewOwner, view: SavedView, now: Date): Promise<void> {
  await tx
    .insertInto('saved_views')
    .values({
      ...view,
      company_id: owner.companyId,
      user_id: owner.userId,
      place: owner.place,
      created_at: now,
    })
    .onConflict((conflict) =>
      conflict.columns(['company_id', 'user_id', 'place', 'name']).doUpdateSet({ query: view.query }),
    )
    .execute();
}

/** Forgets a view; false when this person has none with that id. */
export async function deleteView(tx: ViewTx, owner: ViewOwner, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('saved_views')
    .where('company_id', '=', owner.companyId)
    .where('user_id', '=', owner.userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

function ownedBy(tx: ViewTx, { companyId, userId, place }: ViewOwner) {
  return tx
    .selectFrom('saved_views')
    .where('company_id', '=', companyId)
    .where('user_id', '=', userId)
    .where('place', '=', place);
}
