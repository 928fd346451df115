import type { Assets } from '../assets/bundle.ts';
import { serveAsset } from '../assets/serve-asset.ts';
import type { StaffApp } from '../staff/env.ts';

/** A worker is held to the policy of its own file (CSP 3 §2.4): the live one loads its parts and opens its line. */
const workerPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'";

/** Stylesheet, scripts and icon: for everybody, because they hold nothing of anybody. */
export function addAssets(app: StaffApp, assets: Assets): void {
  app.get('/assets/:name', (c) => {
    const { status, headers, body } = serveAsset(assets, c.req.path, {
      acceptEncoding: c.req.header('accept-encoding'),
      ifNoneMatch: c.req.header('if-none-match'),
    });
    return new Response(body as Uint8Array<ArrayBuffer> | null, {
      status,
      headers: { ...headers, 'content-security-policy': workerPolicy },
    });
  });
  app.get('/favicon.ico', (c) =>
    c.body(icon, 200, { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' }),
  );
  app.get('/robots.txt', (c) => c.text('User-agent: *\nDisallow: /\n'));
}

/** The mark: an envelope with an opened flap. */
const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="5" fill="#2b3a67"/><path d="M5 8.5h14v8.5H5zm0 0 7 5 7-5" fill="none" stroke="#fff" stroke-width="1.6" stroke-linejoin="round"/></svg>';
