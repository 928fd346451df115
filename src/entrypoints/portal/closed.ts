import type { Context } from 'hono';
import { pause } from '#base/time';
import { setPageHeaders } from './headers.ts';
import { renderClosedPage } from './plain-pages.tsx';
import type { Portal } from './portal-deps.ts';
import type { Opened } from './read-page.ts';
import { noteHit } from './visit.ts';
import { visitorLanguage } from './visitor-language.ts';
import { wordingIn } from './wording.ts';

export type Closed = Extract<Opened, { kind: 'closed' }>;

// Longer than the look-up takes: an answer does not tell by its time whether the token was ever ours.
const sameTimeMs = 40;

/** Answers for a link that does not open: one page for expired, revoked and invented ones; ours leave a trace in the history. */
export async function answerClosed(
  deps: Portal,
  c: Context,
  closed: Closed,
  path: string,
): Promise<Response> {
  const [body] = await Promise.all([
    renderClosedPage(wordingIn(visitorLanguage(c)), path),
    closed.ours ? noteHit(deps, c, { ...closed.ours, signal: 'failure' }) : null,
    pause(sameTimeMs),
  ]);
  setPageHeaders(deps, c);
  return c.html(body, 404);
}
