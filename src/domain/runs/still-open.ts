import { getCompany } from '#domain/accounts';
import type { LeftOut } from '#domain/dispatch';
import { type AnewEnd, endsMessage, type StopReason, stopsOf } from '#domain/outbox';
import type { LineTx } from './line-tx.ts';
import type { Run, RunLine } from './run.ts';

/** The documents of a line that may still be reminded of; `stopped` is the reason of the first that may not. */
export interface StillOpen {
  readonly documentIds: readonly string[];
  readonly leftOut: readonly LeftOut[];
  readonly stopped: StopReason | null;
}

/**
 * Looks at the documents of these lines one by one: who has paid one of three is asked for the other two. Without a condition all of them
 * are open. `isReleased`: a person has said that it goes, so only what ends the matter counts. In the order of the lines.
 */
export async function stillOpen(
  tx: LineTx,
  run: Pick<Run, 'companyId' | 'options'>,
  lines: readonly Pick<RunLine, 'documentIds'>[],
  now: Date,
  isReleased = false,
): Promise<StillOpen[]> {
  const { condition } = run.options;
  if (!condition) return lines.map(({ documentIds }) => ({ documentIds, leftOut: [], stopped: null }));
  const company = await getCompany(tx, run.companyId);
  const of = { companyId: run.companyId, dispatchId: null, condition, zone: company?.timeZone ?? 'UTC' };
  const stops = await stopsOf(
    tx,
    lines.map(({ documentIds }) => ({ ...of, documentIds })),
    now,
  );
  return lines.map(({ documentIds }, n): StillOpen => {
    const leftOut = [...(stops[n]?.documents ?? [])].flatMap(([documentId, reason]) =>
      isReleased && !endsMessage(reason) ? [] : [{ documentId, reason }],
    );
    const open = documentIds.filter((id) => !leftOut.some((one) => one.documentId === id));
    const whole = isReleased ? null : (stops[n]?.whole ?? null);
    const stopped = leftOut[0]?.reason ?? whole;
    return { documentIds: whole ? [] : open, leftOut, stopped };
  });
}

/** What becomes of mails of which no document may go: one that a person may release keeps all of them waiting. */
export function endOf({ leftOut, stopped }: StillOpen): Exclude<AnewEnd, { kind: 'sent' }> {
  const asked = [...leftOut.map((one) => one.reason as StopReason), ...(stopped ? [stopped] : [])];
  const held = asked.find((one) => !endsMessage(one));
  return held ? { kind: 'held', reason: held } : { kind: 'ended', reason: stopped ?? 'paid' };
}
