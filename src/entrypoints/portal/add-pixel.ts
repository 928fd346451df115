import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Hono } from 'hono';
import { readToken } from '#domain/tracking';
import { isLocalUrl } from './local-url.ts';
import type { Portal } from './portal-deps.ts';
import { type Asked, type HitDeps, noteHit } from './visit.ts';

// One transparent dot as GIF89a, 43 bytes.
const dot = Uint8Array.from(
  Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
);

const headers = {
  'Content-Type': 'image/gif',
  'Content-Length': String(dot.length),
  'Cache-Control': 'no-store, no-cache, must-revalidate, private',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'cross-origin', // mail programs on the web show it from their own origin
};

type PixelDeps = HitDeps & Pick<Portal, 'linkKey'>;

/** The image in the mail: the same bytes for every token, ours or not, and whatever becomes of the hit. */
export function addPixel(app: Hono, deps: PixelDeps): void {
  app.get('/o/:token', async (c) => {
    await notePixel(deps, c, c.req.param('token'));
    return new Response(c.req.method === 'HEAD' ? null : dot, { headers });
  });
}

/** Answers a request for the image and says so; false: it is a request for something else, and nothing has happened. */
export type AnswerPixel = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * The same image without the layers between Node and Hono, which take longer than all that is done here: a mail to thousands is opened
 * within minutes. Requests that are not plainly for it are left to Hono.
 */
export function makeAnswerPixel(handed: Omit<PixelDeps, 'isLocal'>): AnswerPixel {
  const deps = { ...handed, isLocal: isLocalUrl(handed.portalUrl) };
  return (request, response) => {
    const { method = '' } = request;
    const token = plainPath.exec(request.url ?? '')?.[1];
    if (token === undefined || (method !== 'GET' && method !== 'HEAD')) return false;
    notePixel(deps, askedOf(request), token)
      .catch((error: unknown) => deps.log.error({ err: error }, 'a pixel could not be noted'))
      .finally(() => response.writeHead(200, headers).end(method === 'HEAD' ? undefined : dot));
    return true;
  };
}

const plainPath = /^\/o\/([\w.-]+)(?:\?|$)/;

function askedOf(request: IncomingMessage): Asked {
  const header = (name: string): string | undefined => {
    const value = request.headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(', ') : value;
  };
  const query = (name: string): string | undefined => {
    const [, text] = (request.url ?? '').split('?', 2);
    return text ? (new URLSearchParams(text).get(name) ?? undefined) : undefined;
  };
  return { req: { method: request.method ?? '', header, query }, env: { incoming: request } };
}

async function notePixel(deps: PixelDeps, asked: Asked, token: string): Promise<void> {
  const read = token.endsWith('.gif') ? readToken(deps.linkKey, 'pixel', token.slice(0, -4)) : null;
  if (read) await noteHit(deps, asked, { ...read, signal: 'pixel' });
}
