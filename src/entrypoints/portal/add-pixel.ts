import type { Hono } from 'hono';
import { readToken } from '#domain/tracking';
import type { Portal } from './portal-deps.ts';
import { noteHit } from './visit.ts';

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

/** The image in the mail: the same bytes for every token, ours or not, and whatever becomes of the hit. */
export function addPixel(app: Hono, deps: Portal): void {
  app.get('/o/:token', async (c) => {
    const token = c.req.param('token');
    const read = token.endsWith('.gif') ? readToken(deps.linkKey, 'pixel', token.slice(0, -4)) : null;
    if (read) await noteHit(deps, c, { ...read, signal: 'pixel' });
    return new Response(c.req.method === 'HEAD' ? null : dot, { headers });
  });
}
