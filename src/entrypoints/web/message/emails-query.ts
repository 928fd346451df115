import { dayIn } from '#base/time';
import { isDay } from '#domain/documents';
import type { MessageFilter } from '#domain/overview';
import { type ListPlace, readTrail } from '../documents/paging.ts';
import {
  type EmailPurpose,
  type EmailState,
  emailPurposes,
  emailStates,
  type Period,
  periods,
} from '../screens/emails.tsx';
import { zonedTime } from '../send/zoned-time.ts';

/** What the address of the list asks for; anything else in it is passed over. */
export interface EmailsQuery {
  readonly purpose: EmailPurpose | null;
  readonly state: EmailState | null;
  readonly period: Period | null;
  readonly from: string;
  readonly to: string;
  readonly q: string;
  readonly trail: readonly ListPlace[];
}

export function readEmailsQuery(query: Readonly<Record<string, string>>): EmailsQuery {
  const { purpose, state, period, from = '', to = '', q = '', cursor } = query;
  return {
    purpose: emailPurposes.find((one) => one === purpose) ?? null,
    state: emailStates.find((one) => one === state) ?? null,
    period: periods.find((one) => one === period) ?? null,
    from: isDay(from) ? from : '',
    to: isDay(to) ? to : '',
    q: q
      .normalize('NFC')
      .replace(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, 200),
    trail: readTrail(cursor),
  };
}

/** The same as the overview understands it; days begin in the company's zone. */
export function messageFilter(query: EmailsQuery, zone: string, now: Date): MessageFilter {
  const span = query.period ? spanOf(query.period, dayIn(zone, now)) : query;
  const midnight = (day: string): Date => zonedTime(`${day}T00:00`, zone);
  return {
    withoutCopies: true,
    ...(query.purpose ? byPurpose[query.purpose] : {}),
    ...(query.state ? byState[query.state] : {}),
    ...(query.q ? { q: query.q } : {}),
    ...(span.from ? { from: midnight(span.from) } : {}),
    ...(span.to ? { before: midnight(shiftDay(span.to, 1)) } : {}),
  };
}

const byPurpose: Readonly<Record<EmailPurpose, MessageFilter>> = {
  first: { purpose: 'first' },
  automatic: { purpose: 'reminder', origin: 'automatic' },
  reminder: { purpose: 'reminder', origin: 'manual' },
  resend: { purpose: 'resend' },
};

const byState: Readonly<Record<EmailState, MessageFilter>> = {
  waiting: { delivery: ['scheduled', 'queued', 'sending', 'deferred'] },
  sent: { delivery: ['handed_off', 'accepted'], engagement: ['none', 'machine_only'] },
  seen: { engagement: ['opened', 'viewed', 'downloaded', 'replied'] },
  attention: { delivery: ['held', 'unconfirmed'] },
  failed: { delivery: ['rejected', 'expired', 'bounced', 'complained'] },
};

function spanOf(period: Period, today: string): { readonly from: string; readonly to: string } {
  const month = today.slice(0, 7);
  switch (period) {
    case 'today':
      return { from: today, to: today };
    case 'week':
      return { from: shiftDay(today, -6), to: today };
    case 'month':
      return { from: `${month}-01`, to: today };
    case 'lastMonth': {
      const last = shiftDay(`${month}-01`, -1);
      return { from: `${last.slice(0, 7)}-01`, to: last };
    }
    case 'year':
      return { from: `${today.slice(0, 4)}-01-01`, to: today };
  }
}

function shiftDay(day: string, by: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + by);
  return at.toISOString().slice(0, 10);
}
