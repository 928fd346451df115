import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie } from 'hono/cookie';
import { randomToken } from '#base/crypto';
import { makeFormat } from '#base/language';
import { tailOfMobile } from '#base/phone';
import { minute, pause } from '#base/time';
import {
  type Ask,
  checkCode,
  codeForm,
  decideDelivery,
  getHeld,
  type Held,
  isLate,
  isOpen,
  mayAsk,
  mobileOf,
  placeOf,
  registeredWordsIn,
  sealContent,
  sendCode,
  type Told,
  tellOf,
  toldTo,
  verifiedBy,
} from '#domain/registered';
import { findLink, namedMessage, networkOf, readToken } from '#domain/tracking';
import { asWorker } from '#stores/database';
import { addDelegation, delegationView } from './add-delegation.ts';
import { answerClosed } from './closed.ts';
import { setPageHeaders } from './headers.ts';
import type { Portal } from './portal-deps.ts';
import { cookieOf, csrfOf, isFromPage, keepSession, pathOf, postedForm } from './registered-form.ts';
import { type RegisteredView, renderRegisteredPage } from './registered-page.tsx';
import { sendDeliveryFile } from './send-delivery-file.ts';
import { visitorLanguage } from './visitor-language.ts';
import { wordingIn } from './wording.ts';

// A mailbox must not be filled, and nobody may guess for long: three codes of five tries in a quarter of an hour.
// A network is a /24 or a /48: who has many addresses has them there.
const windowMs = 15 * minute;
const [codesPerMessage, codesPerNetwork, triesPerNetwork] = [3, 60, 60];
const sameTimeMs = 60;

/**
 * The page of a delivery behind a code. Its link tells where it is and opens nothing; a GET or HEAD of anybody, with whatever it brings,
 * changes nothing but what a browser that has shown the code downloads. Unknown links are answered like known ones.
 */
export function addRegistered(app: Hono, deps: Portal): void {
  app.get('/r/:token', (c) => showPage(deps, c));
  app.get('/r/:token/files/:document', (c) => sendDeliveryFile(deps, c, heldOf));
  app.use('/r/:token/:deed', bodyLimit({ maxSize: 8000 }));
  app.post('/r/:token/code', (c) => takeAsk(deps, c));
  app.post('/r/:token/verify', (c) => takeCode(deps, c));
  app.post('/r/:token/accept', (c) => decide(deps, c, 'accepted'));
  app.post('/r/:token/refuse', (c) => decide(deps, c, 'refused'));
  addDelegation(app, deps, { heldOf, showPage });
}

/** Counts over all processes of the installation, also what is asked of links that we never made. */
async function isWithin(deps: Portal, asks: readonly Pick<Ask, 'kind' | 'of' | 'times'>[]): Promise<boolean> {
  return asWorker(deps.database, async (tx) => {
    for (const ask of asks)
      if (!(await mayAsk(tx, deps.linkKey, { ...ask, windowMs }, deps.clock()))) return false;
    return true;
  });
}

function networkKey(deps: Portal, c: Context): string {
  return networkOf(deps.clientIp(c)) ?? 'unknown';
}

/** Is looked up for a token that we never made, so that it takes the steps of one that was taken back. */
const nobody = { messageId: `msg_${'0'.repeat(26)}`, generation: 0 };

/** The delivery behind the link of this page, and whose link it is; null for what is closed, taken back or was never ours. */
async function heldOf(deps: Portal, c: Context): Promise<Held | null> {
  const read = readToken(deps.linkKey, 'page', c.req.param('token') ?? '') ?? nobody;
  const held = await asWorker(deps.database, async (tx) => {
    const found = await findLink(tx, read, deps.clock());
    return getHeld(tx, found && found.state !== 'revoked' ? read.messageId : nobody.messageId);
  });
  if (!held || held.delegate?.endedAt) return null;
  const told = await tellOf(deps.registered, held.delivery.messageId);
  return told ? { ...held, delivery: await sealContent(deps.registered, told.delivery) } : null;
}

async function showPage(
  deps: Portal,
  c: Context,
  said: RegisteredView['said'] = null,
  status: 200 | 422 = 200,
) {
  const held = await heldOf(deps, c);
  const told = held ? await tellOf(deps.registered, held.delivery.messageId) : null;
  if (!held || !told) return answerClosed(deps, c, { kind: 'closed', ours: null }, pathOf(c));
  const { delivery } = held;
  const t = wordingIn(visitorLanguage(c, delivery.language));
  const words = registeredWordsIn(t.language);
  const session = getCookie(c, cookieOf(deps)) ?? '';
  const verified = await asWorker(deps.database, (tx) =>
    verifiedBy(tx, held.linkMessageId, session, deps.clock()),
  );
  // Who has mistyped his code types it again: the field stays.
  const isAsked = (c.req.query('step') === 'code' || said === 'wrong') && session !== '';
  // A confidential one opens with the code, and tells with it whose it is.
  const shown = verified && delivery.service === 'confidential' ? told : toldTo(told, words);
  const { company, document } = shown;
  const { country, timeZone: zone } = company;
  const format = makeFormat({ language: t.language, country, zone, now: deps.clock() });
  const mobile = mobileOf(deps.registered, held);
  const last = delivery.deadlineAt ? new Date(delivery.deadlineAt.getTime() - 1) : null;
  setPageHeaders(deps, c);
  const page = await renderRegisteredPage(t, {
    path: pathOf(c),
    company: shown.isNeutral ? null : company,
    document,
    delivery: isLate(delivery, deps.clock()) ? { ...shown.delivery, state: 'expired' } : shown.delivery,
    until: last ? format.longDate(last) : null,
    decidedAt: delivery.decidedAt ? format.dateTime(delivery.decidedAt) : null,
    step: verified ? 'verified' : isAsked ? 'code' : 'ask',
    mobileTail: mobile ? tailOfMobile(mobile) : null,
    isTexted: c.req.query('by') === 'sms',
    csrf: csrfOf(deps, session),
    said,
    ...delegationView(held, shown),
    statements: statementsOf(words, shown, held),
    law: words('law'),
    isOpen: isOpen(delivery, deps.clock()),
    isErased: delivery.content !== null && delivery.contentKey === null,
  });
  return c.html(page, status);
}

