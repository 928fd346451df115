import { dayIn, day as oneDay } from '#base/time';
import { getCompany } from '#domain/accounts';
import type { Dispatch, LeftOut } from '#domain/dispatch';
import type { LineTx } from './line-tx.ts';
import type { Run, RunLine } from './run.ts';
import { type StillOpen, stillOpen } from './still-open.ts';

/** Nobody is reminded twice within so many days, by hand or by a policy. */
export const leastGapDays = 3;

/** The documents of a line that go; `stopped` is why none does: a stop reason, or that it was reminded of lately. */
export type OpenOfLine = Pick<StillOpen, 'documentIds' | 'leftOut'> & { readonly stopped: string | null };

/** Whether a person has said that what went out before goes again. */
export function mayGoAgain(run: Run, line: RunLine): boolean {
  return (run.options.again ?? false) || (line.choice.again ?? false);
}

/**
 * The documents of these lines that may go: still open, and in a run of reminders not reminded of within the least gap (`earlier` are the
 * dispatches of the documents), unless a person has said that they go again. In the order of the lines.
 */
export async function openOfLines(
  tx: LineTx,
  run: Run,
  lines: readonly RunLine[],
  earlier: readonly Dispatch[],
  now: Date,
): Promise<OpenOfLine[]> {
  const open = await stillOpen(tx, run, lines, now);
  if (run.purpose !== 'reminder') return open;
  const zone = (await getCompany(tx, run.companyId))?.timeZone ?? 'UTC';
  const rested = dayIn(zone, new Date(now.getTime() - leastGapDays * oneDay));
  const reminders = earlier.filter((one) => one.purpose === 'reminder' && one.canceledAt === null);
  const lately = new Set(
    reminders.flatMap((one) => (dayIn(zone, one.createdAt) > rested ? one.documentIds : [])),
  );
  return lines.map((line, n) => {
    const found = open[n] ?? { documentIds: [], leftOut: [], stopped: null };
    return mayGoAgain(run, line) ? found : withoutLately(found, lately);
  });
}

function withoutLately(open: OpenOfLine, lately: ReadonlySet<string>): OpenOfLine {
  const resting = open.documentIds.filter((id) => lately.has(id));
  if (resting.length === 0) return open;
  const documentIds = open.documentIds.filter((id) => !lately.has(id));
  const leftOut: LeftOut[] = resting.map((documentId) => ({ documentId, reason: 'reminded_lately' }));
  // A person can let these go, which is what the line then offers.
  const stopped = documentIds.length === 0 ? 'reminded_lately' : open.stopped;
  return { documentIds, leftOut: [...open.leftOut, ...leftOut], stopped };
}
