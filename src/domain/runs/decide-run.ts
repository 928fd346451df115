import { after, second } from '#base/time';
import type { Author } from '#domain/dispatch';
import { type EvidenceTables, type Fact, record } from '#domain/evidence';
import { notify, type Tx } from '#stores/database';
import type { Run, RunLine, RunState } from './run.ts';
import { countLines, lockLine, skipUnclaimed, uncheckLines, updateLine } from './run-line-table.ts';
import { claimDocuments, lockRun, type RunTables, releaseClaims, updateRun } from './run-table.ts';

type DecideTx = Tx<RunTables & EvidenceTables>;
type Which = {
  readonly companyId: string;
  readonly runId: string;
  readonly author: Author;
  /** Of a start: seconds in which it can be taken back; absent: none. */
  readonly undoSeconds?: number;
};

export type RunDecided =
  | { readonly ok: true; readonly run: Run }
  | { readonly ok: false; readonly reason: 'not_found' | 'wrong_state' | 'too_late' };

export type RunDeed = 'start' | 'undo' | 'pause' | 'resume' | 'cancel';

const from: Readonly<Record<RunDeed, readonly RunState[]>> = {
  start: ['ready'],
  undo: ['running'],
  pause: ['running'],
  resume: ['paused'],
  cancel: ['checking', 'ready', 'running', 'paused'],
};
const to: Readonly<Record<RunDeed, RunState>> = {
  start: 'running',
  undo: 'checking',
  pause: 'paused',
  resume: 'running',
  cancel: 'canceled',
};

/**
 * Starts, pauses, resumes or cancels a run, or takes a start back while nothing has left. Starting takes its documents; those that another
 * run has taken are left to that one. What has been sent stays sent. Refuses what the run's state does not allow: of two who start it, the
 * second is refused.
 */
export async function decideRun(tx: DecideTx, which: Which, deed: RunDeed, now: Date): Promise<RunDecided> {
  const run = await lockRun(tx, which.companyId, which.runId);
  if (!run) return { ok: false, reason: 'not_found' };
  if (!from[deed].includes(run.state)) return { ok: false, reason: 'wrong_state' };
  if (deed === 'undo' && !mayBeUndone(run, now)) return { ok: false, reason: 'too_late' };
  if (deed === 'start') await start(tx, run, now, which.undoSeconds);
  else if (deed === 'undo') await undo(tx, run);
  else if (deed === 'cancel') {
    await updateRun(tx, run, { state: 'canceled', finishedAt: now });
    await releaseClaims(tx, run);
  } else await updateRun(tx, run, { state: to[deed] });
  await record(tx, [fact(run, deed, which.author, now)]);
  await notify(tx, 'envoi_runs', '');
  return { ok: true, run: { ...run, state: to[deed] } };
}

/** Whether a run that was started has sent nothing yet, so that the start can be taken back. */
export function mayBeUndone({ state, undoUntil }: Run, now: Date): boolean {
  return state === 'running' && undoUntil !== null && undoUntil > now;
}

async function start(tx: DecideTx, run: Run, now: Date, undoSeconds = 0): Promise<void> {
  await claimDocuments(tx, run);
  await skipUnclaimed(tx, { companyId: run.companyId, runId: run.id }, now);
  const undoUntil = undoSeconds > 0 ? after(now, undoSeconds * second) : null;
  await updateRun(tx, run, { state: 'running', startedAt: now, undoUntil });
}

/** Lines that were left to another run are looked at again; the others stay as they were. */
async function undo(tx: DecideTx, run: Run): Promise<void> {
  await uncheckLines(tx, { companyId: run.companyId, runId: run.id }, ['skipped']);
  await releaseClaims(tx, run);
  await updateRun(tx, run, { state: 'checking', startedAt: null, undoUntil: null });
}

/** A run of which every line was looked at becomes ready, or goes on by itself. Returns whether it did. */
export async function checkedAll(tx: DecideTx, { companyId, id }: Run, now: Date): Promise<boolean> {
  const run = await lockRun(tx, companyId, id);
  if (run?.state !== 'checking') return false;
  const { counts } = await countLines(tx, { companyId, runId: id }, now);
  if (counts.unchecked > 0) return false;
  if (!run.startsItself) {
    await updateRun(tx, run, { state: 'ready' });
    return true;
  }
  await start(tx, run, now);
  await record(tx, [fact(run, 'start', run.author, now)]);
  return true;
}

/** A run of which no line is left to send is finished. Returns whether it is. */
export async function finishRun(tx: DecideTx, { companyId, id }: Run, now: Date): Promise<boolean> {
  const run = await lockRun(tx, companyId, id);
  if (run?.state !== 'running') return false;
  const { counts } = await countLines(tx, { companyId, runId: id }, now);
  if (counts.ready > 0) return false;
  await updateRun(tx, run, { state: 'finished', finishedAt: now });
  await releaseClaims(tx, run);
  const { sent, refused, skipped, blocked, excluded } = counts;
  await record(tx, [
    {
      type: 'dispatch.finished_many',
      companyId,
      at: now,
      actor: 'system',
      data: { run: id, sent, refused, skipped, blocked, excluded, unattended: run.startsItself },
    },
  ]);
  return true;
}

export type LineDeed = 'leave_out' | 'send_again' | 'check';

/** Leaves one line out, lets one go out that went out before, or has everything looked at again that was not sendable. */
export async function decideLine(
  tx: DecideTx,
  which: { readonly companyId: string; readonly runId: string; readonly lineId: string | null },
  deed: LineDeed,
): Promise<RunDecided> {
  const run = await lockRun(tx, which.companyId, which.runId);
  if (!run) return { ok: false, reason: 'not_found' };
  if (run.state !== 'ready' && run.state !== 'checking') return { ok: false, reason: 'wrong_state' };
  if (which.lineId === null) await uncheckLines(tx, which, ['blocked']);
  else {
    const line = await lockLine(tx, which.companyId, which.lineId);
    if (line?.runId !== run.id) return { ok: false, reason: 'not_found' };
    await changeLine(tx, line, deed);
  }
  if (deed !== 'leave_out') await updateRun(tx, run, { state: 'checking' });
  await notify(tx, 'envoi_runs', '');
  return { ok: true, run };
}

function changeLine(tx: DecideTx, line: RunLine, deed: LineDeed): Promise<void> {
  if (deed === 'leave_out')
    return updateLine(tx, line, { state: 'excluded', problems: [{ path: '', reason: 'left_out' }] });
  return updateLine(tx, line, {
    state: 'unchecked',
    choice: deed === 'send_again' ? { again: true } : line.choice,
  });
}

function fact(run: Run, deed: RunDeed, author: Author, at: Date): Fact {
  const words = {
    start: 'started',
    undo: 'undone',
    pause: 'paused',
    resume: 'resumed',
    cancel: 'canceled',
  } as const;
  return {
    type: `dispatch.${words[deed]}_many`,
    companyId: run.companyId,
    at,
    actor: author.actor,
    data: { run: run.id, by: author.id, ...(deed === 'undo' ? { review: run.origin === 'automatic' } : {}) },
  };
}
