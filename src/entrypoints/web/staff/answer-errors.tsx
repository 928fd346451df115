import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { randomToken } from '#base/crypto';
import type { Assets } from '../assets/bundle.ts';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { isReading } from './csrf.ts';
import type { StaffEnv } from './env.ts';
import { visitorView } from './make-view.ts';
import { answerProblem, ownPath } from './page.tsx';

/** Nothing lies at this address, or nothing of this company. A slash too many at its end is taken away. */
export function answerMissing(c: Context<StaffEnv>): Promise<Response> | Response {
  const { pathname, search } = new URL(c.req.url);
  if (isReading(c) && /[^/]\/$/.test(pathname)) {
    const trimmed = ownPath(`${pathname.replace(/\/+$/, '')}${search}`, paths.home);
    return c.redirect(trimmed, 302);
  }
  return answerProblem(c, 'not_found');
}

/** More was sent than is taken; nothing of it was read. */
export function answerTooBig(
  needs: WebNeeds,
  assets: Assets,
  c: Context<StaffEnv>,
): Response | Promise<Response> {
  if (!c.var.view) c.set('view', visitorView(needs, assets, c));
  return answerProblem(c, 'too_big');
}

/** A bug or a broken machine: the page carries a reference that stands in the log as well. */
export function answerBroken(
  needs: WebNeeds,
  assets: Assets,
  error: Error,
  c: Context<StaffEnv>,
): Response | Promise<Response> {
  if (error instanceof HTTPException) return error.getResponse();
  const reference = randomToken(6);
  needs.log.error({ err: error, reference, method: c.req.method, path: c.req.path }, 'a page failed');
  if (!c.var.view) c.set('view', visitorView(needs, assets, c));
  return answerProblem(c, 'broken', { reference });
}
