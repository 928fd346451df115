import type { Context } from 'hono';
import { isSessionOpen } from '#domain/accounts';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { groundOf, readCookie, sessionCookie } from '../staff/cookies.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import type { LiveLines } from './live-lines.ts';
import { openStream } from './subscriber.ts';

/** A browser opens one line for all its tabs; this many are lines of hundreds of people, or somebody's mistake. */
const mostLines = 2000;

/** `GET /live?after=<log index>`: server-sent events about everything of the company that happened after that index. */
export function addLive(app: StaffApp, needs: WebNeeds, lines: LiveLines): void {
  app.get(paths.live, (c) => {
    if (lines.size() >= mostLines) return c.text('Too many open pages.', 503);
    const token = readCookie(c, groundOf(needs.publicUrl, c), sessionCookie) ?? '';
    const { subscriber, stream } = openStream(
      {
        companyId: c.var.company.id,
        last: lastKnown(c),
        isOpen: () => isSessionOpen(needs.database, token, needs.clock()),
      },
      lines.leave,
    );
    lines.join(subscriber);
    return new Response(stream, {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no', // nginx would keep events back until its buffer is full
      },
    });
  });
}

/** After a broken line the browser says the last id that it got; a new page says at which index it was made. */
function lastKnown(c: Context<StaffEnv>): number {
  const said = c.req.header('last-event-id') ?? c.req.query('after') ?? '';
  return /^\d{1,15}$/.test(said) ? Number(said) : c.var.view.logIndex;
}
