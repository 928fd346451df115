import {
  giveBackLostLeases,
  giveBackOwnLeases,
  keepLeases,
  type LeasedMessage,
  leaseMessages,
  makeDeliverMessage,
  type Outbox,
} from '#domain/outbox';
import { type Loop, startLoop } from './loop.ts';

/** Messages in hand at once, in all and for one sender: a slow server must not keep the others waiting. */
export interface Capacity {
  readonly inAll: number;
  readonly perSender: number;
}

export const usualCapacity: Capacity = { inAll: 60, perSender: 20 };

/** Messages leased at once: enough to make the commit cheap, few enough that another worker finds some too. */
const leaseBatch = 20;

/** Hands over due messages until it is stopped; a stop lets those under way finish and gives the others back. */
export function startDelivering(outbox: Outbox, capacity: Capacity = usualCapacity): Loop {
  const deliver = makeDeliverMessage(outbox);
  const inHand = new Map<string, LeasedMessage>();
  const running = new Set<Promise<void>>();

  const take = (leased: LeasedMessage): void => {
    inHand.set(leased.message.id, leased);
    const job = deliver(leased)
      .catch((error: unknown) =>
        outbox.log.error({ err: error, messageId: leased.message.id }, 'a delivery broke off'),
      )
      .finally(() => {
        inHand.delete(leased.message.id);
        running.delete(job);
        lease.wake();
      });
    running.add(job);
  };

  const lease = startLoop('deliver', 1000, outbox.log, async () => {
    const room = Math.min(capacity.inAll - inHand.size, leaseBatch);
    if (room < Math.min(leaseBatch, capacity.inAll) / 2 && inHand.size > 0) return false;
    const leased = await leaseMessages(outbox, room, busySenders(inHand, capacity.perSender));
    leased.forEach(take);
    return leased.length === room;
  });
  const heartbeat = startLoop('heartbeat', outbox.leaseMs / 3, outbox.log, async () => {
    await keepLeases(outbox, [...inHand.keys()]);
    return false;
  });
  const reaper = startLoop(
    'reaper',
    outbox.leaseMs / 2,
    outbox.log,
    async () => (await giveBackLostLeases(outbox)) >= 500,
  );

  return {
    wake: () => lease.wake(),
    stop: async () => {
      await Promise.all([lease.stop(), reaper.stop()]);
      await outbox.transports.close();
      await Promise.allSettled(running);
      await heartbeat.stop();
      await giveBackOwnLeases(outbox, [...inHand.keys()]);
    },
  };
}

function busySenders(inHand: ReadonlyMap<string, LeasedMessage>, limit: number): string[] {
  const counts = new Map<string, number>();
  for (const { message } of inHand.values())
    counts.set(message.senderId, (counts.get(message.senderId) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= limit).map(([senderId]) => senderId);
}
