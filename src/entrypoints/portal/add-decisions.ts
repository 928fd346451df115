import { randomInt } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import {
  type CodeHolder,
  drawCode,
  mailCode,
  prepareDecision,
  takeCode,
  writeDecision,
} from '#domain/responses';
import { drawReceipt } from '#formats/pdf';
import { inCompany } from '#stores/database';
import { forget, pathOf } from './add-answers.ts';
import { answerClosed } from './closed.ts';
import { setPageHeaders } from './headers.ts';
import type { Portal } from './portal-deps.ts';
import { renderCodeForm } from './said-pages.tsx';
import { answerRefused, makeAnswerLimit, type Posted, readPost, refusalFor } from './take-post.ts';
import { sessionDigest } from './visit.ts';

/** Accepting or declining a quote. Where the company wants it, a code proves the mailbox first. */
export function addDecisions(app: Hono, deps: Portal): void {
  const ofClient = makeAnswerLimit();
  app.post('/d/:token/decide', bodyLimit({ maxSize: 20_000 }), async (c) => {
    const posted = await readPost(deps, c);
    if (!posted) return answerClosed(deps, c, { kind: 'closed', ours: null }, pathOf(c));
    const why = refusalFor(deps, c, posted, ofClient);
    if (why) return answerRefused(deps, c, posted, why);
    return decide(deps, c, posted);
  });
}

async function decide(deps: Portal, c: Context, posted: Posted): Promise<Response> {
  const { link, field } = posted;
  const kind = field('kind') === 'accepted' ? 'accepted' : 'refused';
  if (kind === 'accepted' && field('may') !== 'yes') return answerRefused(deps, c, posted, 'incomplete');
  const at = { link, documentId: field('document') };
  const holder = holderOf(deps, c, posted, 'decision');
  const typed = field('code');
  const now = deps.clock();
  const verified =
    typed !== '' && holder !== null
      ? await inCompany(deps.database, link.companyId, (tx) => takeCode(tx, deps.linkKey, holder, typed, now))
      : false;
  if (typed !== '' && !verified) return askCode(deps, c, posted, true);
  const given = { kind, name: field('name'), remark: field('remark'), verified } as const;
  const prepared = await inCompany(deps.database, link.companyId, (tx) =>
    prepareDecision(tx, at, given, now),
  );
  if (!prepared.ok && prepared.reason === 'code_needed') return sendCode(deps, c, posted, holder);
  if (!prepared.ok)
    return answerRefused(
      deps,
      c,
      posted,
      prepared.reason === 'expired' ? 'not_open' : refusalOf(prepared.reason),
    );
  const { decision } = prepared;
  const pdf = await drawReceipt(decision.receipt);
  const sha256 = await deps.files.put(link.companyId, pdf);
  const isWritten = await inCompany(deps.database, link.companyId, (tx) =>
    writeDecision(tx, deps.submit, decision, { sha256, bytes: pdf.length }, now),
  );
  if (!isWritten) return answerRefused(deps, c, posted, 'decided');
  forget(deps, posted.path);
  return c.redirect(`${posted.path}/thanks/${kind}?lang=${posted.t.language}`, 303);
}

function refusalOf(
  reason: 'not_open' | 'incomplete' | 'decided' | 'code_needed',
): 'not_open' | 'incomplete' | 'decided' {
  return reason === 'code_needed' ? 'incomplete' : reason;
}

/** Mails a code for this browser and asks for it; the form goes along in hidden fields. */
async function sendCode(
  deps: Portal,
  c: Context,
  posted: Posted,
  holder: CodeHolder | null,
): Promise<Response> {
  if (!holder) return answerRefused(deps, c, posted, 'cookies');
  const at = { link: posted.link, documentId: posted.field('document'), key: deps.linkKey };
  const isMailed = await inCompany(deps.database, posted.link.companyId, (tx) =>
    mailCode(tx, deps.submit, at, holder, drawCode(randomInt), deps.clock()),
  );
  return isMailed ? askCode(deps, c, posted, false) : answerRefused(deps, c, posted, 'too_often');
}

async function askCode(deps: Portal, c: Context, posted: Posted, wrong: boolean): Promise<Response> {
  const names = ['document', 'kind', 'name', 'remark', 'may'] as const;
  const fields = Object.fromEntries(names.map((name) => [name, posted.field(name)]));
  setPageHeaders(deps, c);
  const form = { action: `${posted.path}/decide`, fields, wrong };
  return c.html(await renderCodeForm(posted, form), wrong ? 422 : 200);
}

/** Whose code it would be; null without the cookie of the page. */
export function holderOf(
  deps: Portal,
  c: Context,
  { link }: Pick<Posted, 'link'>,
  purpose: CodeHolder['purpose'],
): CodeHolder | null {
  const session = sessionDigest(deps, c, link.messageId);
  return session ? { companyId: link.companyId, messageId: link.messageId, session, purpose } : null;
}
