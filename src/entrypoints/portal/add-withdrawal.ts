import type { Context, Hono } from 'hono';
import { hour } from '#base/time';
import { getCompany } from '#domain/accounts';
import { findLink, hitsOf, linkTokens, readToken } from '#domain/tracking';
import { asWorker } from '#stores/database';
import { makeAskLimit } from './ask-limit.ts';
import { answerClosed } from './closed.ts';
import { setPageHeaders } from './headers.ts';
import { type Asked, renderRecordedPage } from './plain-pages.tsx';
import type { Portal } from './portal-deps.ts';
import { visitorLanguage } from './visitor-language.ts';
import { wordingIn } from './wording.ts';

/** What is recorded, and the button that stops it. Both work for as long as the message is known, expired links included. */
export function addWithdrawal(app: Hono, deps: Portal): void {
  const perMessage = makeAskLimit(3, hour);
  const exportsPerMessage = makeAskLimit(3, hour);
  app.get('/w/:token', (c) => showRecorded(deps, c));
  app.get('/w/:token/record.json', (c) => sendRecord(deps, c));
  app.post('/w/:token/erase', async (c) => {
    const read = readToken(deps.linkKey, 'withdraw', c.req.param('token') ?? '');
    const mayAsk = read && perMessage.mayAsk(read.messageId, deps.clock());
    const done = mayAsk ? await deps.askErasure(read.messageId) : 'asked';
    return showRecorded(deps, c, done === 'erased' ? 'erased' : 'erasure');
  });
  app.post('/w/:token/export', async (c) => {
    const read = readToken(deps.linkKey, 'withdraw', c.req.param('token') ?? '');
    if (read && exportsPerMessage.mayAsk(read.messageId, deps.clock())) await deps.askExport(read.messageId);
    return showRecorded(deps, c, 'export');
  });
  app.post('/w/:token', async (c) => {
    const read = readToken(deps.linkKey, 'withdraw', c.req.param('token') ?? '');
    if (read) await deps.stopTracking(read.messageId);
    return showRecorded(deps, c);
  });
}

/** What is known through this address alone; the other e-mails of the same person are handed out by the company. */
async function readFound(deps: Portal, token: string) {
  const read = readToken(deps.linkKey, 'withdraw', token);
  const found = await asWorker(deps.database, async (tx) => {
    const known = read ? await findLink(tx, read, deps.clock()) : null;
    const company = known ? await getCompany(tx, known.link.companyId) : null;
    if (!known || !company) return null;
    return { link: known.link, company, hits: await hitsOf(tx, company.id, known.link.messageId) };
  });
  return { read, found };
}

/** The same for a program: Regulation (EU) 2016/679 art. 15(3). */
async function sendRecord(deps: Portal, c: Context): Promise<Response> {
  const { found } = await readFound(deps, c.req.param('token') ?? '');
  if (!found) return c.body(null, 404);
  setPageHeaders(deps, c);
  c.header('Content-Disposition', 'attachment; filename="what-is-recorded.json"');
  const visits = found.hits.map(({ id: _, messageId: __, session: ___, ...visit }) => visit);
  return c.json({ company: found.company.name, recording: found.link.mode, visits });
}

async function showRecorded(deps: Portal, c: Context, asked: Asked | null = null): Promise<Response> {
  const token = c.req.param('token') ?? '';
  const { read, found } = await readFound(deps, token);
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
  return c.html(
    await renderRecordedPage(t, `/w/${token}`, {
      ...found,
      pageUrl: `/d/${page}`,
      asked,
      now: deps.clock(),
    }),
  );
}
