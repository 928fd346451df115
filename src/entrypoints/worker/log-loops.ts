import type { Log } from '#base/log';
import { type Clock, minute, second } from '#base/time';
import {
  checkLogWhenDue,
  type EvidenceTables,
  makeCheckpoint,
  type StampService,
  sequence,
  stampCheckpoint,
} from '#domain/evidence';
import type { Database } from '#stores/database';
import type { KeyRing } from '#stores/keys';
import { type Loop, startLoop } from './loop.ts';

export interface LogNeeds {
  readonly database: Database<EvidenceTables>;
  readonly keys: KeyRing;
  /** Services that vouch for the time of checkpoints. */
  readonly stamps: readonly StampService[];
  readonly clock: Clock;
  readonly log: Log;
}

/** How long an event may lie before it has its place in the log, where nobody asks for it sooner. */
const sequenceMs = 200;

/** How long what happened may lie without a signed checkpoint over it: 60 s is what we promise. */
const checkpointMs = 30 * second;

/** Starts what keeps the log: places for events, checkpoints, their time stamps, and the check of the whole. */
export function startKeepingLog(needs: LogNeeds): Loop[] {
  const { database, log } = needs;
  return [
    startLoop('sequence', sequenceMs, log, async () => {
      await sequence(database);
      return false;
    }),
    startLoop('checkpoint', checkpointMs, log, () => checkpoint(needs)),
    startLoop('time stamps', checkpointMs, log, () => stamp(needs)),
    startChecks(needs),
  ];
}

async function checkpoint({ database, keys, clock }: LogNeeds): Promise<boolean> {
  await makeCheckpoint(database, keys.log, clock());
  return false;
}

/** A service that does not answer is asked again, at growing distances: the loop sees to that. Mails never wait for it. */
async function stamp({ database, stamps, clock }: LogNeeds): Promise<boolean> {
  const [failure] = await stampCheckpoint(database, stamps, clock);
  if (failure) throw new Error(`${failure[0]} gave no time stamp.`, { cause: failure[1] });
  return false;
}

/**
 * A check that runs is cut short when the process is to end: it takes a minute and more. What has come while no worker ran is signed before: it would
 * look like a log whose checkpoints were taken away.
 */
function startChecks(needs: LogNeeds): Loop {
  const { database, keys, clock, log } = needs;
  const leaving = new AbortController();
  const loop = startLoop('log check', 10 * minute, log, async () => {
    await sequence(database);
    await checkpoint(needs);
    const made = await checkLogWhenDue({ database, verifiers: keys.logVerifiers, clock }, leaving.signal);
    if (made?.broken) log.error({ ...made.broken }, 'the log does not hold together');
    else if (made) log.info({ events: made.events }, 'the log holds together');
    return false;
  });
  return {
    wake: () => loop.wake(),
    stop: () => {
      leaving.abort();
      return loop.stop();
    },
  };
}
