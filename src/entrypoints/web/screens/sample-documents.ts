import { shippedRuleset } from '#domain/tracking';
import type { EnvelopeModel } from '../kit/index.ts';
import type { DocumentKind, PaidModel } from './document-words.ts';
import type { DocumentRow } from './documents-model.ts';
import type { EventModel } from './event-words.ts';

/** Made-up rows for tests and screenshots: every envelope once, names in several languages, long and short. */
export const now = new Date('2026-11-19T13:32:00Z');

export function at(day: string, time: string): Date {
  return new Date(`${day}T${time}:00+01:00`);
}

type Line = readonly [
  number: string,
  kind: DocumentKind,
  customer: string,
  day: string,
  due: string | null,
  total: string | null,
  paid: PaidModel,
  envelope: EnvelopeModel,
  last: readonly [type: string, day: string, time: string, actor?: string],
];

const unpaid: PaidModel = { state: 'unpaid', daysLate: 0 };
const none: PaidModel = { state: 'none' };

const openedTip = {
  title: 'First e-mail · 12 Nov, 09:14',
  lines: [
    { state: 'opened', who: 'Maja Lindqvist', what: 'Opened 3×: first 12 Nov 10:02, last 18 Nov 17:40' },
    {
      state: 'accepted',
      who: 'Accounts office',
      what: 'Accepted by their server. Loaded automatically (Apple privacy): not known to be read',
    },
    { state: 'downloaded', who: 'Jonas Ek', what: 'Viewed and downloaded 13 Nov 08:31' },
  ],
} as const;

const lines: readonly Line[] = [
  [
    '2026-0321',
    'invoice',
    'Bakkerij Peeters',
    '2026-11-19',
    '2026-12-19',
    '1284',
    unpaid,
    { state: 'none' },
    ['document.created', '2026-11-19', '14:20'],
  ],
  [
    '2026-0320',
    'invoice',
    'Hôtel du Parc',
    '2026-11-19',
    '2026-12-19',
    '4310.5',
    unpaid,
    { state: 'waiting', at: at('2026-11-19', '16:00') },
    ['message.scheduled', '2026-11-19', '14:05'],
  ],
  [
    'Q-2026-044',
    'quote',
    'Café Belle-Île',
    '2026-11-19',
    '2026-12-19',
    '7940',
    unpaid,
    { state: 'sent' },
    ['message.handed_off', '2026-11-19', '11:32', 'server'],
  ],
  [
    '2026-0319',
    'invoice',
    'Keller Dental',
    '2026-11-18',
    '2026-12-18',
    '2150',
    unpaid,
    { state: 'accepted' },
    ['visit.pixel_fetched', '2026-11-18', '08:50', 'privacy_proxy'],
  ],
  [
    '2026-0318',
    'invoice',
    'Studio Lindqvist',
    '2026-11-12',
    '2026-12-12',
    '3866.4',
    unpaid,
    { state: 'opened', reached: 2, total: 3, tip: openedTip },
    ['visit.pixel_fetched', '2026-11-18', '17:40', 'person'],
  ],
  [
    'Q-2026-043',
    'quote',
    'Town of Saint-Aubin',
    '2026-11-11',
    '2026-12-11',
    '18420',
    unpaid,
    { state: 'viewed', times: 4 },
    ['visit.page_viewed', '2026-11-17', '09:00', 'person'],
  ],
  [
    '2026-0317',
    'invoice',
    'Officina Bianchi Srl',
    '2026-11-10',
    '2026-12-10',
    '960',
    { state: 'paid', on: '2026-11-16' },
    { state: 'downloaded' },
    ['payment.recorded', '2026-11-16', '09:00'],
  ],
  [
    'Q-2026-042',
    'quote',
    'Brasserie de l’Étoile',
    '2026-11-09',
    '2026-12-09',
    '5275',
    unpaid,
    { state: 'replied' },
    ['message.replied', '2026-11-12', '09:00', 'person'],
  ],
  [
    '2026-0316',
    'invoice',
    'Construct Ionescu SRL',
    '2026-11-06',
    '2026-12-06',
    '1730',
    unpaid,
    { state: 'failed' },
    ['message.rejected', '2026-11-06', '15:21', 'server'],
  ],
  [
    'CN-2026-006',
    'credit_note',
    'Hôtel du Parc',
    '2026-11-05',
    null,
    '-240',
    none,
    { state: 'unconfirmed' },
    ['message.unconfirmed', '2026-11-05', '15:40', 'system'],
  ],
  [
    '2026-0315',
    'invoice',
    'Galerie Oost',
    '2026-11-04',
    '2026-12-04',
    '612',
    unpaid,
    { state: 'held' },
    ['message.held', '2026-11-04', '10:03', 'system'],
  ],
  [
    '2026-0312',
    'invoice',
    'Dr. Anouk Moreau',
    '2026-10-20',
    '2026-11-03',
    '1512',
    { state: 'unpaid', daysLate: 16 },
    { state: 'opened', times: 5 },
    ['visit.pixel_fetched', '2026-11-15', '09:00', 'person'],
  ],
  [
    '2026-0309',
    'invoice',
    'Van Damme Interiors',
    '2026-10-14',
    '2026-11-13',
    '2044.8',
    { state: 'partly', amount: '1000', currency: 'EUR' },
    { state: 'viewed', alsoFailed: true },
    ['message.bounced', '2026-10-22', '09:00', 'server'],
  ],
  [
    'DN-2026-088',
    'delivery_note',
    'Bakkerij Peeters',
    '2026-10-09',
    null,
    null,
    none,
    { state: 'canceled' },
    ['message.canceled', '2026-10-09', '09:00', 'user'],
  ],
];

export const documentRows: readonly DocumentRow[] = lines.map(
  ([number, kind, customer, day, due, total, paid, envelope, [type, lastDay, time, actor]], index) => ({
    id: `doc_${index}`,
    kind,
    number,
    customer,
    addedAt: at(day, '09:00'),
    issueDate: day,
    dueDate: due,
    total,
    currency: total === null ? null : 'EUR',
    paid,
    envelope,
    last: event(type, lastDay, time, actor ?? 'user'),
    canRemind: paid.state === 'unpaid' && envelope.state !== 'none',
    nextReminder: paid.state === 'unpaid' && index % 3 === 1 ? '2026-11-26' : null,
    category: null,
  }),
);

export function event(
  type: string,
  day: string,
  time: string,
  actor = 'system',
  who?: string,
  data: EventModel['data'] = {},
): EventModel {
  return {
    type,
    at: at(day, time),
    actor,
    certainty: actor === 'proxied' ? 'probable' : 'certain',
    data,
    who: who ?? null,
    ...(data['reasons'] ? { sources: shippedRuleset.sources } : {}),
  };
}
