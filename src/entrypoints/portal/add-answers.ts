import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { isDay } from '#domain/documents';
import { forwardDocument, type GivenResponse, takeResponse } from '#domain/responses';
import { inCompany } from '#stores/database';
import { answerClosed } from './closed.ts';
import { setPageHeaders } from './headers.ts';
import type { Portal } from './portal-deps.ts';
import { renderThanks, thanked } from './said-pages.tsx';
import { answerRefused, makeAnswerLimit, openVisit, type Posted, readPost, refusalFor } from './take-post.ts';
import { visitorLanguage } from './visitor-language.ts';
import { wordingIn } from './wording.ts';

const largestForm = 40_000;

/** Words to the company, a payment that is declared, a colleague, a mistake; each ends on a page that says what became of it. */
export function addAnswers(app: Hono, deps: Portal): void {
  const ofClient = makeAnswerLimit();
  app.post('/d/:token/answer', bodyLimit({ maxSize: largestForm }), async (c) => {
    const posted = await readPost(deps, c);
    if (!posted) return answerClosed(deps, c, { kind: 'closed', ours: null }, pathOf(c));
    const why = refusalFor(deps, c, posted, ofClient);
    if (why) return answerRefused(deps, c, posted, why);
    return takeAnswer(deps, c, posted);
  });
  app.get('/d/:token/thanks/:what', (c) => thank(deps, c));
}

async function takeAnswer(deps: Portal, c: Context, posted: Posted): Promise<Response> {
  const { link, path, t, field } = posted;
  const at = { link, documentId: field('document') };
  const kind = field('kind');
  const given = givenOf(kind, field);
  if (kind !== 'forwarded' && !given) return answerRefused(deps, c, posted, 'incomplete');
  const taken = await inCompany(deps.database, link.companyId, (tx) =>
    given
      ? takeResponse(tx, deps.submit, at, given, deps.clock())
      : forwardDocument(tx, deps.submit, at, field('to'), deps.clock()),
  );
  if (!taken.ok) return answerRefused(deps, c, posted, taken.reason);
  forget(deps, path);
  return c.redirect(`${path}/thanks/${taken.response.kind}?lang=${t.language}`, 303);
}

function givenOf(kind: string, field: (name: string) => string): GivenResponse | null {
  if (kind === 'replied' || kind === 'disputed') return { kind, text: field('text'), name: field('name') };
  if (kind === 'misdirected') return { kind };
  const paidOn = field('paidOn');
  return kind === 'payment_declared' && isDay(paidOn)
    ? { kind, paidOn, reference: field('reference') }
    : null;
}

/** The page shows the answer at once, and not only when its second is over. */
export function forget(deps: Portal, path: string): void {
  const token = path.slice('/d/'.length);
  deps.pages.clear();
  deps.links.delete(token);
}

/** Says thanks also where the link has closed: then without a name. */
async function thank(deps: Portal, c: Context): Promise<Response> {
  const what = thanked.find((one) => one === c.req.param('what'));
  const visit = what ? await openVisit(deps, c) : null;
  if (!what || (!visit && what !== 'misdirected'))
    return answerClosed(deps, c, { kind: 'closed', ours: null }, pathOf(c));
  setPageHeaders(deps, c);
  const nobody = { t: wordingIn(visitorLanguage(c)), company: null, path: pathOf(c) };
  return c.html(await renderThanks(visit ?? nobody, what));
}

export function pathOf(c: Context): string {
  return `/d/${encodeURIComponent((c.req.param('token') ?? '').slice(0, 100))}`;
}
