/** Messages in hand at once, in all and for one sender: a slow server must not keep the others waiting. */
export interface Capacity {
  readonly inAll: number;
  /** A sender with so many gets no more; one with fewer may get a whole batch. */
  readonly perSender: number;
}

/** Three senders whose servers are slow leave no room for a fourth; in memory it is 240 mails at most. */
export const usualCapacity: Capacity = { inAll: 240, perSender: 30 };

/** Messages leased at once: enough to make the commit cheap, few enough that another worker finds some too. */
const leaseBatch = 50;

/** How many messages may be leased now; 0 while there is room for a few only, which would be many small commits. */
export function roomForMore(inHand: number, { inAll }: Capacity): number {
  const room = Math.min(inAll - inHand, leaseBatch);
  return room < enough(inAll) && inHand > 0 ? 0 : room;
}

/** What is looked at of a message in hand. */
type InHand = { readonly message: { readonly senderId: string } };

/** The senders that have all the messages in hand that they may. */
export function busySenders(inHand: Iterable<InHand>, { perSender }: Capacity): string[] {
  const counts = new Map<string, number>();
  for (const { message } of inHand) counts.set(message.senderId, (counts.get(message.senderId) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= perSender).map(([id]) => id);
}

/**
 * Whether the end of a delivery lets a look into the queue find what the last one could not: its sender is no longer busy, there is room for
 * a batch again, or nothing is left in hand. What comes new into the queue says so itself. Takes what is in hand now, without the ended one.
 */
export function mayFindMore(
  ended: InHand,
  inHand: readonly InHand[],
  { inAll, perSender }: Capacity,
): boolean {
  const ofSender = inHand.filter(({ message }) => message.senderId === ended.message.senderId).length;
  return inHand.length === 0 || ofSender === perSender - 1 || inAll - inHand.length === enough(inAll);
}

/** Half a batch, in whole messages. */
function enough(inAll: number): number {
  return Math.ceil(Math.min(leaseBatch, inAll) / 2);
}
