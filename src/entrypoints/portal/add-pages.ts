import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { isLanguage } from '#base/language';
import {
  type FrozenPage,
  type Link,
  linkTokens,
  notePage,
  type PageSeconds,
  storePage,
  type TrackingMode,
} from '#domain/tracking';
import { asWorker } from '#stores/database';
import { answerClosed } from './closed.ts';
import { renderDocumentPage } from './document-page.tsx';
import { freezeHtml, pageToFreeze } from './freeze-html.ts';
import type { Portal } from './portal-deps.ts';
import { openContent, openToken, type PageContent } from './read-page.ts';
import { customerHeader, noteHit, sessionHeader } from './visit.ts';
import { visitorLanguage } from './visitor-language.ts';
import { wordingIn } from './wording.ts';

const seen = z.object({
  pages: z.array(z.number().int().min(1).max(5000)).max(500),
  seconds: z.record(z.string().regex(/^\d{1,4}$/), z.number().int().min(0).max(86_400)).default({}),
});

/** The page of a mail, and its own word that it stayed visible. */
export function addPages(app: Hono, deps: Portal): void {
  app.get('/d/:token', (c) => showPage(deps, c));
  app.post('/d/:token/seen', bodyLimit({ maxSize: 8000 }), (c) => takeView(deps, c));
}

/** Answers with plain headers of its own: a Headers object for each costs more than the rest of a page that is known. */
async function showPage(deps: Portal, c: Context): Promise<Response> {
  const token = c.req.param('token') ?? '';
  const page = deps.pages.get(pageKey(c, token)) ?? (await makePage(deps, c, token));
  if ('kind' in page && page.isBehindCode) return c.redirect(`/r/${token}`, 303);
  if ('kind' in page) return answerClosed(deps, c, page, pathOf(token));
  if (isFollowed(page.link))
    await noteHit(deps, c, { ...idOf(page.link), signal: 'page', served: page.served });
  const type = { 'Content-Type': 'text/html; charset=UTF-8' };
  if (c.req.method === 'HEAD') return new Response(null, { headers: { ...deps.pageHeaders, ...type } });
  const cookie = { 'Set-Cookie': sessionHeader(deps, c) };
  const response = new Response(page.html, { headers: { ...deps.pageHeaders, ...type, ...cookie } });
  const playing = customerHeader(deps, c, page.link.messageId, pathOf(token));
  if (playing) response.headers.append('Set-Cookie', playing);
  return response;
}

async function makePage(deps: Portal, c: Context, token: string) {
  const content = await openContent(deps, token);
  if (content.kind === 'closed') return content;
  const { link } = content;
  const t = wordingIn(visitorLanguage(c, link.language));
  const { withdraw } = linkTokens(deps.linkKey, link.messageId, link.generation);
  const urls = { page: `/d/${token}`, recorded: `/w/${withdraw}?lang=${t.language}` };
  const html = await renderDocumentPage(content, t, urls, deps.clock(), {
    followed: followedAs(link),
    mayAnswer: link.counted,
  });
  const frozen = freezeHtml(String(html), { url: urls.page, recorded: urls.recorded, content, t });
  const page = { link, html: String(html), served: await keepServed(deps, content, t.language, frozen) };
  deps.pages.set(pageKey(c, token), page);
  return page;
}

/**
 * Keeps what is served, once for each message and content, so that "what did the customer see?" has an answer. A page that cannot be
 * kept is served all the same: the log says so.
 */
async function keepServed(
  deps: Portal,
  content: PageContent,
  language: string,
  html: string,
): Promise<string | null> {
  const { companyId, dispatchId, messageId } = content.link;
  if (!isFollowed(content.link)) return null;
  try {
    const page = pageToFreeze(content, { companyId, dispatchId, messageId, language }, html);
    const kept: FrozenPage = await storePage(deps.files, page, deps.clock());
    const key = `${messageId} ${kept.sha256}`;
    if (!deps.served.get(key)) await asWorker(deps.database, (tx) => notePage(tx, kept));
    deps.served.set(key, true);
    return kept.sha256;
  } catch (error) {
    deps.log.error({ err: error, messageId }, 'a page that was served could not be kept');
    return null;
  }
}

/** A page differs by token and by the language asked for; the mail's own language belongs to the token. */
function pageKey(c: Context, token: string): string {
  const asked = c.req.query('lang') ?? '';
  return `${token} ${isLanguage(asked) ? asked : ''}`;
}

/** Only the page itself may say so: another site that knows the address is refused by what browsers tell about the origin. */
async function takeView(deps: Portal, c: Context): Promise<Response> {
  const site = c.req.header('sec-fetch-site');
  if (site && site !== 'same-origin') return c.body(null, 403);
  const read = seen.safeParse(await c.req.json().catch(() => null));
  if (!read.success) return c.body(null, 400);
  const opened = await openToken(deps, c.req.param('token') ?? '');
  if (opened.kind === 'closed') return c.body(null, 404);
  const { link } = opened;
  const [only, ...others] = link.documentIds;
  const documentId = others.length === 0 && only ? { documentId: only } : {};
  if (isFollowed(link))
    await noteHit(deps, c, {
      ...idOf(link),
      ...documentId,
      signal: 'view',
      pages: read.data.pages,
      pageSeconds: secondsOf(link, read.data.seconds),
    });
  return c.body(null, 204);
}

/** How long pages were looked at is recorded in the full mode only, whatever a browser sends. */
function secondsOf(link: Link, seconds: PageSeconds): PageSeconds {
  return link.mode === 'full' ? seconds : {};
}

/** What the page's script may tell. */
function followedAs(link: Link): TrackingMode {
  return isFollowed(link) ? link.mode : 'none';
}

/** Nothing is noted where nothing may be recorded. */
export function isFollowed(link: Link): boolean {
  return link.counted && link.mode !== 'none';
}

export function idOf(link: Link): { readonly messageId: string; readonly generation: number } {
  return { messageId: link.messageId, generation: link.generation };
}

/** The path of a page whose token may be anything. */
function pathOf(token: string): string {
  return `/d/${encodeURIComponent(token.slice(0, 100))}`;
}
