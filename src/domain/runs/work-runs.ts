import { asWorker, inCompany } from '#stores/database';
import { checkLine } from './check-line.ts';
import { checkedAll, finishRun } from './decide-run.ts';
import { type LetterAsked, makeLetter } from './make-letter.ts';
import { gapOf } from './office-hours.ts';
import type { Run, RunLine } from './run.ts';
import { takeLines, updateLine } from './run-line-table.ts';
import type { RunNeeds } from './run-needs.ts';
import { selectRun, selectRunsAtWork, takeTurn } from './run-table.ts';
import { sendLine } from './send-line.ts';

/** The channel on which workers hear that a run may have something for them. */
export const runsDue = 'envoi_runs';

/** Lines in hand at once: more would not be faster on a machine with few cores, and would keep others waiting. */
const atOnce = 4;
/** Lines of one run before the next run gets its turn. */
const perTurn = 40;

/** Does the next piece of work of every run: looks at lines, sends lines, closes what is done. Returns whether there is more. */
export async function workRuns(needs: RunNeeds): Promise<boolean> {
  const runs = await asWorker(needs.database, (tx) => selectRunsAtWork(tx));
  let isMore = false;
  for (const run of runs) isMore = (await workRun(needs, run)) || isMore;
  return isMore;
}

async function workRun(needs: RunNeeds, run: Run): Promise<boolean> {
  let done = 0;
  let isEnd = false;
  const work = async (): Promise<void> => {
    while (done < perTurn && !isEnd) {
      const step = await workLine(needs, run.companyId, run.id, run.state);
      if (step === 'none') isEnd = true;
      else if (step === 'wait') return;
      else {
        if (step !== 'done') await makeLetter(needs, step, needs.clock());
        done += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  if (!isEnd) return done > 0;
  // Nothing is left to take: what others have in hand is looked for again next time.
  const isClosed = await inCompany(needs.database, run.companyId, (tx) =>
    run.state === 'checking' ? checkedAll(tx, run, needs.clock()) : finishRun(tx, run, needs.clock()),
  );
  return isClosed || done > 0;
}

type Step = 'done' | 'none' | 'wait' | LetterAsked;

/** One line in a transaction of its own. What breaks it is written to the line, and the others go on. */
async function workLine(
  needs: RunNeeds,
  companyId: string,
  runId: string,
  state: Run['state'],
): Promise<Step> {
  let taken: RunLine | null = null;
  try {
    return await inCompany(needs.database, companyId, async (tx) => {
      const now = needs.clock();
      // Read anew for each line: a pause holds from the next line on.
      const run = await selectRun(tx, companyId, runId);
      if (!run || run.state !== state) return 'wait';
      const [line] = await takeLines(
        tx,
        { companyId, runId },
        state === 'checking' ? 'unchecked' : 'ready',
        1,
      );
      if (!line) return 'none';
      taken = line;
      if (state === 'checking') await checkLine(tx, run, line, now);
      else {
        const { perMinute, senderId } = run.options;
        const sender = { id: senderId ?? `${companyId}/${line.draft?.senderAddress}`, companyId };
        if (perMinute && !(await takeTurn(tx, { ...sender, gapMs: gapOf(perMinute) }, now))) return 'wait';
        return await sendLine(tx, needs.submit, run, line, now);
      }
      return 'done';
    });
  } catch (error) {
    const line = taken as RunLine | null;
    if (!line) throw error;
    needs.log.error({ err: error, runId, line: line.id }, 'a line of a run broke');
    await inCompany(needs.database, companyId, (tx) =>
      updateLine(tx, line, {
        state: state === 'checking' ? 'blocked' : 'refused',
        problems: [{ path: '', reason: 'broken' }],
        ...(state === 'checking' ? { checkedAt: needs.clock() } : { doneAt: needs.clock() }),
      }),
    );
    return 'done';
  }
}
