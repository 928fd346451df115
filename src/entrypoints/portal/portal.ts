import { Hono } from 'hono';
import { addAssets } from './add-assets.ts';
import { addFiles } from './add-files.ts';
import { addNewLink } from './add-new-link.ts';
import { addPages } from './add-pages.ts';
import { addPixel } from './add-pixel.ts';
import { addWithdrawal } from './add-withdrawal.ts';
import { setCommonHeaders, setPageHeaders } from './headers.ts';
import { renderSaid } from './plain-pages.tsx';
import type { PortalDeps } from './portal-deps.ts';
import { isHttps } from './visit.ts';
import { visitorLanguage } from './visitor-language.ts';
import { wordingIn } from './wording.ts';

/**
 * The customers' side: pages, files and pixel. It may have a host of its own or share one: it answers below `/d`, `/o`, `/w`,
 * `/brand`, `/staff` and `/portal-assets` only. No request by GET or HEAD changes anything there.
 */
export function makePortal(deps: PortalDeps): Hono {
  const app = new Hono();
  addPixel(app, deps); // first, and with no middleware before it: a mail to thousands is opened within minutes
  for (const path of ['/d/*', '/w/*', '/brand/*', '/portal-assets/*'])
    app.use(path, async (c, next) => {
      setCommonHeaders(c, isHttps(deps));
      await next();
    });
  addPages(app, deps);
  addFiles(app, deps);
  addNewLink(app, deps);
  addWithdrawal(app, deps);
  addAssets(app, deps);
  app.onError((error, c) => {
    deps.log.error({ err: error, path: c.req.routePath }, 'a portal page failed');
    setCommonHeaders(c, isHttps(deps));
    setPageHeaders(c);
    return c.html(renderSaid(wordingIn(visitorLanguage(c)), '', 'error'), 500);
  });
  return app;
}
