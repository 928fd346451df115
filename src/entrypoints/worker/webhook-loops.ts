import type { Log } from '#base/log';
import { second } from '#base/time';
import { deliverWebhook, followForWebhooks, leaseForWebhooks, type WebhookDeps } from '#domain/webhooks';
import { type Loop, startLoop } from './loop.ts';

/** Posts at once, in all and to one webhook: a slow receiver must not keep the others waiting. */
const inAll = 20;
const perWebhook = 5;

/** Follows the log for webhooks and tells what is due until it is stopped; a stop lets the posts under way end. */
export function startWebhooks(deps: WebhookDeps, log: Log): Loop {
  const running = new Map<Promise<unknown>, string>();
  const deliver = startLoop('webhooks', second, log, async () => {
    const room = inAll - running.size;
    if (room === 0) return false;
    const leased = await leaseForWebhooks(deps, room, busyWebhooks(running));
    for (const delivery of leased) {
      const job = deliverWebhook(deps, delivery)
        .catch((error: unknown) => log.error({ err: error, delivery: delivery.id }, 'a webhook broke off'))
        .finally(() => {
          running.delete(job);
          deliver.wake();
        });
      running.set(job, delivery.webhook_id);
    }
    return false; // each post that ends looks again
  });
  const follow = startLoop('webhook events', 5 * second, log, async () => {
    const count = await followForWebhooks(deps.database, deps.clock());
    if (count > 0) deliver.wake();
    return count > 0;
  });
  return {
    wake: () => follow.wake(),
    stop: async () => {
      await Promise.all([follow.stop(), deliver.stop()]);
      await Promise.allSettled(running.keys());
    },
  };
}

function busyWebhooks(running: ReadonlyMap<unknown, string>): string[] {
  const counts = new Map<string, number>();
  for (const id of running.values()) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= perWebhook).map(([id]) => id);
}
