import type { Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import { readStaffMark, staffCookie } from '#domain/tracking';
import { type AssetFile, assets } from './asset-files.ts';
import { brandSheet } from './brand.ts';
import type { Portal } from './portal-deps.ts';
import { isHttps } from './visit.ts';

const forEver = 'public, max-age=31536000, immutable';
const staffMarkSeconds = 400 * 24 * 3600; // browsers cut cookies at 400 days (RFC 6265bis §5.5); the mark has its own end

/** Stylesheets, the script, and the picture by which signing in marks a browser as staff on this host. */
export function addAssets(app: Hono, deps: Portal): void {
  for (const asset of Object.values<AssetFile>(assets))
    app.get(asset.path, (c) => {
      c.header('Cache-Control', forEver);
      return c.body(asset.text, 200, { 'Content-Type': asset.mediaType });
    });
  app.get('/brand/:name', (c) => {
    const color = /^([0-9a-f]{6})\.css$/.exec(c.req.param('name'))?.[1];
    if (!color) return c.body(null, 404);
    c.header('Cache-Control', forEver);
    return c.body(brandSheet(`#${color}`), 200, { 'Content-Type': 'text/css; charset=utf-8' });
  });
  app.get('/staff/:mark', (c) => {
    const mark = c.req.param('mark').replace(/\.svg$/, '');
    if (readStaffMark(deps.staffKey, mark, deps.clock()).length > 0)
      setCookie(c, staffCookie, mark, {
        httpOnly: true,
        sameSite: 'Lax',
        secure: isHttps(deps),
        path: '/',
        maxAge: staffMarkSeconds,
      });
    c.header('Cache-Control', 'no-store');
    c.header('Cross-Origin-Resource-Policy', 'cross-origin');
    return c.body('<svg xmlns="http://www.w3.org/2000/svg"/>', 200, { 'Content-Type': 'image/svg+xml' });
  });
}
