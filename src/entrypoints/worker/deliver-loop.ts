import {
  giveBackLostLeases,
  giveBackOwnLeases,
  keepLeases,
  type LeasedMessage,
  leaseMessages,
  makeDeliverMessage,
  type Outbox,
} from '#domain/outbox';
import { busySenders, type Capacity, mayFindMore, roomForMore, usualCapacity } from './capacity.ts';
import { type Loop, startLoop } from './loop.ts';

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
        if (mayFindMore(leased, [...inHand.values()], capacity)) lease.wake();
      });
    running.add(job);
  };

  const lease = startLoop('deliver', 1000, outbox.log, async () => {
    const room = roomForMore(inHand.size, capacity);
    if (room === 0) return false;
    const leased = await leaseMessages(outbox, room, busySenders(inHand.values(), capacity));
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
