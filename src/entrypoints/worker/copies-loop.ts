import type { Log } from '#base/log';
import { second } from '#base/time';
import { logGrew } from '#domain/evidence';
import { type CopyNeeds, fileNextCopy, noteCopies } from '#domain/returns';
import { listen } from '#stores/database';
import { type Loop, startLoop } from './loop.ts';

export type CopyLoopNeeds = Omit<CopyNeeds, 'staffPage'> & {
  readonly log: Log;
  readonly config: { readonly publicUrl: string };
};

/** Files copies of what was sent in the Sent folders of those who want that: behind the mails, never in their way. */
export async function startFilingCopies(needs: CopyLoopNeeds): Promise<Loop> {
  const staffPage = (documentId: string): string => `${needs.config.publicUrl}/documents/${documentId}`;
  const files = startLoop('sent copies', 10 * second, needs.log, () => fileNextCopy({ ...needs, staffPage }));
  const notes = startLoop('sent copies noted', 5 * second, needs.log, async () => {
    const count = await noteCopies(needs.database);
    if (count > 0) files.wake();
    return count > 0;
  });
  const ears = await listen(needs.database, logGrew, () => notes.wake());
  return {
    wake: () => notes.wake(),
    stop: async () => {
      await ears.close();
      await notes.stop();
      await files.stop();
    },
  };
}
