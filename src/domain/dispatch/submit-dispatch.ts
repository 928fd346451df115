import { type Remembered, rememberRecipients } from '#domain/customers';
import { type Fact, record } from '#domain/evidence';
import { type Message, markReplaced, type Queueing, queueMany } from '#domain/outbox';
import { handOverTo } from '#domain/registered';
import { openLinks } from '#domain/tracking';
import { domainOf } from '#mail/address';
import type { Tx } from '#stores/database';
import { askedOf } from './asked.ts';
import { conditionOf } from './asks-again.ts';
import type { Dispatch } from './dispatch.ts';
import type { DispatchProblem, DispatchRequest } from './dispatch-request.ts';
import { insertDispatches } from './dispatch-table.ts';
import type { Draft } from './draft.ts';
import { dueAtOf, handToNetwork } from './hand-to-network.ts';
import { holdToPlan, roomTaken } from './hold-to-plan.ts';
import { letterOf, linkOf, newDispatch, recipientsOf } from './outgoing.ts';
import { draftDispatches } from './prepare-dispatch.ts';
import { closeReplaced, lockReplaced } from './replace-held.ts';
import { requestProblems } from './request-problems.ts';
import type { SubmitTables } from './submit-tables.ts';
import { submittedFact } from './submitted-fact.ts';

/** What the installation adds: names and addresses of its own. */
export interface SubmitSettings {
  /** Domain of Message-IDs where the sender has none of its own. */
  readonly platformDomain: string;
  /** How customers reach the portal. */
  readonly portalUrl: string;
}

export type Submitted =
  | { readonly ok: true; readonly dispatch: Dispatch; readonly messages: readonly Message[] }
  | { readonly ok: false; readonly reason: 'document_missing' }
  | { readonly ok: false; readonly reason: 'invalid'; readonly problems: readonly DispatchProblem[] };

/**
 * Sends: makes the dispatch, one message per recipient and the sender's duplicate, their links and first events, all in the
 * caller's transaction. Refuses with everything that is wrong, and then nothing has happened.
 */
export async function submitDispatch(
  tx: Tx<SubmitTables>,
  settings: SubmitSettings,
  request: DispatchRequest,
  now: Date,
): Promise<Submitted> {
  if (request.replaces) return submitInstead(tx, settings, request, now);
  const [submitted] = await submitDispatches(tx, settings, [request], now);
  if (!submitted) throw new Error('A dispatch was asked for and neither made nor refused.');
  return submitted;
}

/** Sends in place of a message that waits for other words, which is canceled then and not before. */
async function submitInstead(
  tx: Tx<SubmitTables>,
  settings: SubmitSettings,
  request: DispatchRequest,
  now: Date,
): Promise<Submitted> {
  const held = await lockReplaced(tx, request, now);
  if (!held) return refusedFor('replaces', 'nothing_to_replace');
  const { replaces: _done, ...rest } = request;
  const acceptedBefore = roomTaken(held.messages);
  const submitted = await submitDispatch(tx, settings, { ...rest, acceptedBefore }, now);
  if (submitted.ok) await closeReplaced(tx, held, { author: request.author, ...submitted }, now);
  return submitted;
}

function refusedFor(path: string, reason: DispatchProblem['reason']): Submitted {
  return { ok: false, reason: 'invalid', problems: [{ path, reason }] };
}

/**
 * The same for many requests of one company, in about as many statements as for one. Each is made or refused by itself, in their order;
 * what is refused leaves nothing behind and does not stop the others. They do not see each other: the caller sees to it that no two
 * are about the same document.
 */
export async function submitDispatches(
  tx: Tx<SubmitTables>,
  settings: SubmitSettings,
  requests: readonly DispatchRequest[],
  now: Date,
): Promise<Submitted[]> {
  const drafts = await draftDispatches(tx, requests, now);
  const fit = requests.map((request, n) => judge(drafts[n] ?? null, request, settings, now));
  const wanting = fit.filter((one) => one.ok);
  const held = await holdToPlan(tx, wanting, now);
  const judged = fit.map((one): Judged => (one.ok ? (refusedByPlan(held.refused.get(one)) ?? one) : one));
  const going = judged.filter((one) => one.ok);
  if (going.length === 0) {
    await record(tx, held.facts);
    return judged.filter((one) => !one.ok);
  }
  await insertDispatches(
    tx,
    going.map(({ dispatch, request }) => ({ ...dispatch, asked: askedOf(request) })),
  );
  const { queued, remembered } = await queueMails(tx, going, now);
  const facts: Fact[] = [];
  const results = new Map<Judged, Submitted>();
  for (const one of going) {
    const { draft, dispatch, request } = one;
    const { messages, facts: own } = queued.get(one) ?? { messages: [], facts: [] };
    const handOvers = await handToNetwork(tx, draft, dispatch, conditionOf(request, draft), now);
    const given = await giveToProvider(tx, draft, dispatch, messages, request, now);
    const replaced = await replaceResent(tx, request, messages, now);
    facts.push(submittedFact(draft, dispatch, request, now), ...own, ...given, ...replaced);
    results.set(one, { ok: true, dispatch: { ...dispatch, handOvers }, messages });
  }
  await record(tx, [...remembered, ...facts, ...held.facts]);
  return judged.map((one) => (one.ok ? (results.get(one) as Submitted) : one));
}

