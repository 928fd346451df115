import { day } from '#base/time';
import { record } from '#domain/evidence';
import { asWorker, inCompany } from '#stores/database';
import { accessToken } from './access-token.ts';
import { revokeToken } from './ask-provider.ts';
import type { GrantRef } from './grant.ts';
import type { GrantDeps } from './grant-deps.ts';
import {
  countOthers,
  countTry,
  deleteGrant,
  type GrantRow,
  openToken,
  selectGrantsToTend,
} from './grant-table.ts';

const atOnce = 20;
const mostTries = 10; // the loop comes every five minutes: most of an hour

/**
 * Gives the grants of removed senders back, and renews those that were not used for a day: Microsoft's end after 90 days without use
 * (learn.microsoft.com/entra/identity-platform/refresh-tokens), and one that has ended is then known before somebody sends.
 * Returns whether there may be more to do.
 */
export async function tendGrants(deps: GrantDeps): Promise<boolean> {
  const before = new Date(deps.now().getTime() - day);
  const rows = await asWorker(deps.database, (tx) => selectGrantsToTend(tx, before, atOnce));
  let moved = 0;
  for (const row of rows) if (await tend(deps, row)) moved += 1;
  return moved === atOnce;
}

async function tend(deps: GrantDeps, row: GrantRow): Promise<boolean> {
  const ref = { companyId: row.company_id, senderId: row.sender_id };
  if (row.state === 'leaving') return giveBack(deps, ref, row);
  const token = openToken(deps.key, row, 'access');
  const answer = await accessToken(deps, ref, token ?? undefined);
  if (!answer.ok) await inCompany(deps.database, ref.companyId, (tx) => countTry(tx, ref)); // others come first the next time
  return answer.ok || answer.problem === 'grant_ended';
}

async function giveBack(deps: GrantDeps, ref: GrantRef, row: GrantRow): Promise<boolean> {
  const provider = deps.providers[row.provider];
  const token = openToken(deps.key, row, 'refresh');
  // Google ends all grants of an account to this app with one of them: where another sender lives on it, it stays.
  const isShared = (await asWorker(deps.database, (tx) => countOthers(tx, row))) > 0;
  const mayAsk = provider?.revokeUrl && token !== null && !isShared;
  const asked = mayAsk ? await revokeToken(provider, token) : null;
  return inCompany(deps.database, ref.companyId, async (tx) => {
    if (asked && !asked.ok && asked.kind === 'passing' && (await countTry(tx, ref)) < mostTries) return false;
    await deleteGrant(tx, ref);
    const data = { sender: ref.senderId, provider: row.provider, revoked: asked?.ok === true };
    const at = deps.now();
    await record(tx, [{ type: 'sender.account_left', companyId: ref.companyId, at, actor: 'system', data }]);
    return true;
  });
}
