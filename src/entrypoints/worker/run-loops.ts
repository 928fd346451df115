import { minute, second } from '#base/time';
import { type ReminderNeeds, runPolicies } from '#domain/reminders';
import { type RunNeeds, runsDue, sendRunsAnew, workRuns } from '#domain/runs';
import { listen } from '#stores/database';
import { type Loop, startLoop } from './loop.ts';

export type RunLoopNeeds = RunNeeds & ReminderNeeds;

/** Works on runs, sends anew what changed in the last second, and gives the reminder policies their turns, until it is stopped. */
export async function startRuns(needs: RunLoopNeeds): Promise<Loop> {
  const runs = startLoop('runs', 2 * second, needs.log, () => workRuns(needs));
  const anew = startLoop('send-anew', 2 * second, needs.log, async () => {
    await sendRunsAnew(needs);
    return false;
  });
  const reminders = startLoop('reminders', minute, needs.log, async () => {
    await runPolicies(needs);
    return false;
  });
  const ears = await listen(needs.database, runsDue, () => runs.wake());
  return {
    wake: () => runs.wake(),
    stop: async () => {
      await ears.close();
      await Promise.all([runs.stop(), anew.stop(), reminders.stop()]);
    },
  };
}
