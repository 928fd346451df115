import type { Context, Hono } from 'hono';
import { getCompany } from '#domain/accounts';
import { findLink, linkTokens, readToken } from '#domain/tracking';
import { asWorker } from '#stores/database';
import { answerClosed } from './closed.ts';
import { setPageHeaders } from './headers.ts';
import { renderRecordedPage } from './plain-pages.tsx';
import type { Portal } from './portal-deps.ts';
import { visitorLanguage } from './visitor-language.ts';
import { wordingIn } from './wording.ts';

/** What is recorded, and the button that stops it. Both work for as long as the message is known, expired links included. */
export function addWithdrawal(app: Hono, deps: Portal): void {
  app.get('/w/:token', (c) => showRecorded(deps, c));
  app.post('/w/:token', async (c) => {
    const read = readToken(deps.linkKey, 'withdraw', c.req.param('token') ?? '');
    if (read) await deps.stopTracking(read.messageId);
    return showRecorded(deps, c);
  });
}

async function showRecorded(deps: Portal, c: Context): Promise<Response> {
  const token = c.req.param('token') ?? '';
  const read = readToken(deps.linkKey, 'withdraw', token);
  const found = await asWorker(deps.database, async (tx) => {
    const known = read ? await findLink(tx, read, deps.clock()) : null;
    const company = known ? await getCompany(tx, known.link.companyId) : null;
    return known && company ? { link: known.link, company } : null;
  });
  if (!found)
    return answerClosed(
      deps,
      c,
      { kind: 'closed', ours: null },
      `/d/${encodeURIComponent(token.slice(0, 100))}`,
    );
  const t = wordingIn(visitorLanguage(c, found.link.language));
  const { page } = linkTokens(deps.linkKey, found.link.messageId, read?.generation ?? 0);
  setPageHeaders(deps, c);
  return c.html(await renderRecordedPage(t, `/w/${token}`, { ...found, pageUrl: `/d/${page}` }));
}
