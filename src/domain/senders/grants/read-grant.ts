import type { Tx } from '#stores/database';
import type { GrantRef, GrantState } from './grant.ts';
import { type GrantTables, selectGrant } from './grant-table.ts';

/** How a grant stands; without its tokens. */
export interface GrantStanding {
  readonly state: GrantState;
  readonly scopes: string;
}

/** What was granted for a sender; null when it was never connected. */
export async function getGrant(tx: Tx<GrantTables>, ref: GrantRef): Promise<GrantStanding | null> {
  const row = await selectGrant(tx, ref);
  return row && { state: row.state, scopes: row.scopes };
}
