import { second } from '#base/time';
import { mailReturned, readReturns } from '#domain/returns';
import { listen } from '#stores/database';
import { type CopyLoopNeeds, startFilingCopies } from './copies-loop.ts';
import { type Loop, startLoop } from './loop.ts';
import { type MailboxLoopNeeds, startWatchingMailboxes } from './mailbox-loop.ts';

/**
 * Starts reading mails that come back, as soon as they are kept, watching the mailboxes that they come into, and filing copies of what was
 * sent in those that want them.
 */
export async function startReadingReturns(needs: MailboxLoopNeeds & CopyLoopNeeds): Promise<Loop> {
  const loop = startLoop('returns', 2 * second, needs.log, async () => (await readReturns(needs)) > 0);
  const mailboxes = startWatchingMailboxes(needs);
  const copies = await startFilingCopies(needs);
  const ears = await listen(needs.database, mailReturned, () => loop.wake());
  return {
    wake: () => loop.wake(),
    stop: async () => {
      await ears.close();
      await copies.stop();
      await mailboxes.stop();
      await loop.stop();
    },
  };
}
