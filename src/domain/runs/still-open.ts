import { getCompany } from '#domain/accounts';
import { reasonToStop, type StopReason } from '#domain/outbox';
import type { LineTx } from './line-tx.ts';
import type { Run } from './run.ts';

/**
 * The documents of a line that may still be reminded of, one by one: who has paid one of three is asked for the other two. Without a
 * condition all of them. `stopped` is the reason of the first that may not.
 */
export async function stillOpen(
  tx: LineTx,
  run: Run,
  documentIds: readonly string[],
  now: Date,
): Promise<{ readonly documentIds: readonly string[]; readonly stopped: StopReason | null }> {
  const { condition } = run.options;
  if (!condition) return { documentIds, stopped: null };
  const company = await getCompany(tx, run.companyId);
  const open: string[] = [];
  let stopped: StopReason | null = null;
  for (const id of documentIds) {
    const zone = company?.timeZone ?? 'UTC';
    const which = { companyId: run.companyId, dispatchId: null, documentIds: [id], condition, zone };
    const reason = await reasonToStop(tx, which, now);
    if (reason === null) open.push(id);
    else stopped ??= reason;
  }
  return { documentIds: open, stopped };
}
