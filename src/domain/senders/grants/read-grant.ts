import type { Tx } from '#stores/database';
import type { GrantRef, GrantState } from './grant.ts';
import { type GrantRow, type GrantTables, selectGrant, selectGrants } from './grant-table.ts';

/** How a grant stands; without its tokens. */
export interface GrantStanding {
  readonly state: GrantState;
  readonly scopes: string;
}

/** What was granted for a sender; null when it was never connected. */
export async function getGrant(tx: Tx<GrantTables>, ref: GrantRef): Promise<GrantStanding | null> {
  const row = await selectGrant(tx, ref);
  return row && standingOf(row);
}

/** The grants of a company by the ids of their senders. */
export async function listGrants(
  tx: Tx<GrantTables>,
  companyId: string,
): Promise<Map<string, GrantStanding>> {
  return new Map((await selectGrants(tx, companyId)).map((row) => [row.sender_id, standingOf(row)]));
}

function standingOf({ state, scopes }: GrantRow): GrantStanding {
  return { state, scopes };
}
