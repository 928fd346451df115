import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { DatabaseUnavailable } from '#stores/database';
import { StorageFull } from '#stores/files';
import { type Answer, refuse, respond } from './answer.ts';
import type { ApiNeeds } from './api-needs.ts';
import { makeFindCaller } from './caller.ts';
import { describeRoutes } from './describe-api.ts';
import { renderDocs } from './docs-page.tsx';
import { docsPolicy } from './docs-style.ts';
import { setHeaders } from './headers.ts';
import { makeLogGrowth } from './log-growth.ts';
import { makeRateLimit, usualRateLimit } from './rate-limit.ts';
import type { Route } from './route.ts';
import { allRoutes } from './routes/all-routes.ts';
import { runRoute } from './run-route.ts';

/** The API; to be mounted at `/api/v1`. Each request is answered for the company of its key only. */
export function makeApi(needs: ApiNeeds): OpenAPIHono {
  const app = new OpenAPIHono();
  const routes = allRoutes(makeLogGrowth(needs.database, needs.stopping));
  const door = {
    findCaller: makeFindCaller(needs),
    countRequest: makeRateLimit(needs.rateLimit ?? usualRateLimit),
  };
  app.use(setHeaders(needs.publicUrl.startsWith('https:')));
  addDocs(app, routes);
  for (const route of routes) {
    app.on(route.method.toUpperCase(), route.path.replace('{id}', ':id'), async (c) => {
      const answer = await runRoute(route, needs, door, c).catch((error: unknown) =>
        refuseFailure(error, needs, route, c),
      );
      const response = respond(answer, needs.publicUrl, locationOf(route));
      for (const name of limitHeaders) {
        const value = c.res.headers.get(name);
        if (value !== null) response.headers.set(name, value);
      }
      return response;
    });
  }
  app.all('*', (c) => respond(refuseUnknown(routes, c), needs.publicUrl));
  return app;
}

/** They are set while the request is judged and go out with whatever it is answered by. */
const limitHeaders = ['ratelimit-policy', 'ratelimit'];

/** Drawn when they are first asked for: a tenth of a start otherwise. */
function addDocs(app: OpenAPIHono, routes: readonly Route[]): void {
  let document: ReturnType<typeof describeRoutes> | null = null;
  let page: ReturnType<typeof renderDocs> | null = null;
  const describe = () => (document ??= describeRoutes(routes));
  app.get('/openapi.json', (c) => c.json(describe()));
  app.get('/docs', async (c) => {
    page ??= renderDocs(describe());
    c.header('content-security-policy', docsPolicy);
    return c.html(await page);
  });
}

/** Where a thing that a POST has made is found; a kept file has no address of its own. */
function locationOf(route: Route): string | undefined {
  return route.method === 'post' && route.path !== '/files'
    ? `/api/v1/${route.path.split('/')[1]}`
    : undefined;
}

function refuseFailure(error: unknown, { log }: ApiNeeds, route: Route, c: Context): Answer {
  if (c.req.raw.signal.aborted) return refuse('unavailable', { detail: 'The asker has gone.' });
  if (error instanceof StorageFull) return refuse('storage_full', { detail: error.message });
  log.error({ err: error, method: route.method, path: route.path }, 'an API request failed');
  return isUnreachable(error)
    ? refuse('unavailable', { headers: { 'retry-after': '5' } })
    : refuse('internal_error');
}

/** PostgreSQL's classes 08 (connection) and 57P (shutdown), and what the network says. */
function isUnreachable(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return (
    error instanceof DatabaseUnavailable ||
    (typeof code === 'string' && /^(08|57P|ECONN|EPIPE|ETIMEDOUT)/.test(code)) ||
    (error instanceof Error &&
      /^(timeout exceeded when trying to connect|Connection terminated)/.test(error.message))
  );
}

/** Another method of an address that is known, or no address at all. */
function refuseUnknown(routes: readonly Route[], c: Context): Answer {
  const path = c.req.path.replace(/^\/api\/v1(?=\/|$)/, '');
  const known = routes.filter((route) => patternOf(route).test(path));
  if (known.length === 0) return refuse('not_found', { detail: 'There is no call at this address.' });
  const allow = known.map((route) => route.method.toUpperCase()).join(', ');
  return refuse('method_not_allowed', { headers: { allow } });
}

function patternOf({ path }: Route): RegExp {
  return new RegExp(`^${path.replace('{id}', '[^/]+')}$`);
}
