import type { Hono } from 'hono';
import { isId } from '#base/ids';
import { getCompany } from '#domain/accounts';
import { inCompany } from '#stores/database';
import type { Portal } from './portal-deps.ts';

/**
 * A company's logo for its mails: `/logo/<company>/<first 16 digits of its hash>.png`. Public, because mail programs bring no cookie,
 * and fetched once, because the name tells its content. A mail that was sent before the logo changed shows the new one.
 */
export function addLogo(app: Hono, deps: Portal): void {
  app.get('/logo/:company/:name', async (c) => {
    const companyId = c.req.param('company');
    const hash = /^([0-9a-f]{16})\.png$/.exec(c.req.param('name'))?.[1];
    if (!hash || !isId('company', companyId)) return c.body(null, 404);
    const company = await inCompany(deps.database, companyId, (tx) => getCompany(tx, companyId));
    const logo = company?.logo ? await deps.files.get(companyId, company.logo) : null;
    if (!logo) return c.body(null, 404);
    const isThis = company?.logo?.startsWith(hash) ?? false;
    c.header('Cache-Control', isThis ? 'public, max-age=31536000, immutable' : 'public, max-age=3600');
    c.header('Content-Type', 'image/png');
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Content-Security-Policy', "default-src 'none'; sandbox");
    c.header('Cross-Origin-Resource-Policy', 'cross-origin'); // mail programs on the web show it from their own origin
    return c.body(new Uint8Array(logo));
  });
}
