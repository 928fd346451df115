import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { minute } from '#base/time';
import { readToken } from '#domain/tracking';
import { addAnswers } from './add-answers.ts';
import { addAssets } from './add-assets.ts';
import { addDecisions } from './add-decisions.ts';
import { addFiles } from './add-files.ts';
import { addLog } from './add-log.ts';
import { addLogo } from './add-logo.ts';
import { addNewLink } from './add-new-link.ts';
import { addOpen } from './add-open.ts';
import { addPages } from './add-pages.ts';
import { addPixel } from './add-pixel.ts';
import { addRegistered } from './add-registered.ts';
import { addVerify } from './add-verify.ts';
import { addWithdrawal } from './add-withdrawal.ts';
import { commonHeaders, pageHeaders, setPageHeaders } from './headers.ts';
import { isLocalUrl } from './local-url.ts';
import { renderSaid } from './plain-pages.tsx';
import type { Portal, PortalDeps } from './portal-deps.ts';
import { makeRecent } from './recent.ts';
import { isHttps, noteHit } from './visit.ts';
import { visitorLanguage } from './visitor-language.ts';
import { wordingIn } from './wording.ts';

// A link that is revoked, or a document that is paid, shows so after this time at the latest. What is counted is decided by the
// writer, which knows better.
const keptMs = 1000;

// Saves a look into the database; a page noted twice is one.
const servedMs = 10 * minute;

/**
 * The customers' side: pages, files and pixel. It may have a host of its own or share one: it answers below `/d`, `/r`, `/o`, `/w`,
 * `/brand`, `/logo`, `/staff`, `/log`, `/verify` and `/portal-assets` only. No request by GET or HEAD changes anything there.
 */
export function makePortal(handed: PortalDeps): Hono {
  const deps: Portal = {
    ...handed,
    isLocal: isLocalUrl(handed.portalUrl),
    pageHeaders: pageHeaders(isHttps(handed)),
    links: makeRecent(keptMs, 2000),
    pages: makeRecent(keptMs, 200),
    served: makeRecent(servedMs, 5000),
  };
  const app = new Hono();
  // First, and with no middleware before them: a mail to thousands is opened within minutes.
  addPixel(app, deps);
  addPages(app, deps);
  addLogo(app, deps);
  const common = Object.entries(commonHeaders(isHttps(deps)));
  for (const path of ['/d/*', '/w/*', '/brand/*', '/portal-assets/*', '/log/*', '/r/*', '/verify/*'])
    app.use(path, async (c, next) => {
      for (const [name, value] of common) c.header(name, value);
      await next();
    });
  addFiles(app, deps);
  addAnswers(app, deps);
  addDecisions(app, deps);
  addOpen(app, deps);
  addNewLink(app, deps);
  addWithdrawal(app, deps);
  addAssets(app, deps);
  addLog(app, deps);
  addRegistered(app, deps);
  addVerify(app, deps);
  app.onError((error, c) => answerError(deps, error, c));
  return app;
}

/** A sentence in place of the page; what failed for a customer stands in the history of the message too. */
async function answerError(deps: Portal, error: Error, c: Context): Promise<Response> {
  if (error instanceof HTTPException) return error.getResponse();
  deps.log.error({ err: error }, 'a portal page failed');
  const token = /^\/d\/([\w-]+)/.exec(c.req.path)?.[1];
  const ours = token ? readToken(deps.linkKey, 'page', token) : null;
  if (ours) await noteHit(deps, c, { ...ours, signal: 'failure', failure: 'error' });
  setPageHeaders(deps, c);
  return c.html(await renderSaid(wordingIn(visitorLanguage(c)), '', 'error'), 500);
}
