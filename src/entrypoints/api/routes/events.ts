import { z } from '@hono/zod-openapi';
import { second } from '#base/time';
import { eventJson, type RecordedEvent, readEvents, sequence } from '#domain/evidence';
import { json, refuse } from '../answer.ts';
import { type Call, inOwnCompany } from '../call.ts';
import type { LogGrowth } from '../log-growth.ts';
import { defineRoute, type Route } from '../route.ts';
import { eventShape } from '../shapes/event.ts';

const longestWait = 60;
const mostWaiting = 50; // of one company in one process
/** Where no worker is up to give events their place, somebody has to look. */
const lookAgainMs = 2 * second;

const feedQuery = z.strictObject({
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .default(0)
    .openapi({ description: '`nextAfter` of the answer before; 0: from the beginning' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  wait: z.coerce
    .number()
    .int()
    .min(0)
    .max(longestWait)
    .default(0)
    .openapi({ description: 'seconds to wait for something new before an empty answer' }),
});

/** The feed; who waits is woken by `growth`. */
export function eventRoutes(growth: LogGrowth): readonly Route[] {
  const waiting = new Map<string, number>();
  const feed = defineRoute({
    method: 'get',
    path: '/events',
    operationId: 'readEvents',
    tag: 'Events',
    summary: 'Read everything that happened, in order',
    description:
      'Each event comes once, in the order of `logIndex`, which has gaps: other companies are on the same log. Keep `nextAfter` once the events are dealt with, and go on from there.',
    right: 'read',
    query: feedQuery,
    success: {
      kind: 'json',
      statuses: [200],
      schema: z.object({ items: z.array(eventShape), nextAfter: z.number().int() }).openapi('EventFeed'),
    },
    refusals: ['too_many_requests'],
    handle: async (call) => {
      const { companyId, query } = call;
      const others = waiting.get(companyId) ?? 0;
      if (query.wait > 0 && others >= mostWaiting)
        return refuse('too_many_requests', { headers: { 'retry-after': '5' } });
      waiting.set(companyId, others + 1);
      try {
        const events = await readOrWait(call, growth);
        return json({ items: events.map(eventJson), nextAfter: events.at(-1)?.logIndex ?? query.after });
      } finally {
        waiting.set(companyId, (waiting.get(companyId) ?? 1) - 1);
      }
    },
  });
  return [feed];
}

async function readOrWait(
  call: Call<z.output<typeof feedQuery>>,
  growth: LogGrowth,
): Promise<RecordedEvent[]> {
  const { needs, query } = call;
  const until = Date.now() + query.wait * second;
  for (;;) {
    const answered = new AbortController();
    const left = until - Date.now();
    const signal = AbortSignal.any([
      call.signal,
      answered.signal,
      ...(needs.stopping ? [needs.stopping] : []),
    ]);
    // Listening begins before reading: what happens in between is not missed.
    const grown = left > 0 ? growth.next(Math.min(left, lookAgainMs), signal) : null;
    const events = await readNext(call);
    if (events.length > 0 || !grown) {
      answered.abort();
      return events;
    }
    await grown;
    if (call.signal.aborted || needs.stopping?.aborted) return [];
  }
}

async function readNext(call: Call<z.output<typeof feedQuery>>): Promise<RecordedEvent[]> {
  const { after, limit } = call.query;
  await sequence(call.needs.database);
  return inOwnCompany(call, (tx) =>
    readEvents(tx, { kind: 'after', logIndex: after, limit, companyId: call.companyId }),
  );
}
