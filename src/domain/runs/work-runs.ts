import { asWorker, inCompany } from '#stores/database';
import { checkLines } from './check-lines.ts';
import { checkedAll, finishRun, mayBeUndone } from './decide-run.ts';
import type { LineTx } from './line-tx.ts';
import { makeFile } from './make-files.ts';
import { gapOf } from './office-hours.ts';
import type { FileAsked, Run, RunLine } from './run.ts';
import { lockLine, takeLines, updateLine } from './run-line-table.ts';
import type { RunNeeds } from './run-needs.ts';
import { selectRun, selectRunsAtWork, takeTurn } from './run-table.ts';
import { sendLines } from './send-lines.ts';

/** The channel on which workers hear that a run may have something for them. */
export const runsDue = 'envoi_runs';

/** Batches in hand at once: while one waits for the database, the texts of the other are written. */
const atOnce = 2;
/** Lines in one transaction: what they share is read and written once. A pause holds after the batches in hand. */
const together = 50;
/** Lines of one run before the next run gets its turn. */
const perTurn = 200;

/** Does the next piece of work of every run: looks at lines, sends lines, closes what is done. Returns whether there is more. */
export async function workRuns(needs: RunNeeds): Promise<boolean> {
  const runs = await asWorker(needs.database, (tx) => selectRunsAtWork(tx, needs.clock()));
  let isMore = false;
  for (const run of runs) isMore = (await workRun(needs, run)) || isMore;
  return isMore;
}

async function workRun(needs: RunNeeds, run: Run): Promise<boolean> {
  // A sender that is held to a pace has its turns one by one.
  const limit = run.state === 'running' && run.options.perMinute ? 1 : together;
  let done = 0;
  let isEnd = false;
  const work = async (): Promise<void> => {
    while (done < perTurn && !isEnd) {
      const step = await workBatch(needs, run, limit);
      if (step === 'none') isEnd = true;
      else if (step === 'wait') return;
      else {
        for (const file of step.files) await makeFile(needs, file, needs.clock());
        done += step.lines;
      }
    }
  };
  // Files are made between two transactions, in which nobody else is to take their lines.
  await Promise.all(Array.from({ length: makesFiles(run) ? 1 : atOnce }, work));
  if (!isEnd) return done > 0;
  // Nothing is left to take: what others have in hand is looked for again next time.
  const isClosed = await inCompany(needs.database, run.companyId, (tx) =>
    run.state === 'checking' ? checkedAll(tx, run, needs.clock()) : finishRun(tx, run, needs.clock()),
  );
  return isClosed || done > 0;
}

function makesFiles({ options }: Run): boolean {
  return options.joinPdfs !== undefined || [options, ...(options.lower ?? [])].some((level) => level.letter);
}

type Step = 'none' | 'wait' | { readonly lines: number; readonly files: readonly FileAsked[] };

/**
 * Some lines in one transaction. What breaks it undoes all of them; then each is tried in a transaction of its own, what breaks that one is
 * written to the line, and the others go on.
 */
async function workBatch(needs: RunNeeds, run: Run, limit: number): Promise<Step> {
  let taken: readonly RunLine[] = [];
  try {
    return await inCompany(needs.database, run.companyId, async (tx) => {
      const next = await takeNext(tx, run, limit, needs.clock());
      if (typeof next === 'string') return next;
      taken = next.lines;
      return workLines(tx, needs, next.run, next.lines);
    });
  } catch (error) {
    const [first, ...others] = taken;
    if (!first) throw error;
    if (others.length === 0) {
      await noteBroken(needs, run, first, error);
      return { lines: 1, files: [] };
    }
    const files: FileAsked[] = [];
    for (const line of taken) files.push(...(await workAlone(needs, run, line)));
    return { lines: taken.length, files };
  }
}

/** One line of a batch that broke, unless somebody else has it by now. */
async function workAlone(needs: RunNeeds, run: Run, line: RunLine): Promise<readonly FileAsked[]> {
  try {
    return await inCompany(needs.database, run.companyId, async (tx) => {
      const current = await selectRun(tx, run.companyId, run.id);
      const locked = await lockLine(tx, run.companyId, line.id);
      if (current?.state !== run.state || locked?.state !== line.state) return [];
      return (await workLines(tx, needs, current, [locked])).files;
    });
  } catch (error) {
    await noteBroken(needs, run, line, error);
    return [];
  }
}

/** The next lines of a run, locked. The run is read anew each time: a pause holds from the next batch on. */
async function takeNext(
  tx: LineTx,
  { id: runId, companyId, state }: Run,
  limit: number,
  now: Date,
): Promise<'none' | 'wait' | { readonly run: Run; readonly lines: readonly RunLine[] }> {
  const run = await selectRun(tx, companyId, runId);
  if (run?.state !== state || mayBeUndone(run, now) || waitsForRoom(run, now)) return 'wait';
  const lines = await takeLines(
    tx,
    { companyId, runId },
    state === 'checking' ? 'unchecked' : 'ready',
    limit,
  );
  const [first] = lines;
  if (!first) return 'none';
  const { perMinute, senderId } = run.options;
  if (state !== 'running' || !perMinute) return { run, lines };
  const sender = { id: senderId ?? `${companyId}/${first.draft?.senderAddress}`, companyId };
  return (await takeTurn(tx, { ...sender, gapMs: gapOf(perMinute) }, now)) ? { run, lines } : 'wait';
}

/** Its plan had no room a moment ago. */
function waitsForRoom({ state, waitsUntil }: Run, now: Date): boolean {
  return state === 'running' && waitsUntil !== null && waitsUntil > now;
}

async function workLines(
  tx: LineTx,
  needs: RunNeeds,
  run: Run,
  lines: readonly RunLine[],
): Promise<Extract<Step, object>> {
  const now = needs.clock();
  if (run.state === 'checking') {
    return { lines: lines.length, files: await checkLines(tx, run, lines, now) };
  }
  return { lines: lines.length, files: await sendLines(tx, needs.submit, run, lines, now) };
}

async function noteBroken(needs: RunNeeds, run: Run, line: RunLine, error: unknown): Promise<void> {
  needs.log.error({ err: error, runId: run.id, line: line.id }, 'a line of a run broke');
  const at = needs.clock();
  const isCheck = run.state === 'checking';
  await inCompany(needs.database, run.companyId, (tx) =>
    updateLine(tx, line, {
      state: isCheck ? 'blocked' : 'refused',
      problems: [{ path: '', reason: 'broken' }],
      ...(isCheck ? { checkedAt: at } : { doneAt: at }),
    }),
  );
}
