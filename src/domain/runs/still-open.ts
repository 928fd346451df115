import { getCompany } from '#domain/accounts';
import { reasonsToStop, type StopReason } from '#domain/outbox';
import type { LineTx } from './line-tx.ts';
import type { Run, RunLine } from './run.ts';

/** The documents of a line that may still be reminded of; `stopped` is the reason of the first that may not. */
export interface StillOpen {
  readonly documentIds: readonly string[];
  readonly stopped: StopReason | null;
}

/**
 * Looks at the documents of these lines one by one: who has paid one of three is asked for the other two. Without a condition all of them
 * are open. In the order of the lines.
 */
export async function stillOpen(
  tx: LineTx,
  run: Run,
  lines: readonly RunLine[],
  now: Date,
): Promise<StillOpen[]> {
  const { condition } = run.options;
  if (!condition) return lines.map(({ documentIds }) => ({ documentIds, stopped: null }));
  const company = await getCompany(tx, run.companyId);
  const zone = company?.timeZone ?? 'UTC';
  const ids = lines.flatMap((line) => line.documentIds);
  const asked = ids.map((id) => ({
    companyId: run.companyId,
    dispatchId: null,
    documentIds: [id],
    condition,
    zone,
  }));
  const reasons = await reasonsToStop(tx, asked, now);
  const reasonOf = new Map(ids.map((id, n) => [id, reasons[n] ?? null]));
  return lines.map(({ documentIds }) => ({
    documentIds: documentIds.filter((id) => !reasonOf.get(id)),
    stopped: documentIds.map((id) => reasonOf.get(id) ?? null).find((one) => one !== null) ?? null,
  }));
}
