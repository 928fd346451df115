import { isDay } from '#domain/documents';
import { type MessageCategory, type MessageFilter, messageCategories } from '#domain/overview';
import { type ListPlace, readTrail } from '../documents/paging.ts';
import { type DocumentKind, documentKinds } from '../screens/document-words.ts';
import { type EmailState, emailStates } from '../screens/emails-model.ts';
import { type Preset, presets, type Span, spanOf } from './period-span.ts';

/** What the address of the list asks for; anything else in it is passed over. */
export interface EmailsQuery {
  readonly category: MessageCategory | null;
  readonly state: EmailState | null;
  readonly kind: DocumentKind | null;
  readonly senderId: string | null;
  readonly recipient: string;
  readonly q: string;
  /** Null where the days were chosen freely. */
  readonly preset: Preset | null;
  readonly span: Span;
  readonly trail: readonly ListPlace[];
}

/** Reads the address. Without a period it is the current year; `today` is the company's day. */
export function readEmailsQuery(
  query: Readonly<Record<string, string>>,
  today: string,
  fiscalMonth: number,
): EmailsQuery {
  const { purpose, state, kind, sender = '', recipient = '', period, from = '', to = '', q = '' } = query;
  const free = { from: isDay(from) ? from : '', to: isDay(to) ? to : '' };
  const asked = presets.find((one) => one === period);
  const preset = asked ?? (free.from || free.to ? null : 'year');
  return {
    category: messageCategories.find((one) => one === purpose) ?? null,
    state: emailStates.find((one) => one === state) ?? null,
    kind: documentKinds.find((one) => one === kind) ?? null,
    senderId: /^snd_\w{1,40}$/.test(sender) ? sender : null,
    recipient: typed(recipient),
    q: typed(q),
    preset,
    span: preset ? spanOf(preset, today, fiscalMonth) : free,
    trail: readTrail(query['cursor']),
  };
}

/** The same as the overview understands it; a recipient with everything that an address needs is the whole address. */
export function messageFilter(query: EmailsQuery): MessageFilter {
  const { recipient, span } = query;
  const isWhole = /^[^@\s]+@[^@\s]+\.[^@\s.]{2,}$/.test(recipient);
  return {
    withoutCopies: true,
    ...(query.category ? { category: query.category } : {}),
    ...(query.state ? { envelopes: [query.state] } : {}),
    ...(query.kind ? { kind: query.kind } : {}),
    ...(query.senderId ? { senderId: query.senderId } : {}),
    ...(recipient === '' ? {} : isWhole ? { recipient } : { recipientPart: recipient }),
    ...(query.q ? { q: query.q } : {}),
    ...(span.from ? { fromDay: span.from } : {}),
    ...(span.to ? { toDay: span.to } : {}),
  };
}

function typed(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, 200);
}
