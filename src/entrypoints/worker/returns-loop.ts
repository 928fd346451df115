import { second } from '#base/time';
import { mailReturned, readReturns } from '#domain/returns';
import { listen } from '#stores/database';
import { type Loop, startLoop } from './loop.ts';
import { type MailboxLoopNeeds, startWatchingMailboxes } from './mailbox-loop.ts';

/** Starts reading mails that come back, as soon as they are kept, and watching the mailboxes that they come into. */
export async function startReadingReturns(needs: MailboxLoopNeeds): Promise<Loop> {
  const loop = startLoop('returns', 2 * second, needs.log, async () => (await readReturns(needs)) > 0);
  const mailboxes = startWatchingMailboxes(needs);
  const ears = await listen(needs.database, mailReturned, () => loop.wake());
  return {
    wake: () => loop.wake(),
    stop: async () => {
      await ears.close();
      await mailboxes.stop();
      await loop.stop();
    },
  };
}
