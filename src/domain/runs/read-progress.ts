import { after, minute } from '#base/time';
import type { Tx } from '#stores/database';
import type { LineState, Run } from './run.ts';
import { countLines } from './run-line-table.ts';
import type { RunTables } from './run-table.ts';

/** How far a run is. */
export interface Progress {
  readonly counts: Readonly<Record<LineState, number>>;
  readonly lines: number;
  readonly documents: number;
  /** Lines sent in the last minute, per minute; null while nothing was sent in it. */
  readonly perMinute: number | null;
  /** Seconds until the last ready line is sent, at that rate; null while it is not known. */
  readonly secondsLeft: number | null;
}

/** Counts the lines of a run and works out its rate from those that were sent in the last minute. */
export async function readProgress(tx: Tx<RunTables>, run: Run, now: Date): Promise<Progress> {
  const since = after(now, -minute);
  const which = { companyId: run.companyId, runId: run.id };
  const { counts, recent, documents } = await countLines(tx, which, since);
  const begun = run.startedAt && run.startedAt > since ? run.startedAt : since;
  const seconds = Math.max(1, (now.getTime() - begun.getTime()) / 1000);
  const perSecond = run.state === 'running' && recent > 0 ? recent / seconds : 0;
  return {
    counts,
    lines: Object.values(counts).reduce((sum, count) => sum + count, 0),
    documents,
    perMinute: perSecond > 0 ? Math.round(perSecond * 60) : null,
    secondsLeft: perSecond > 0 ? Math.ceil(counts.ready / perSecond) : null,
  };
}
