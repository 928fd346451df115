import type { Context } from 'hono';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { contentPolicy } from '../assets/content-policy.ts';
import { type FlashModel, Problem, type ProblemKind } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import type { StaffEnv } from './env.ts';
import { keepFlash } from './flash.ts';

/** Answers with a whole page. 422 for a form that comes back with its errors: Turbo shows it in place. */
export async function page(
  c: Context<StaffEnv>,
  element: JSX.Element,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  c.header('Content-Security-Policy', contentPolicy(c.var.view.nonce, c.var.portalOrigin));
  return c.html(`<!doctype html>${await element.toString()}`, status);
}

/** Answers with a piece of a page, for the live updates. */
export async function fragment(c: Context, element: JSX.Element): Promise<Response> {
  return c.html(await element.toString());
}

/** Sends the browser on after a deed (303), with a sentence for the page that it comes to. */
export function seeOther(needs: WebNeeds, c: Context, path: string, flash?: FlashModel): Response {
  if (flash) keepFlash(needs, c, flash);
  return c.redirect(path, 303);
}

/**
 * `path` when it is one of ours, else `otherwise`: nobody is sent elsewhere by a link that somebody else made. Letters beyond ASCII are written as RFC 3986 §2.5
 * says, as `Location` takes no others.
 */
export function ownPath(path: string | undefined, otherwise: string): string {
  if (path === undefined || !/^\/(?![/\\])[^\p{Cc}\p{Cs}\\]*$/u.test(path)) return otherwise;
  return path.replace(/[^\x21-\x7e]+/g, encodeURIComponent);
}

const statusOf: Readonly<Record<ProblemKind, ContentfulStatusCode>> = {
  not_found: 404,
  not_allowed: 403,
  not_in_plan: 200,
  stale_form: 403,
  too_big: 413,
  broken: 500,
};

/** Answers with what could not be shown or done, as a sentence and a next step. */
export function answerProblem(
  c: Context<StaffEnv>,
  kind: ProblemKind,
  more: {
    readonly sentence?: string;
    readonly reference?: string;
    readonly status?: ContentfulStatusCode;
  } = {},
): Promise<Response> {
  const { status = statusOf[kind], ...said } = more;
  return page(c, <Problem view={c.var.view} kind={kind} {...said} />, status);
}
