import { after, minute } from '#base/time';
import { type FollowedEvent, follow } from '#domain/evidence';
import { asWorker, type Tx } from '#stores/database';
import { handOver, tellDecision } from './cross.ts';
import { selectDue, updateHandOver } from './hand-over-table.ts';
import { refreshNames } from './names.ts';
import type { CrossingTables, NetworkDeps } from './network-deps.ts';
import { selectUntold } from './received-table.ts';

const batch = 50;
const followed = 500;

/**
 * A round of the network: documents that are due, decisions that their senders do not have yet, and names that have changed. Returns true
 * where there may be more. One that breaks is put off for a minute, so that it does not hold up the others.
 */
export async function runNetwork(deps: NetworkDeps, now: Date): Promise<boolean> {
  const { database, log } = deps;
  const renamed = await followNames(deps);
  const due = await asWorker(database, (tx) => selectDue(tx, now, batch));
  for (const one of due) {
    try {
      await handOver(deps, one, now);
    } catch (error) {
      log.error({ err: error, handOver: one.id }, 'a document could not be handed over and is tried again');
      await asWorker(database, (tx) => updateHandOver(tx, one, { due_at: after(now, minute) }));
    }
  }
  const untold = await asWorker(database, (tx) => selectUntold(tx, batch));
  for (const one of untold) await tellDecision(deps, one, now);
  return renamed || due.length === batch || untold.length === batch;
}

/** A company that changes its name or VAT id, or whose domain changes, is found accordingly. */
async function followNames({ database }: NetworkDeps): Promise<boolean> {
  const take = async (tx: Tx<CrossingTables>, events: readonly FollowedEvent[]): Promise<void> => {
    const concerned = events.filter(({ type }) => type === 'company.changed' || type.startsWith('domain.'));
    for (const companyId of new Set(concerned.map((event) => event.companyId)))
      await refreshNames(tx, companyId);
  };
  return (await follow(database, { name: 'network', limit: followed }, take)) === followed;
}
