import { newId } from '#base/ids';
import { day, hour } from '#base/time';
import type { SubmitSettings } from '#domain/dispatch';
import { isDay, saveChange } from '#domain/documents';
import { type Fact, record } from '#domain/evidence';
import { markMisdirected } from '#domain/outbox';
import { type Link, revokeLinks } from '#domain/tracking';
import {
  type About,
  nameOf,
  ownMailbox,
  type RespondRefusal,
  type RespondTx,
  readAbout,
  speakerOf,
} from './about.ts';
import { keepResponse } from './keep-response.ts';
import { mailNote } from './mail-note.ts';
import { type CustomerResponse, cleanLine, cleanText, longest, type ResponseKind } from './response.ts';
import { countOfMessage } from './response-table.ts';

/** What somebody posts on his page; texts as they were typed. */
export type GivenResponse =
  | { readonly kind: 'payment_declared'; readonly paidOn: string; readonly reference: string }
  | { readonly kind: 'disputed' | 'replied'; readonly text: string; readonly name: string }
  | { readonly kind: 'misdirected' };

export type Taken =
  | { readonly ok: true; readonly response: CustomerResponse }
  | { readonly ok: false; readonly reason: RespondRefusal };

/** A page is no chat: more than that within an hour is a machine or a quarrel. */
const mostPerHour = 5;

/**
 * Takes what a customer says of a document, in the caller's transaction: the response, its event, what follows from it (a dispute and a declared payment
 * stop reminders, a misdirected link closes and that mailbox gets it no more) and a mail to the mailbox where answers go. Refuses through links that do not count and what is empty.
 */
export async function takeResponse(
  tx: RespondTx,
  settings: SubmitSettings,
  at: { readonly link: Link; readonly documentId: string },
  given: GivenResponse,
  now: Date,
): Promise<Taken> {
  const about = await readAbout(tx, at.link, at.documentId);
  if (!about) return { ok: false, reason: 'not_open' };
  const response = responseOf(about, given, now);
  if (!response) return { ok: false, reason: 'incomplete' };
  const since = new Date(now.getTime() - hour);
  const which = { messageId: about.message.id, kind: given.kind, since };
  if ((await countOfMessage(tx, about.company.id, which)) >= mostPerHour)
    return { ok: false, reason: 'too_often' };
  await keepResponse(tx, response);
  const effects = await followUp(tx, about, response, now);
  const told = await tellSender(tx, settings, about, response, now);
  await record(tx, [factOf(response), ...effects, ...told]);
  return { ok: true, response };
}

function responseOf(about: About, given: GivenResponse, now: Date): CustomerResponse | null {
  const base = {
    id: newId('response', now),
    companyId: about.company.id,
    dispatchId: about.dispatch.id,
    messageId: about.message.id,
    documentId: about.document.id,
    name: about.message.name || about.message.address,
    text: '',
    data: {},
    at: now,
  };
  switch (given.kind) {
    case 'payment_declared': {
      const tomorrow = new Date(now.getTime() + day).toISOString().slice(0, 10);
      if (!isDay(given.paidOn) || given.paidOn > tomorrow) return null;
      const reference = cleanLine(given.reference, longest.reference);
      return {
        ...base,
        kind: given.kind,
        data: { paidOn: given.paidOn, ...(reference ? { reference } : {}) },
      };
    }
    case 'disputed':
    case 'replied': {
      const text = cleanText(given.text);
      const name = cleanLine(given.name, longest.name) || base.name;
      return text === '' ? null : { ...base, kind: given.kind, name, text };
    }
    case 'misdirected':
      return { ...base, kind: given.kind };
  }
}

/** What a response changes beyond itself. */
async function followUp(
  tx: RespondTx,
  about: About,
  response: CustomerResponse,
  now: Date,
): Promise<readonly Fact[]> {
  const which = {
    companyId: about.company.id,
    documentId: about.document.id,
    by: { actor: 'system' as const, id: null },
  };
  if (response.kind === 'disputed') {
    const changed = await saveChange(tx, which, { disputed: true }, now);
    // The event of the response says that it is disputed, and by whom.
    return changed.ok ? changed.facts.filter((fact) => fact.type !== 'document.disputed') : [];
  }
  if (response.kind === 'payment_declared') {
    const changed = await saveChange(tx, which, { paymentDeclared: true }, now);
    // The event of the response says that he has paid, and when.
    return changed.ok ? changed.facts.filter((fact) => fact.type !== 'document.changed') : [];
  }
  if (response.kind === 'misdirected') {
    await revokeLinks(tx, [response.messageId], now);
    await markMisdirected(tx, about.message, now);
  }
  return [];
}

const eventTypes: Readonly<Record<ResponseKind, Fact['type']>> = {
  accepted: 'decision.accepted',
  refused: 'decision.refused',
  payment_declared: 'payment.declared',
  disputed: 'document.disputed',
  replied: 'message.replied',
  forwarded: 'message.forwarded',
  misdirected: 'message.misdirected',
};

/** The event of a response; `more` is what a decision adds. */
export function factOf(response: CustomerResponse, more: Fact['data'] = {}): Fact {
  const { paidOn, reference, to, verified, receipt } = response.data;
  const data = { paidOn, verified, receipt, response: response.id, via: 'portal', ...more };
  const personal = { name: response.name, text: response.text, reference, to };
  return {
    type: eventTypes[response.kind],
    companyId: response.companyId,
    dispatchId: response.dispatchId,
    messageId: response.messageId,
    documentId: response.documentId,
    at: response.at,
    actor: 'person',
    data: withoutUndefined(data),
    personal: withoutUndefined(personal),
  };
}

function withoutUndefined<Value>(values: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [string, Value] => entry[1] !== undefined && entry[1] !== '',
    ),
  );
}

/** A mail to the mailbox where answers to this dispatch go, in the company's language. */
async function tellSender(
  tx: RespondTx,
  settings: SubmitSettings,
  about: About,
  response: CustomerResponse,
  now: Date,
): Promise<Fact[]> {
  const address = ownMailbox(about);
  if (!address) return [];
  const { t, format, language } = speakerOf(about.company, about.company.language, now);
  const { paidOn, reference } = response.data;
  const said = t(`said.${response.kind}`, {
    name: response.name,
    document: nameOf(t, about.document),
    day: paidOn ? format.longDate(paidOn) : '',
    to: '',
    at: '',
  });
  const text = [said, response.text, reference ? t('reference', { reference }) : ''].filter(Boolean);
  const note = {
    to: { role: 'copy' as const, name: '', address },
    language,
    subject: said.replace(/:$/, '').slice(0, 200),
    text: text.join('\n\n'),
  };
  return mailNote(tx, about, note, settings.portalUrl, settings.platformDomain, now);
}