function refusedByPlan(problem: DispatchProblem | undefined): Judged | null {
  return problem ? { ok: false, reason: 'invalid', problems: [problem] } : null;
}

/** One message per recipient with its link, and who was written to is remembered; nothing for what goes by the network alone. */
async function queueMails(tx: Tx<SubmitTables>, going: readonly Going[], now: Date) {
  const mails = going.flatMap((one) => (one.queueing ? [{ going: one, queueing: one.queueing }] : []));
  const made = await queueMany(
    tx,
    mails.map((one) => one.queueing),
    now,
  );
  const queued = new Map(mails.map((one, n) => [one.going, made[n]]));
  await openLinks(
    tx,
    [...queued].flatMap(([{ draft, dispatch }, mail]) =>
      (mail?.messages ?? []).map((message) => linkOf(draft, dispatch, message, now)),
    ),
  );
  const remembered = await rememberRecipients(tx, rememberedOf([...queued.keys()]), now);
  return { queued, remembered };
}

interface Going {
  readonly ok: true;
  readonly request: DispatchRequest;
  readonly draft: Draft;
  readonly dispatch: Dispatch;
  /** Null: it goes by the network alone. */
  readonly queueing: Queueing | null;
}

type Judged = Going | Extract<Submitted, { ok: false }>;

/** What is to be written for a request, or why it is refused. */
function judge(draft: Draft | null, request: DispatchRequest, settings: SubmitSettings, now: Date): Judged {
  if (!draft) return { ok: false, reason: 'document_missing' };
  const problems = [...draft.problems, ...requestProblems(draft, request, now)];
  const { sender } = draft;
  if (problems.length > 0 || !sender) return { ok: false, reason: 'invalid', problems };
  const dispatch = newDispatch(draft, request, now);
  if (!draft.channels.includes('email')) return { ok: true, request, draft, dispatch, queueing: null };
  const queueing = {
    letter: { ...letterOf(draft, dispatch, settings, now), condition: conditionOf(request, draft) },
    documentId: dispatch.documentIds[0] ?? '',
    senderId: sender.id,
    recipients: recipientsOf(draft, request),
    dueAt: dueAtOf(dispatch, now),
    mailDomain:
      sender.method === 'sandbox' || draft.senderHidden ? settings.platformDomain : domainOf(sender.address),
  };
  return { ok: true, request, draft, dispatch, queueing };
}

function rememberedOf(going: readonly Going[]): Remembered {
  return {
    companyId: going[0]?.dispatch.companyId ?? '',
    mails: going.map(({ draft }) => ({
      customer: draft.customer,
      documents: draft.documents,
      to: draft.addressees.filter((one) => one.role === 'to'),
    })),
  };
}

/** Registered and confidential: the content waits for the code of each recipient, or a provider takes it over. */
function giveToProvider(
  tx: Tx<SubmitTables>,
  { serviceDays: days, senderHidden, attached }: Draft,
  { service, documentIds, language }: Dispatch,
  messages: readonly Message[],
  { author }: DispatchRequest,
  now: Date,
): Promise<Fact[]> {
  if (service === 'standard') return Promise.resolve([]);
  const fileIds = attached.extraFiles.map((file) => file.id);
  const of = { service, documentIds, fileIds, language, days, senderHidden, senderEmail: author.user.email };
  return handOverTo(tx, { ...of, messages }, now);
}

/** A corrected address: the failed message counts as this one from now on. */
async function replaceResent(
  tx: Tx<SubmitTables>,
  request: DispatchRequest,
  messages: readonly Message[],
  now: Date,
): Promise<Fact[]> {
  const [first] = messages;
  if (!request.resendOf || !first) return [];
  await markReplaced(tx, request.companyId, request.resendOf, first.id);
  return [
    {
      type: 'message.resent',
      companyId: request.companyId,
      messageId: request.resendOf,
      documentId: first.documentId,
      at: now,
      actor: request.author.actor,
      data: { replacedBy: first.id, by: request.author.id },
    },
  ];
}
