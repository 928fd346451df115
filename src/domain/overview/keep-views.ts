import { newId } from '#base/ids';
import type { Tx } from '#stores/database';
import type { OverviewTables } from './overview-tables.ts';
import { selectViews, upsertView, type ViewOwner } from './saved-view-table.ts';

const mostViews = 50;
const longestName = 60;
const longestQuery = 1500;

export type KeptView = { readonly ok: true } | { readonly ok: false; readonly reason: ViewProblem };
export type ViewProblem = 'required' | 'too_long' | 'too_many_views';

/** Keeps the query of a list's address under a name (up to 60 characters); the same name again replaces what it stood for. */
export async function keepView(
  tx: Tx<Pick<OverviewTables, 'saved_views'>>,
  owner: ViewOwner,
  given: { readonly name: string; readonly query: string },
  now: Date,
): Promise<KeptView> {
  const name = given.name
    .normalize('NFC')
    .replace(/\p{Cc}/gu, ' ')
    .trim();
  if (name === '') return { ok: false, reason: 'required' };
  if (name.length > longestName || given.query.length > longestQuery)
    return { ok: false, reason: 'too_long' };
  const others = (await selectViews(tx, owner)).filter((view) => view.name !== name);
  if (others.length >= mostViews) return { ok: false, reason: 'too_many_views' };
  await upsertView(tx, owner, { id: newId('savedView', now), name, query: given.query }, now);
  return { ok: true };
}
