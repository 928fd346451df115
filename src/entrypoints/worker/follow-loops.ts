import type { Log } from '#base/log';
import type { Clock } from '#base/time';
import { day, hour, minute, second } from '#base/time';
import {
  type AccessTables,
  type AccountTables,
  forgetIdempotencyKeys,
  getCompany,
  listCompanyIds,
} from '#domain/accounts';
import { type DocumentStores, drawWaitingPages } from '#domain/documents';
import { logGrew } from '#domain/evidence';
import { forgetHouseMails } from '#domain/housemail';
import { forgetIntakes, type IntakeTables } from '#domain/intake';
import { type CrossingTables, networkDue, runNetwork } from '#domain/network';
import { followNotices, type NoticeTables } from '#domain/notices';
import {
  type ConditionTables,
  followHeld,
  forgetDnsAnswers,
  forgetWorkers,
  noteWorker,
  oldestDueMs,
  releaseMended,
  sealOlderMails,
} from '#domain/outbox';
import { followLog, type OverviewSources } from '#domain/overview';
import { type RegisteredDeps, runDeliveries } from '#domain/registered';
import type { ReturnsNeeds, ReturnsTables } from '#domain/returns';
import { type CheckDeps, recheckDomains, recheckSenders, tendGrants } from '#domain/senders';
import { forgetDetails } from '#domain/tracking';
import { forgetDeliveries, type WebhookDeps, type WebhookTables } from '#domain/webhooks';
import { asWorker, type Database, listen } from '#stores/database';
import { type HouseLoopNeeds, startHouseMails } from './house-loops.ts';
import { type LogNeeds, startKeepingLog } from './log-loops.ts';
import { type Loop, startLoop } from './loop.ts';
import { startReadingReturns } from './returns-loop.ts';
import { startWebhooks } from './webhook-loops.ts';

export interface FollowNeeds
  extends Pick<ReturnsNeeds, 'returnKey' | 'keyDns'>,
    Pick<HouseLoopNeeds, 'wordDigest' | 'outbox'>,
    Pick<LogNeeds, 'keys' | 'stamps'> {
  readonly database: Database<
    OverviewSources &
      NoticeTables &
      AccessTables &
      AccountTables &
      ReturnsTables &
      WebhookTables &
      IntakeTables &
      CrossingTables &
      ConditionTables
  >;
  readonly files: DocumentStores['files'];
  readonly webhooks: WebhookDeps;
  readonly log: Log;
  readonly clock: Clock;
  /** Where staff reach this installation. */
  readonly config: { readonly publicUrl: string };
  /** Keeps the customers' pages of mails that have left and returns how many; absent: another process does. */
  readonly freezePages?: () => Promise<number>;
  readonly senders: CheckDeps;
  readonly worker: { readonly id: string; readonly roles: readonly string[] };
  readonly registered: RegisteredDeps;
}

/** Starts everything that follows the log or keeps the house: sequencer, overview, notices, page images, sign of life. */
export async function startFollowing(needs: FollowNeeds): Promise<Loop> {
  const { database, log, clock, worker } = needs;
  const overview = startLoop('overview', 5 * second, log, async () => (await followLog(database)) > 0);
  const notices = startLoop('notices', 5 * second, log, async () => (await followNotices(database)) > 0);
  const held = startLoop('held', 5 * second, log, async () => (await followHeld(database, clock)) > 0);
  const webhooks = startWebhooks(needs.webhooks, log);
  const network = startLoop('network', second, log, () => runNetwork(needs, clock()));
  const loops = [
    overview,
    notices,
    held,
    webhooks,
    await startReadingReturns(needs),
    ...startKeepingLog(needs),
    network,
    startLoop('deliveries', 2 * second, log, () => runDeliveries(needs.registered, clock)),
    startHouseMails(needs),
    ...startIdleWork(needs),
    startLoop('sign of life', 10 * second, log, async () => {
      await asWorker(database, (tx) => noteWorker(tx, worker, clock()));
      return false;
    }),
    startLoop('retention', 6 * hour, log, () => forgetOldDetails(needs)),
    ...startTendingSenders(needs),
    startLoop('housekeeping', 10 * minute, log, () => keepHouse(needs)),
  ];
  const ears = await listen(database, logGrew, () => {
    overview.wake();
    notices.wake();
    held.wake();
    webhooks.wake();
  });
  const networkEars = await listen(database, networkDue, () => network.wake());
  return {
    wake: () => overview.wake(),
    stop: async () => {
      await ears.close();
      await networkEars.close();
      await Promise.all(loops.map((loop) => loop.stop()));
      await asWorker(database, (tx) => forgetWorkers(tx, { id: worker.id }));
    },
  };
}

/** Looks again at senders, domains and grants, and lets go out what waited for one that works again. */
function startTendingSenders({ database, senders, clock, log }: FollowNeeds): Loop[] {
  return [
    startLoop('domains', 5 * minute, log, () => recheckDomains(senders)),
    startLoop('senders', 5 * minute, log, async () => {
      await recheckSenders(senders);
      return false;
    }),
    startLoop('mended senders', minute, log, async () => {
      await releaseMended(database, clock());
      return false;
    }),
    startLoop('grants', 5 * minute, log, () => tendGrants(senders)),
  ];
}

async function keepHouse({ database, clock }: FollowNeeds): Promise<boolean> {
  await asWorker(database, async (tx) => {
    await forgetIdempotencyKeys(tx, clock());
    await forgetIntakes(tx, clock());
    await forgetHouseMails(tx, new Date(clock().getTime() - 30 * day));
    await forgetWorkers(tx, { before: new Date(clock().getTime() - day) });
  });
  await forgetDeliveries(database, clock());
  return false;
}

/** Deletes what companies do not keep any longer, company by company. */
async function forgetOldDetails({ database, clock, log }: FollowNeeds): Promise<boolean> {
  for (const id of await asWorker(database, listCompanyIds)) {
    const company = await asWorker(database, (tx) => getCompany(tx, id));
    const run = company ? await forgetDetails(database, company, clock()) : null;
    if (company) await forgetDnsAnswers(database, company, clock());
    if (run) log.info({ companyId: id, ...run }, 'details of visits were deleted');
  }
  return false;
}

/** Does a piece of work unless mails are due, which come first; tells whether there was any. */
async function whenIdle(
  { database, clock }: FollowNeeds,
  work: () => number | Promise<number>,
): Promise<boolean> {
  const isIdle = (await asWorker(database, (tx) => oldestDueMs(tx, clock()))) === null;
  return isIdle && (await work()) > 0;
}

/** Work that can wait: drawing a page takes the processor for a tenth of a second; older mails are those archived in clear by an older version. */
function startIdleWork(needs: FollowNeeds): Loop[] {
  const { database, files, clock, freezePages, log } = needs;
  const pages = async () => (await drawWaitingPages({ database, files }, 1, clock())).length;
  return [
    startLoop('page images', second, log, () => whenIdle(needs, pages)),
    startLoop('pages kept', 2 * second, log, () => whenIdle(needs, () => freezePages?.() ?? 0)),
    startLoop('older mails', 5 * minute, log, () =>
      whenIdle(needs, () => sealOlderMails({ database, files }, 100)),
    ),
  ];
}