function statementsOf(
  words: ReturnType<typeof registeredWordsIn>,
  { delivery, company, document, isNeutral }: Told,
  { delegate }: Held,
) {
  const hash = (delivery.content ?? []).map((one) => one.sha256).join(', ');
  const values = { company: company.name, document, hash };
  const [accepted, refused] = isNeutral
    ? (['statement.hidden.accepted', 'statement.hidden.refused'] as const)
    : (['statement.accepted', 'statement.refused'] as const);
  const by = delegate ? ` ${words('statement.delegate', placeOf(delegate, delivery))}` : '';
  return { accepted: words(accepted, values) + by, refused: words(refused, values) + by };
}

/** Has a code sent to the mailbox of the notice, or to the number that the sender noted. The answer is the same for links that we never made. */
async function takeAsk(deps: Portal, c: Context): Promise<Response> {
  const [now, token] = [deps.clock(), c.req.param('token') ?? ''];
  if (!isFromPage(c)) return c.body(null, 403);
  const isAllowed = await isWithin(deps, [
    // A made-up authenticator must not have a count of its own.
    { kind: 'code_of_message', of: namedMessage(token), times: codesPerMessage },
    { kind: 'codes_for_network', of: networkKey(deps, c), times: codesPerNetwork },
  ]);
  if (!isAllowed) return showPage(deps, c, 'many', 422);
  const asked = (await c.req.parseBody())['by'] === 'sms' ? 'sms' : 'email';
  const session = randomToken();
  keepSession(deps, c, session);
  const [held] = await Promise.all([heldOf(deps, c), pause(sameTimeMs)]);
  if (held && mayShowCode(held, now))
    // Not waited for: the time of the answer must not tell whether there was something to send.
    sendCode(deps.registered, { held, session, asked }, now).catch((error: unknown) =>
      deps.log.error({ err: error, messageId: held.linkMessageId }, 'a code could not be sent'),
    );
  return c.redirect(`${pathOf(c)}?step=code${asked === 'sms' ? '&by=sms' : ''}`, 303);
}

/** Whether a code still serves for anything: to answer, to open, or to see again what was opened. */
function mayShowCode({ delivery }: Held, now: Date): boolean {
  return (delivery.state === 'waiting' && !isLate(delivery, now)) || isOpen(delivery, now);
}

async function takeCode(deps: Portal, c: Context): Promise<Response> {
  const now = deps.clock();
  const tries = { kind: 'tries_from_network', of: networkKey(deps, c), times: triesPerNetwork } as const;
  if (!(await isWithin(deps, [tries]))) return showPage(deps, c, 'many', 422);
  const form = await postedForm(deps, c);
  const held = await heldOf(deps, c);
  const code = (form?.get('code') ?? '').replaceAll(' ', '');
  if (!form || !held || !codeForm.test(code)) return showPage(deps, c, 'wrong', 422);
  const { companyId, dispatchId, messageId: aboutId } = held.delivery;
  const of = {
    messageId: held.linkMessageId,
    aboutId,
    companyId,
    dispatchId,
    session: getCookie(c, cookieOf(deps)) ?? '',
    code,
  };
  const session = await asWorker(deps.database, (tx) => checkCode(tx, deps.linkKey, of, now));
  if (!session) return showPage(deps, c, 'wrong', 422);
  keepSession(deps, c, session);
  return c.redirect(pathOf(c), 303);
}

async function decide(deps: Portal, c: Context, decision: 'accepted' | 'refused'): Promise<Response> {
  const form = await postedForm(deps, c);
  const held = await heldOf(deps, c);
  const told = held ? await tellOf(deps.registered, held.delivery.messageId) : null;
  if (!form || !held || !told) return showPage(deps, c, 'wrong', 422);
  const words = registeredWordsIn(visitorLanguage(c, held.delivery.language));
  const statement = statementsOf(words, toldTo(told, words), held)[decision];
  const decided = await asWorker(deps.database, (tx) =>
    decideDelivery(
      tx,
      {
        messageId: held.delivery.messageId,
        linkMessageId: held.linkMessageId,
        session: getCookie(c, cookieOf(deps)) ?? '',
        decision,
        statement,
        reason: form.get('reason') ?? undefined,
        network: networkOf(deps.clientIp(c)),
      },
      deps.clock(),
    ),
  );
  if (!decided.ok && decided.reason !== 'decided_before')
    return showPage(deps, c, decided.reason === 'too_late' ? 'late' : 'wrong', 422);
  return c.redirect(pathOf(c), 303);
}
