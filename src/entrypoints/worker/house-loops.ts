import type { Log } from '#base/log';
import { second } from '#base/time';
import { deliverHouseMails, type HouseMailNeeds } from '#domain/housemail';
import { type DigestNeeds, runDigests } from '#domain/notices';
import { type Loop, startLoop } from './loop.ts';

export interface HouseLoopNeeds extends DigestNeeds {
  readonly database: DigestNeeds['database'] & HouseMailNeeds['database'];
  /** The ways out of messages: these mails leave by the same. */
  readonly outbox: Omit<HouseMailNeeds, 'database'>;
  readonly log: Log;
}

/** Starts writing digests of notices, and delivering the installation's own mails. */
export function startHouseMails(needs: HouseLoopNeeds): Loop {
  const { outbox, database, log } = needs;
  const mails = startLoop(
    'house mails',
    2 * second,
    log,
    async () => (await deliverHouseMails({ ...outbox, database })) > 0,
  );
  const digests = startLoop('digests', 15 * second, log, async () => {
    if ((await runDigests(needs)) > 0) mails.wake();
    return false;
  });
  return {
    wake: () => mails.wake(),
    stop: async () => {
      await Promise.all([digests.stop(), mails.stop()]);
    },
  };
}
