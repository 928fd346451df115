import { day, hour, minute, second } from '#base/time';
import type { Sender, SenderLimits } from '#domain/senders';
import { failed } from './failed.ts';
import type { GiveBack, Limit, TakeTurn } from './take-turn.ts';
import type { Transport } from './transport.ts';

/** A way out that keeps to the limits that a company has set for a sender; each e-mail counts once, whatever holds it back. */
export function keepToLimits(
  transport: Transport,
  sender: Sender,
  turns: { readonly take: TakeTurn; readonly giveBack: GiveBack },
): Transport {
  const limits = limitsOf(sender);
  if (limits.length === 0) return transport;
  return {
    name: transport.name,
    account: (of) => transport.account(of),
    close: () => transport.close(),
    deliver: async (mail, hooks) => {
      const due = await firstDue(limits, turns);
      if (due) {
        const nowhere = failed('temporary', 'connect', 'over_limit', { host: '', port: 0 });
        return { ...nowhere, accepts: 'handed_off', notBefore: due };
      }
      const delivery = await transport.deliver(mail, hooks);
      // It stands in another line still: here it did not use up its turn.
      if (delivery.kind !== 'accepted' && delivery.problem === 'over_limit')
        await Promise.all(limits.map((limit) => turns.giveBack(limit)));
      return delivery;
    },
  };
}

const times: Readonly<Record<keyof SenderLimits, number>> = {
  perDay: day,
  perHour: hour,
  perMinute: minute,
};

/** The longest time first. Half at once, the rest spread over the time: so no stretch of that length has more than the number. */
export function limitsOf(sender: Pick<Sender, 'id' | 'limits'>): Limit[] {
  return (['perDay', 'perHour', 'perMinute'] as const).flatMap((name) => {
    const count = sender.limits[name];
    if (count === null) return [];
    const burst = Math.ceil(count / 2);
    const perSecond = Math.max(count - burst, 0.5) / (times[name] / second);
    return [{ name: `sender:${sender.id}:${name}`, perSecond, burst }];
  });
}

async function firstDue(
  limits: readonly Limit[],
  turns: { readonly take: TakeTurn; readonly giveBack: GiveBack },
): Promise<Date | null> {
  const taken: Limit[] = [];
  for (const limit of limits) {
    const due = await turns.take(limit);
    if (due) {
      await Promise.all(taken.map((one) => turns.giveBack(one)));
      return due;
    }
    taken.push(limit);
  }
  return null;
}
